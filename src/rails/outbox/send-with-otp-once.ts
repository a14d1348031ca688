/**
 * Sends a payment with the code that the person has just typed.
 *
 * The code goes from the form to the provider and nowhere else: it is never stored and never logged, so this is the
 * one instruction that is sent by the process that received the form. A crash on the way leaves an abandoned command,
 * which is a lost answer like any other.
 *
 * Refuses: `payment-no-code-awaited` when the payment is not waiting for a code (a double click, another tab);
 * `otp-shape` when it is not 4 to 8 digits; `payment-too-late` when its time is over; `deposit-frozen` while an operator
 * has stopped it.
 */
import { after } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { DEPOSIT_FROZEN } from '../payments/collect.ts';
import { findFreeze } from '../payments/freeze.rows.ts';
import { lockPayment, markPayment } from '../payments/payment.rows.ts';
import { awaitsOtp } from '../payments/payment.ts';
import type { Rails } from '../rails.ts';
import { type Command, findNextAttempt, insertCommand } from './provider-command.rows.ts';
import { SEND_LEASE_MS, sendCommand } from './send-command.ts';

export const NO_CODE_AWAITED = refusal(
  'payment-no-code-awaited',
  'conflict',
  'Ce paiement n’attend pas de code.',
  'This payment does not await a code.',
);

export const OTP_SHAPE = refusal(
  'otp-shape',
  'invalid',
  'Le code de l’opérateur compte 4 à 8 chiffres.',
  'The operator’s code has 4 to 8 digits.',
);

export const TOO_LATE = refusal(
  'payment-too-late',
  'conflict',
  'Le délai de ce paiement est passé. Aucun montant n’a été demandé. Recommencez une recharge.',
  'The time for this payment is over. Nothing was asked of your phone. Start a new top-up.',
);

const OTP = /^[0-9]{4,8}$/;

export async function sendWithOtpOnce(
  db: Db,
  ground: Ground,
  rails: Rails,
  paymentId: string,
  otp: string,
): Promise<Answer<'sent'>> {
  if (!OTP.test(otp)) return refused(OTP_SHAPE);
  const claimed = await inTransaction(db, async (tx) => await claim(tx, ground, paymentId));
  if (!claimed.ok) return claimed;
  await sendCommand(db, ground, rails, claimed.value, otp);
  return accepted('sent');
}

async function claim(tx: Tx, ground: Ground, paymentId: string): Promise<Answer<Command>> {
  const now = ground.clock.now();
  const payment = await lockPayment(tx, paymentId);
  if (payment === undefined || !awaitsOtp(payment)) return refused(NO_CODE_AWAITED);
  if (now >= payment.expiresAt) return refused(TOO_LATE);
  if ((await findFreeze(tx, payment)) !== undefined) return refused(DEPOSIT_FROZEN);
  const command = { id: ground.ids.next('cmd'), paymentId, attempt: await findNextAttempt(tx, paymentId) };
  const leaseUntil = after(now, SEND_LEASE_MS);
  await insertCommand(tx, { ...command, createdAt: now, leaseUntil });
  await markPayment(tx, payment.id, {
    state: 'submitting',
    otpTries: payment.otpTries + 1,
    submittedAt: payment.submittedAt ?? now,
  });
  await recordEvent(tx, ground, { name: 'payment.submitting', subjectId: payment.id });
  return accepted(command);
}
