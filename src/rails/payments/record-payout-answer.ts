/**
 * Writes down what the provider answered when it was asked to send money.
 *
 * A lost answer keeps the hold. A provider that can be asked about it by our own reference is asked; one that cannot
 * leaves the payment to two people at once, because sending again could pay twice. Only a refusal that happened before
 * anything moved gives the money back.
 *
 * Where the person must give the destination on the provider's own page (a card), its address is kept: the page of the
 * withdrawal leads there however often it is opened, and coming back from there proves nothing.
 */
import { after, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Command, insertCommand } from '../outbox/provider-command.rows.ts';
import type { Capabilities, CreateAnswer } from '../provider.ts';
import { openReview } from './open-review.ts';
import { findPaymentByProviderReference, markPayment } from './payment.rows.ts';
import { isInFlight, type Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS, SEND_COMMANDS } from './payment-jobs.ts';
import { nextPayoutEnquiryAt } from './payout-schedule.ts';
import { release } from './settle-payout.ts';

/** Waits before the next attempt of a call that never left; after the last one the money goes back. */
const RESEND_AFTER_MS = [
  5 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
];

export interface PayoutAnswered {
  readonly payment: Payment;
  readonly command: Command;
  readonly answer: CreateAnswer;
  readonly capabilities: Capabilities;
  /** False when the instruction had been given up before this answer came. */
  readonly finished: boolean;
}

export async function recordPayoutAnswer(tx: Tx, ground: Ground, told: PayoutAnswered): Promise<void> {
  const { payment, command, answer, capabilities } = told;
  if (answer.answer === 'accepted') {
    await recordAcceptance(tx, ground, payment, answer);
    return;
  }
  // A late refusal cannot undo what a status read has already established, and an answer to an instruction that was
  // given up says nothing about the one that is being sent now.
  if (payment.state !== 'submitting' || !told.finished) return;
  if (answer.answer === 'rejected') {
    await release(tx, ground, payment, answer.code, { code: answer.code });
  } else if (answer.phase === 'not-sent') {
    await recordNotSent(tx, ground, payment, command);
  } else {
    await recordLoss(tx, ground, payment, answer.evidence, capabilities);
  }
}

async function recordAcceptance(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  answer: Extract<CreateAnswer, { answer: 'accepted' }>,
): Promise<void> {
  if (payment.providerReference !== undefined) return;
  const now = ground.clock.now();
  const { references } = answer;
  const holder = await findPaymentByProviderReference(
    tx,
    payment.provider,
    payment.environment,
    references.reference,
  );
  // People may have closed it while its answer was lost: their decision stands, and the status tells what came of it.
  const open = isInFlight(payment) || payment.state === 'review';
  if (holder !== undefined) {
    if (!open) return;
    await openReview(tx, ground, { payment, reason: 'reference-reused', facts: { holder: holder.id } });
    return;
  }
  const submittedAt = payment.submittedAt ?? now;
  const told = answer.status !== 'pending' && answer.status !== 'unrecognised';
  const next = told ? now : nextPayoutEnquiryAt(submittedAt, 0, now, ground.chance);
  await markPayment(tx, payment.id, {
    // A review that was opened because the answer seemed lost goes on by itself now.
    ...(open ? { state: 'pending' as const, reason: null } : {}),
    providerReference: references.reference,
    upstreamReference: references.upstreamReference ?? null,
    redirectUrl: answer.action.kind === 'redirect' ? answer.action.url : null,
    submittedAt,
    nextActionAt: next,
  });
  await recordEvent(tx, ground, { name: 'payment.accepted', subjectId: payment.id });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: next });
}

async function recordLoss(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  evidence: string,
  capabilities: Capabilities,
): Promise<void> {
  const now = ground.clock.now();
  await recordEvent(tx, ground, { name: 'payment.answer-lost', subjectId: payment.id, facts: { evidence } });
  if (!capabilities.lookupByClientReference) {
    await openReview(tx, ground, { payment, reason: 'answer-lost', facts: { evidence } });
    return;
  }
  const next = after(now, 10 * SECOND_MS);
  await markPayment(tx, payment.id, {
    state: 'unknown',
    reason: null,
    submittedAt: payment.submittedAt ?? now,
    lookupsMissed: 0,
    nextActionAt: next,
  });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: next });
}

async function recordNotSent(tx: Tx, ground: Ground, payment: Payment, command: Command): Promise<void> {
  const now = ground.clock.now();
  const wait_ms = RESEND_AFTER_MS[command.attempt - 1];
  if (wait_ms === undefined) {
    await release(tx, ground, payment, 'RAIL_DOWN', { code: 'RAIL_DOWN' });
    return;
  }
  const dueAt = after(now, wait_ms);
  await markPayment(tx, payment.id, { state: 'created', nextActionAt: dueAt });
  await insertCommand(tx, {
    id: ground.ids.next('cmd'),
    paymentId: payment.id,
    attempt: command.attempt + 1,
    createdAt: now,
    dueAt,
  });
  await ground.queue.enqueue(tx, SEND_COMMANDS, { startAfter: dueAt });
}
