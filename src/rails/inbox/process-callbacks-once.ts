/**
 * Follows up what providers told us: finds the payment, asks the provider, settles.
 *
 * A callback may come before our own transaction has committed (seconds, on some rails), so one that names nothing
 * known is parked and tried again for a day; it is never answered and forgotten.
 */
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { gatherAnswers } from '../gather-answers.ts';
import { readStatusOf } from '../payments/enquire-once.ts';
import { isOfAnotherEnvironment } from '../payments/judge-status.ts';
import { judgeTogether } from '../payments/judge-together.ts';
import { keepStrayAnswer } from '../payments/keep-status-answers.ts';
import type { Payment } from '../payments/payment.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import { recordStrayMoney } from '../payments/record-stray-money.ts';
import { settle } from '../payments/settle.ts';
import { writeEffects } from '../payments/write-effects.ts';
import type { CallbackHint, ProviderStatus, StatusAnswer } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { sideBySide, toTheEnd } from '../side-by-side.ts';
import { writeInHalves } from '../write-in-halves.ts';
import { findCallbackPayment } from './find-callback-payment.ts';
import { askAbout, type FollowedCallback, mustAskAgain } from './followed-callback.ts';
import {
  type CallbackEnd,
  claimCallbacks,
  markCallbackDone,
  markCallbackParked,
  markCallbacksDone,
  type StoredCallback,
} from './provider-callback.rows.ts';
import { hintOf, soonestQuestion, sortCallbacks } from './sort-callbacks.ts';

/** When a callback that cannot be followed up yet is looked at again. */
const RETRY_AFTER_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
];
/** For one that names nothing known: what our own transaction has not committed in a day, it never will. */
const GIVE_UP_AFTER_MS = DAY_MS;
/**
 * For one whose payment is known, while the provider does not answer: it may be the only news of money taken back, so
 * an outage of a day, ours or theirs, must not end it.
 */
const GIVE_UP_ASKING_AFTER_MS = 30 * DAY_MS;
const LEASE_MS = MINUTE_MS;
/** A question takes half a minute at most, so nothing that is asked within this time outlives the lease. */
const ASK_WITHIN_MS = 25 * SECOND_MS;
/** As many as may wait for the provider side by side; more would only queue at its door. */
const ASKED_AT_ONCE = 20;

/**
 * Returns how many callbacks it looked at. The many that name a payment plainly are asked about side by side and settled
 * in sets; the others go one by one.
 */
export async function processCallbacksOnce(
  db: Db,
  ground: Ground,
  rails: Rails,
  limit: number,
): Promise<number> {
  const now = ground.clock.now();
  const due = await inTransaction(
    db,
    async (tx) => await claimCallbacks(tx, now, after(now, LEASE_MS), limit),
  );
  if (due.length === 0) return 0;
  const { named, others } = await sortCallbacks(db, ground, rails, due);
  // Whoever would be asked about when the lease is nearly over stays claimed, and is claimed again.
  const isInTime = (): boolean => ground.clock.now() < after(now, ASK_WITHIN_MS);
  const asked = gatherAnswers(named, {
    atOnce: ASKED_AT_ONCE,
    ask: async (one) => (isInTime() ? await askAbout(rails, one) : undefined),
    write: async (take) => await settleTogether(db, ground, take),
  });
  const follows = async (one: StoredCallback): Promise<void> => {
    if (isInTime()) await follow(db, ground, rails, one);
  };
  const followed = sideBySide(others, follows, ASKED_AT_ONCE);
  await toTheEnd([asked, followed]);
  return due.length;
}

/** Settles what was answered as one set; what is not plain goes the careful way. */
async function settleTogether(
  db: Db,
  ground: Ground,
  take: () => readonly (FollowedCallback | undefined)[],
): Promise<void> {
  await writeInHalves(db, () => take().filter((one) => one !== undefined), {
    together: async (tx, all) => {
      const now = ground.clock.now();
      const told = all.filter((one) => !mustAskAgain(one));
      const { decided, effects } = await judgeTogether(
        tx,
        ground,
        told.map(({ payment, answer }) => ({ paymentId: payment.id, answer, source: 'callback' })),
      );
      const done = told.filter(({ payment }) => decided.has(payment.id));
      const ends = done.flatMap((one) => endsOf(one, decided.get(one.payment.id) ?? 'keep'));
      await markCallbacksDone(tx, ends, now);
      await writeEffects(tx, ground, effects);
      return all.filter(({ payment }) => !decided.has(payment.id));
    },
    alone: async (one) => await settleAlone(db, ground, one),
  });
}

/** The first of several about one payment led to it; the others led to nothing new. */
function endsOf({ payment, callbacks }: FollowedCallback, decision: string): CallbackEnd[] {
  return callbacks.map(({ id }, place) => {
    const isNews = place === 0 && decision !== 'wait' && decision !== 'keep';
    return { id, state: isNews ? 'applied' : 'ignored', paymentId: payment.id };
  });
}

async function settleAlone(db: Db, ground: Ground, followed: FollowedCallback): Promise<void> {
  const { payment, answer, callbacks } = followed;
  await inTransaction(db, async (tx) => {
    const decision = await settle(tx, ground, { paymentId: payment.id, answer, source: 'callback' });
    if (mustAskAgain(followed)) {
      for (const callback of callbacks) await park(tx, ground, callback, payment.id, GIVE_UP_ASKING_AFTER_MS);
      return;
    }
    await markCallbacksDone(tx, endsOf(followed, decision), ground.clock.now());
  });
}

async function follow(db: Db, ground: Ground, rails: Rails, callback: StoredCallback): Promise<void> {
  const hint = hintOf(rails, callback);
  const found = await inTransaction(db, async (tx) => await findCallbackPayment(tx, ground, callback, hint));
  switch (found.found) {
    case 'other-environment':
      await inTransaction(db, async (tx) => {
        await markCallbackDone(tx, callback.id, 'ignored', undefined, ground.clock.now());
      });
      return;
    case 'too-early':
      await inTransaction(db, async (tx) => await park(tx, ground, callback, found.paymentId));
      return;
    case 'stray':
      await followStray(db, ground, rails, callback, found.payment, found.hint);
      return;
    case 'payment':
      await followPayment(db, ground, rails, callback, found.payment);
  }
}

async function followPayment(
  db: Db,
  ground: Ground,
  rails: Rails,
  callback: StoredCallback,
  payment: Payment,
): Promise<void> {
  const soonest = soonestQuestion(payment, ground);
  if (soonest !== undefined) {
    await inTransaction(db, async (tx) => await lookAgain(tx, ground, callback, soonest));
    return;
  }
  await settleAlone(db, ground, await askAbout(rails, { payment, callbacks: [callback] }));
}

/** The callback names a second transaction of the provider for a payment that has one: money of an unclear owner. */
async function followStray(
  db: Db,
  ground: Ground,
  rails: Rails,
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
      await park(tx, ground, callback, payment.id, GIVE_UP_ASKING_AFTER_MS);
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

async function park(
  tx: Tx,
  ground: Ground,
  callback: StoredCallback,
  paymentId: string | undefined,
  patience_ms = GIVE_UP_AFTER_MS,
): Promise<void> {
  const now = ground.clock.now();
  if (now.getTime() - callback.receivedAt.getTime() >= patience_ms) {
    await markCallbackDone(tx, callback.id, 'unmatched', paymentId, now);
    await recordEvent(tx, ground, { name: 'callback.unmatched', subjectId: callback.id });
    return;
  }
  const wait_ms = RETRY_AFTER_MS[Math.min(callback.tries, RETRY_AFTER_MS.length) - 1] ?? HOUR_MS;
  await lookAgain(tx, ground, callback, after(now, wait_ms));
}

async function lookAgain(tx: Tx, ground: Ground, callback: StoredCallback, dueAt: Date): Promise<void> {
  await markCallbackParked(tx, callback.id, dueAt);
  await ground.queue.enqueue(tx, PROCESS_CALLBACKS, { startAfter: dueAt });
}
