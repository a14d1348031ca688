/**
 * Asks the provider again about payments that are still open: the path that settles for certain.
 *
 * Callbacks are lost on every rail. Each due payment is claimed for a minute and asked about outside any transaction; what
 * was answered is settled in sets. A payment that never got the provider's references has nobody to ask about it; its time decides what the
 * person is told, and nothing else.
 */
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { gatherAnswers } from '../gather-answers.ts';
import type { StatusAnswer } from '../provider.ts';
import { isOwnProvider, type Rails } from '../rails.ts';
import { sideBySide, toTheEnd } from '../side-by-side.ts';
import { startSending } from './disburse.ts';
import { type EnquiryLanes, openEnquiryLanes } from './enquiry-lanes.ts';
import { keepStatusAnswers } from './keep-status-answers.ts';
import { claimDuePayments, lockPayment, markPayment } from './payment.rows.ts';
import { isInFlight, type Payment } from './payment.ts';
import { recoverLostAnswer } from './recover-lost-answer.ts';
import { type Settling, settle } from './settle.ts';

/**
 * Longer than a status call takes as a rule, so that two processes do not ask about one payment at once. When one takes
 * longer, it is asked twice and settled once.
 */
const ENQUIRY_LEASE_MS = MINUTE_MS;
/** A question takes half a minute at most, so nothing that is asked within this time outlives the lease. */
const ASK_WITHIN_MS = 25 * SECOND_MS;
/** As many as may wait for the provider side by side; more would only queue at its door. */
const ASKED_AT_ONCE = 20;

/** Returns how many payments it looked at. */
export async function enquireOnce(
  db: Db,
  ground: Ground,
  rails: Rails,
  limit: number,
  lanes: EnquiryLanes = openEnquiryLanes(db, ground),
): Promise<number> {
  const now = ground.clock.now();
  const due = await inTransaction(
    db,
    async (tx) => await claimDuePayments(tx, now, after(now, ENQUIRY_LEASE_MS), limit),
  );
  if (due.length === 0) return 0;
  const plain = due.filter(isPlainQuestion);
  const others = due.filter((payment) => !isPlainQuestion(payment));
  // Whoever would be asked about when the lease is nearly over stays claimed, and is claimed again.
  const isInTime = (): boolean => ground.clock.now() < after(now, ASK_WITHIN_MS);
  const asked = gatherAnswers(plain, {
    atOnce: ASKED_AT_ONCE,
    ask: async (payment) =>
      isInTime() ? { payment, answer: await readStatusOf(rails, payment) } : undefined,
    hand: async (one) => {
      if (one?.answer === undefined) return;
      const settling: Settling = { paymentId: one.payment.id, answer: one.answer, source: 'enquiry' };
      if ((await lanes.together(settling)) === 'alone') await lanes.alone(settling);
    },
  });
  const enquires = async (one: Payment): Promise<void> => {
    if (isInTime()) await enquire(db, ground, rails, one);
  };
  const enquired = sideBySide(others, enquires, ASKED_AT_ONCE);
  await toTheEnd([asked, enquired]);
  return due.length;
}

/** One status read by our stored references answers it. */
function isPlainQuestion(payment: Payment): boolean {
  return payment.state !== 'risk-hold' && payment.providerReference !== undefined;
}

async function enquire(db: Db, ground: Ground, rails: Rails, payment: Payment): Promise<void> {
  if (payment.state === 'risk-hold') {
    await inTransaction(db, async (tx) => await endRiskHold(tx, ground, payment.id));
    return;
  }
  const { capabilities } = rails.provider;
  const lost = payment.state === 'unknown' && payment.providerReference === undefined;
  if (lost && capabilities.lookupByClientReference && payment.lookupsMissed < 2) {
    await recover(db, ground, rails, payment);
    return;
  }
  const answer = await readStatusOf(rails, payment);
  await inTransaction(db, async (tx) => {
    if (answer === undefined) await closeUnsent(tx, ground, payment.id);
    else await settle(tx, ground, { paymentId: payment.id, answer, source: 'enquiry' });
  });
}

/** Asks about a lost answer by our own reference, and settles what is found. */
async function recover(db: Db, ground: Ground, rails: Rails, payment: Payment): Promise<void> {
  const answer = await lookUp(rails, payment);
  await inTransaction(db, async (tx) => {
    const found = await recoverLostAnswer(tx, ground, payment.id, answer, rails.provider.capabilities);
    if (found) await settle(tx, ground, { paymentId: payment.id, answer, source: 'enquiry' });
    else await keepStatusAnswers(tx, ground, [{ paymentId: payment.id, answer, source: 'enquiry' }]);
  });
}

async function lookUp(rails: Rails, payment: Payment): Promise<StatusAnswer> {
  // That another account knows nothing of it does not mean that nothing was sent.
  if (!isOwnProvider(rails, payment)) return ELSEWHERE;
  try {
    return await rails.provider.lookup(payment.direction, payment.id);
  } catch (error) {
    return {
      found: 'unavailable',
      evidence: `the adapter threw ${error instanceof Error ? error.name : 'a value'}`,
    };
  }
}

/** The hour has come that the person was told: the withdrawal goes its way. */
async function endRiskHold(tx: Tx, ground: Ground, paymentId: string): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  if (payment?.state !== 'risk-hold') return;
  const now = ground.clock.now();
  await markPayment(tx, paymentId, { state: 'created', nextActionAt: after(now, DAY_MS) });
  await startSending(tx, ground, paymentId, now);
}

const ELSEWHERE = { found: 'unavailable', evidence: 'another provider is configured' } as const;

/** The provider's answer about a payment by the references that we stored; nothing when it never gave any. */
export async function readStatusOf(rails: Rails, payment: Payment): Promise<StatusAnswer | undefined> {
  if (payment.providerReference === undefined) return undefined;
  // A reference means nothing to another provider, and something else in another environment.
  if (!isOwnProvider(rails, payment)) return ELSEWHERE;
  const references =
    payment.upstreamReference === undefined
      ? { reference: payment.providerReference }
      : { reference: payment.providerReference, upstreamReference: payment.upstreamReference };
  try {
    return await rails.provider.readStatus(payment.direction, references, { id: payment.serviceId });
  } catch (error) {
    return {
      found: 'unavailable',
      evidence: `the adapter threw ${error instanceof Error ? error.name : 'a value'}`,
    };
  }
}

/** A payment without references: a code that was never typed, or a lost answer that no callback ever found. */
async function closeUnsent(tx: Tx, ground: Ground, paymentId: string): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  if (payment === undefined || payment.providerReference !== undefined) return;
  if (payment.direction === 'out') {
    // Without references nothing can be asked; the two people of the review decide.
    await markPayment(tx, paymentId, { nextActionAt: after(ground.clock.now(), DAY_MS) });
    return;
  }
  if (!isInFlight(payment) || payment.state === 'submitting' || payment.state === 'created') return;
  const now = ground.clock.now();
  const patience_ms = payment.state === 'unknown' ? DAY_MS : 0;
  const end = after(payment.expiresAt, patience_ms);
  if (now < end) {
    await markPayment(tx, paymentId, { nextActionAt: end });
    return;
  }
  const reason = payment.state === 'unknown' ? 'answer-lost' : 'no-code';
  await markPayment(tx, paymentId, { state: 'expired', reason, nextActionAt: null });
  await recordEvent(tx, ground, { name: 'payment.expired', subjectId: paymentId, facts: { reason } });
}
