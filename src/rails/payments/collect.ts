/**
 * Asks a phone (or a card) for money: writes the payment and its instruction to the provider, in one transaction.
 *
 * Nothing is sent here. The caller names the ledger account to credit, and has checked limits and fees. When the
 * operator wants a code from the person, the payment waits for it (`send-with-otp-once.ts`).
 *
 * Refuses: `payment-id-taken` when the id belongs to another payment; `payment-form-too-old` when the id was not made
 * within the last day (the ids of its transfers carry the same time); `deposit-frozen` while an operator has stopped it.
 */
import { after, DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { idTime_ms } from '../../ground/identifiers.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { insertCommand } from '../outbox/provider-command.rows.ts';
import { payableFor_ms, type Rails } from '../rails.ts';
import type { FeeQuote } from './fee-policy.ts';
import { findFreeze } from './freeze.rows.ts';
import { type AskedPayment, newPayment } from './new-payment.ts';
import { insertPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { SEND_COMMANDS } from './payment-jobs.ts';

export const PAYMENT_ID_TAKEN = refusal(
  'payment-id-taken',
  'conflict',
  'Ce formulaire a déjà servi. Rouvrez la page et recommencez.',
  'This form was already used. Open the page again and start over.',
);

export const FORM_TOO_OLD = refusal(
  'payment-form-too-old',
  'invalid',
  'Ce formulaire est trop ancien. Rouvrez la page et recommencez.',
  'This form is too old. Open the page again and start over.',
);

export const DEPOSIT_FROZEN = refusal(
  'deposit-frozen',
  'unavailable',
  'Les recharges sont suspendues pour le moment. Rien ne vous a été demandé.',
  'Top-ups are suspended for the moment. Nothing was asked of your phone.',
);

export interface Collection extends AskedPayment {
  readonly quote: FeeQuote;
}

export async function collect(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  asked: Collection,
): Promise<Answer<Payment>> {
  const now = ground.clock.now();
  const age_ms = now.getTime() - idTime_ms(asked.paymentId);
  if (age_ms > DAY_MS || age_ms < -MINUTE_MS) return refused(FORM_TOO_OLD);
  const payment = newDeposit(asked, rails, now);
  if ((await findFreeze(tx, payment)) !== undefined) return refused(DEPOSIT_FROZEN);
  if (!(await insertPayment(tx, payment))) return refused(PAYMENT_ID_TAKEN);
  await recordEvent(tx, ground, {
    name: 'payment.created',
    subjectId: payment.id,
    facts: { amount: String(payment.amount), currency: payment.currency, method: payment.method },
  });
  // With a code to type, the instruction is written when the code is there: codes are never stored.
  if (!payment.needsOtp) {
    await insertCommand(tx, {
      id: ground.ids.next('cmd'),
      paymentId: payment.id,
      attempt: 1,
      createdAt: now,
    });
    await ground.queue.enqueue(tx, SEND_COMMANDS);
  }
  return accepted(payment);
}

function newDeposit(asked: Collection, rails: Rails, now: Date): Payment {
  const { service, quote } = asked;
  const expiresAt = after(now, payableFor_ms(service.method));
  return newPayment('in', asked, rails, now, {
    amount: quote.amount,
    quotedFee: quote.fee,
    wantedCredit: quote.credit,
    state: service.needsOtp ? 'action-required' : 'created',
    needsOtp: service.needsOtp,
    expiresAt,
    nextActionAt: expiresAt,
  });
}
