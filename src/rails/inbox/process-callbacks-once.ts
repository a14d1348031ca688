/**
 * Follows up what providers told us: finds the payment, asks the provider, settles.
 *
 * A callback is a hint: whatever it says, only the provider's own answer settles. One that cannot be followed up yet is
 * parked (`park-callback.ts`), never answered and forgotten.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { gatherAnswers } from '../gather-answers.ts';
import { readStatusOf } from '../payments/enquire-once.ts';
import { isOfAnotherEnvironment } from '../payments/judge-status.ts';
import { keepStrayAnswer } from '../payments/keep-status-answers.ts';
import type { Payment } from '../payments/payment.ts';
import { recordStrayMoney } from '../payments/record-stray-money.ts';
import type { CallbackHint, ProviderStatus, StatusAnswer } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { sideBySide, toTheEnd } from '../side-by-side.ts';
import { findCallbackPayment } from './find-callback-payment.ts';
import { askAbout } from './followed-callback.ts';
import { type InboxLanes, ownInboxLanes, settleFollowed } from './inbox-lanes.ts';
import { GIVE_UP_ASKING_AFTER_MS, lookAgain, parkCallback } from './park-callback.ts';
import { markCallbackDone, type StoredCallback } from './provider-callback.rows.ts';
import { hintOf, soonestQuestion } from './sort-callbacks.ts';

/** A question takes half a minute at most, so nothing that is asked within this time outlives the lease. */
const ASK_WITHIN_MS = 25 * SECOND_MS;
/** As many as may wait for the provider side by side; more would only queue at its door. */
const ASKED_AT_ONCE = 20;

/**
 * Returns how many callbacks it looked at. The many that name a payment plainly are asked about side by side and settled
 * in sets, with those of other workers that share the lanes; the others go one by one.
 */
export async function processCallbacksOnce(
  db: Db,
  ground: Ground,
  rails: Rails,
  limit: number,
  lanes: InboxLanes = ownInboxLanes(db, ground, rails),
): Promise<number> {
  const { claimedAt, named, others } = await lanes.claim(limit);
  const count = named.reduce((sum, { callbacks }) => sum + callbacks.length, others.length);
  // Whoever would be asked about when the lease is nearly over stays claimed, and is claimed again.
  const isInTime = (): boolean => ground.clock.now() < after(claimedAt, ASK_WITHIN_MS);
  const asked = gatherAnswers(named, {
    atOnce: ASKED_AT_ONCE,
    ask: async (one) => (isInTime() ? await askAbout(rails, one) : undefined),
    hand: async (one) => {
      if (one !== undefined) await settleFollowed(lanes, one);
    },
    asked: () => {
      if (count >= limit && others.length === 0) lanes.ahead(limit);
    },
  });
  const follows = async (one: StoredCallback): Promise<void> => {
    if (isInTime()) await follow({ db, ground, rails, lanes }, one);
  };
  const followed = sideBySide(others, follows, ASKED_AT_ONCE);
  await toTheEnd([asked, followed]);
  return count;
}

interface Worker {
  readonly db: Db;
  readonly ground: Ground;
  readonly rails: Rails;
  readonly lanes: InboxLanes;
}

async function follow(worker: Worker, callback: StoredCallback): Promise<void> {
  const { db, ground, rails } = worker;
  const hint = hintOf(rails, callback);
  const found = await inTransaction(db, async (tx) => await findCallbackPayment(tx, ground, callback, hint));
  switch (found.found) {
    case 'other-environment':
      await inTransaction(db, async (tx) => {
        await markCallbackDone(tx, callback.id, 'ignored', undefined, ground.clock.now());
      });
      return;
    case 'too-early':
      await inTransaction(db, async (tx) => await parkCallback(tx, ground, callback, found.paymentId));
      return;
    case 'being-sent':
      await inTransaction(
        db,
        async (tx) => await parkCallback(tx, ground, callback, found.paymentId, GIVE_UP_ASKING_AFTER_MS),
      );
      return;
    case 'stray':
      await followStray(worker, callback, found.payment, found.hint);
      return;
    case 'payment':
      await followPayment(worker, callback, found.payment);
  }
}

async function followPayment(worker: Worker, callback: StoredCallback, payment: Payment): Promise<void> {
  const { db, ground, rails, lanes } = worker;
  const soonest = soonestQuestion(payment, ground);
  if (soonest !== undefined) {
    await inTransaction(db, async (tx) => await lookAgain(tx, ground, callback, soonest));
    return;
  }
  await lanes.alone(await askAbout(rails, { payment, callbacks: [callback] }));
}

/** The callback names a second transaction of the provider for a payment that has one: money of an unclear owner. */
async function followStray(
  { db, ground, rails }: Worker,
  callback: StoredCallback,
  payment: Payment,
  hint: CallbackHint,
): Promise<void> {
  const references = hint.references;
  const answer: StatusAnswer =
    references === undefined
      ? { found: 'no' }
      : ((await readStatusOf(rails, {
          ...payment,
          providerReference: references.reference,
          upstreamReference: references.upstreamReference,
        })) ?? { found: 'no' });
  await inTransaction(db, async (tx) => {
    await keepStrayAnswer(tx, ground, payment.id, answer, references?.reference);
    // Not final yet: the second transaction has nobody else who would ask about it again.
    const isForeign = isOfAnotherEnvironment(payment, answer);
    if (answer.found !== 'yes' || isForeign || !isFinal(answer.status)) {
      await parkCallback(tx, ground, callback, payment.id, GIVE_UP_ASKING_AFTER_MS);
      return;
    }
    const recorded =
      references !== undefined &&
      (await recordStrayMoney(tx, ground, { payment, reference: references.reference, answer }));
    await markCallbackDone(tx, callback.id, recorded ? 'applied' : 'ignored', payment.id, ground.clock.now());
  });
}

function isFinal(status: ProviderStatus): boolean {
  return status !== 'pending' && status !== 'unrecognised';
}
