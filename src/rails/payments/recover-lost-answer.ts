/**
 * Follows up a lost answer at a provider that can be asked by our own reference.
 *
 * Found means found: its references are kept and the status settles. Not found twice, far enough apart, at a provider
 * that creates once for one reference, sends the same instruction again; a status that lags behind creation must not
 * be mistaken for absence.
 */
import { after, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { findNextAttempt, insertCommand } from '../outbox/provider-command.rows.ts';
import type { Capabilities, StatusAnswer } from '../provider.ts';
import { isOfAnotherEnvironment } from './judge-status.ts';
import { openReview } from './open-review.ts';
import { findPaymentByProviderReference, lockPayment, markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS, SEND_COMMANDS } from './payment-jobs.ts';

/** How far apart two "not found" must be before they count as two. */
const APART_MS = { in: 30 * SECOND_MS, out: 2 * MINUTE_MS } as const;
const MISSES_BEFORE_RESEND = 2;
const MOST_RESENDS = { in: 3, out: 1 } as const;

/** True when the payment was found and its status should be settled now. */
export async function recoverLostAnswer(
  tx: Tx,
  ground: Ground,
  paymentId: string,
  answer: StatusAnswer,
  capabilities: Capabilities,
): Promise<boolean> {
  const payment = await lockPayment(tx, paymentId);
  if (payment === undefined || payment.state !== 'unknown' || payment.providerReference !== undefined)
    return false;
  const isForeign = isOfAnotherEnvironment(payment, answer);
  if (answer.found === 'yes' && !isForeign) return await adopt(tx, ground, payment, answer.references);
  if (answer.found === 'unavailable' || isForeign) {
    await lookAgain(tx, ground, payment, payment.lookupsMissed);
    return false;
  }
  const missed = payment.lookupsMissed + 1;
  if (missed < MISSES_BEFORE_RESEND) await lookAgain(tx, ground, payment, missed);
  else if (capabilities.idempotentCreate && payment.resends < MOST_RESENDS[payment.direction]) {
    await sendAgain(tx, ground, payment);
  } else if (payment.direction === 'out') {
    await openReview(tx, ground, { payment, reason: 'answer-lost' });
  } else {
    // A deposit that nobody knows: its time decides what the person is told, and a late success still counts.
    await markPayment(tx, payment.id, { lookupsMissed: missed, nextActionAt: payment.expiresAt });
  }
  return false;
}

async function adopt(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  references: Extract<StatusAnswer, { found: 'yes' }>['references'],
): Promise<boolean> {
  const holder = await findPaymentByProviderReference(
    tx,
    payment.provider,
    payment.environment,
    references.reference,
  );
  if (holder !== undefined) {
    await openReview(tx, ground, { payment, reason: 'reference-reused', facts: { holder: holder.id } });
    return false;
  }
  await markPayment(tx, payment.id, {
    state: 'pending',
    providerReference: references.reference,
    upstreamReference: references.upstreamReference ?? null,
    nextActionAt: ground.clock.now(),
  });
  await recordEvent(tx, ground, { name: 'payment.found', subjectId: payment.id });
  return true;
}

async function lookAgain(tx: Tx, ground: Ground, payment: Payment, missed: number): Promise<void> {
  const next = after(ground.clock.now(), APART_MS[payment.direction]);
  await markPayment(tx, payment.id, { lookupsMissed: missed, nextActionAt: next });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: next });
}

async function sendAgain(tx: Tx, ground: Ground, payment: Payment): Promise<void> {
  const now = ground.clock.now();
  await markPayment(tx, payment.id, {
    state: 'created',
    lookupsMissed: 0,
    resends: payment.resends + 1,
    nextActionAt: now,
  });
  await insertCommand(tx, {
    id: ground.ids.next('cmd'),
    paymentId: payment.id,
    attempt: await findNextAttempt(tx, payment.id),
    createdAt: now,
  });
  await ground.queue.enqueue(tx, SEND_COMMANDS);
}
