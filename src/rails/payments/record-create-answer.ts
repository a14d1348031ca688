/**
 * Writes down what the provider answered when it was asked to create a payment.
 *
 * There are three answers. *Unknown* keeps the payment open whatever it takes, because the provider may have acted;
 * only a call that is proven never to have left is tried again, with the same payment.
 */
import { after, DAY_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import {
  type Command,
  type FinishedState,
  insertCommand,
  markFinished,
} from '../outbox/provider-command.rows.ts';
import type { Capabilities, CreateAnswer } from '../provider.ts';
import { nextEnquiryAt } from './enquiry-schedule.ts';
import { openReview } from './open-review.ts';
import { findPaymentByProviderReference, lockPayment, markPayment } from './payment.rows.ts';
import { isInFlight, type Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS, SEND_COMMANDS } from './payment-jobs.ts';
import { recordPayoutAnswer } from './record-payout-answer.ts';

/** Waits before the next attempt of a call that never left; after the last one the rail counts as down. */
const RESEND_AFTER_MS = [5 * SECOND_MS, 15 * SECOND_MS, 30 * SECOND_MS, 60 * SECOND_MS];
/** A person may mistype the operator's code twice. */
export const OTP_TRIES = 3;

type Accepted = Extract<CreateAnswer, { answer: 'accepted' }>;
type Rejected = Extract<CreateAnswer, { answer: 'rejected' }>;

export async function recordCreateAnswer(
  tx: Tx,
  ground: Ground,
  command: Command,
  answer: CreateAnswer,
  capabilities: Capabilities,
): Promise<void> {
  const payment = await lockPayment(tx, command.paymentId);
  invariant(payment !== undefined, `command ${command.id} has no payment`);
  const finished = await markFinished(
    tx,
    command.id,
    finishedState(answer),
    evidenceOf(answer),
    ground.clock.now(),
  );
  if (payment.direction === 'out') {
    await recordPayoutAnswer(tx, ground, { payment, command, answer, capabilities, finished });
    return;
  }
  if (answer.answer === 'accepted') {
    await recordAcceptance(tx, ground, payment, answer);
    return;
  }
  // A late refusal cannot undo what a callback and the status read have already established, and an answer to an
  // instruction that was given up says nothing about the one that is being sent now.
  if (payment.state !== 'submitting' || !finished) return;
  if (answer.answer === 'rejected') await recordRejection(tx, ground, payment, answer);
  else if (answer.phase === 'lost') await recordLoss(tx, ground, payment, answer.evidence, capabilities);
  else await recordNotSent(tx, ground, payment, command);
}

async function recordAcceptance(tx: Tx, ground: Ground, payment: Payment, answer: Accepted): Promise<void> {
  const { references } = answer;
  const fee = usableFee(payment, answer);
  if (payment.providerReference !== undefined) {
    // A callback came first and named the references; only the fee is news.
    if (payment.fee === undefined && fee !== undefined && payment.credited === undefined) {
      await markPayment(tx, payment.id, { fee });
    }
    if (payment.providerReference !== references.reference) {
      const sentence = `accepted as ${references.reference}, but known as ${payment.providerReference}`;
      await recordEvent(tx, ground, {
        name: 'payment.contradicted',
        subjectId: payment.id,
        facts: { sentence },
      });
    }
    return;
  }
  const now = ground.clock.now();
  const holder = await findPaymentByProviderReference(
    tx,
    payment.provider,
    payment.environment,
    references.reference,
  );
  if (holder !== undefined) {
    await openReview(tx, ground, { payment, reason: 'reference-reused', facts: { holder: holder.id } });
    return;
  }
  const redirectUrl = answer.action.kind === 'redirect' ? answer.action.url : undefined;
  // An outcome that the creation already tells is read again from the status, so that one path settles.
  const told = answer.status !== 'pending' && answer.status !== 'unrecognised';
  const asked = { submittedAt: now, expiresAt: payment.expiresAt, enquiries: 0, isUnanswered: false };
  const nextActionAt = told ? now : (nextEnquiryAt(asked, now, ground.chance) ?? now);
  // What was closed while the answer was on its way stays closed: the status read opens nothing but a late success.
  const open = isInFlight(payment);
  await markPayment(tx, payment.id, {
    ...(open ? { state: redirectUrl === undefined ? 'pending' : 'action-required', reason: null } : {}),
    providerReference: references.reference,
    upstreamReference: references.upstreamReference ?? null,
    redirectUrl: redirectUrl ?? null,
    submittedAt: payment.submittedAt ?? now,
    nextActionAt,
    ...(fee === undefined ? {} : { fee }),
  });
  await recordEvent(tx, ground, { name: 'payment.accepted', subjectId: payment.id });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: nextActionAt });
}

/** The provider's fee, when it is one that can be taken out of what we asked; otherwise the quoted one stands. */
function usableFee(payment: Payment, answer: Accepted): bigint | undefined {
  const { fee, net } = answer;
  if (fee === undefined || fee.currency !== payment.currency) return undefined;
  if (fee.amount < 0n || fee.amount >= payment.amount) return undefined;
  if (net !== undefined && net.amount + fee.amount !== payment.amount) return undefined;
  return fee.amount;
}

async function recordRejection(tx: Tx, ground: Ground, payment: Payment, answer: Rejected): Promise<void> {
  const wrongCode = answer.code === 'OTP_INVALID' || answer.code === 'OTP_EXPIRED';
  if (wrongCode && payment.otpTries < OTP_TRIES) {
    await markPayment(tx, payment.id, {
      state: 'action-required',
      reason: answer.code,
      nextActionAt: payment.expiresAt,
    });
    await recordEvent(tx, ground, { name: 'payment.code-refused', subjectId: payment.id });
    return;
  }
  await markPayment(tx, payment.id, { state: 'failed', reason: answer.code, nextActionAt: null });
  const facts = { code: answer.code };
  await recordEvent(tx, ground, { name: 'payment.rejected', subjectId: payment.id, facts });
}

async function recordLoss(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  evidence: string,
  capabilities: Capabilities,
): Promise<void> {
  const now = ground.clock.now();
  // Without a way to ask by our own reference a callback with our token is what finds it.
  const nextActionAt = capabilities.lookupByClientReference
    ? after(now, 10 * SECOND_MS)
    : after(payment.expiresAt, DAY_MS);
  await markPayment(tx, payment.id, {
    state: 'unknown',
    reason: null,
    submittedAt: payment.submittedAt ?? now,
    lookupsMissed: 0,
    nextActionAt,
  });
  await recordEvent(tx, ground, { name: 'payment.answer-lost', subjectId: payment.id, facts: { evidence } });
}

async function recordNotSent(tx: Tx, ground: Ground, payment: Payment, command: Command): Promise<void> {
  const now = ground.clock.now();
  if (payment.needsOtp) {
    // The code was not kept, so the person types one again; the provider never saw this try.
    await markPayment(tx, payment.id, {
      state: 'action-required',
      reason: 'RAIL_DOWN',
      otpTries: payment.otpTries - 1,
      nextActionAt: payment.expiresAt,
    });
    return;
  }
  const wait_ms = RESEND_AFTER_MS[command.attempt - 1];
  if (wait_ms === undefined) {
    await markPayment(tx, payment.id, { state: 'failed', reason: 'RAIL_DOWN', nextActionAt: null });
    await recordEvent(tx, ground, {
      name: 'payment.rejected',
      subjectId: payment.id,
      facts: { code: 'RAIL_DOWN' },
    });
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

function finishedState(answer: CreateAnswer): FinishedState {
  if (answer.answer !== 'unknown') return answer.answer;
  return answer.phase === 'not-sent' ? 'not-sent' : 'unknown';
}

function evidenceOf(answer: CreateAnswer): string | undefined {
  if (answer.answer === 'unknown') return answer.evidence;
  return answer.answer === 'rejected'
    ? `${answer.code}: ${answer.detail}`.slice(0, 300)
    : answer.references.reference;
}
