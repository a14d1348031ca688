/**
 * Starts a withdrawal: reserves the money, writes the payment and its instruction, in one transaction.
 *
 * The hold comes first and nothing is sent here. Whoever could pay out before holding could pay out twice. With
 * `heldUntil` the money is set aside and nothing is sent before that hour.
 *
 * Refuses: `withdrawal-balance-insufficient`, `payment-id-taken`, `payment-form-too-old`, `withdrawal-frozen`.
 */
import { after, DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { idTime_ms } from '../../ground/identifiers.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { isPosted } from '../../ground/ledger/transfer-code.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { insertCommand } from '../outbox/provider-command.rows.ts';
import type { Rails } from '../rails.ts';
import { FORM_TOO_OLD, PAYMENT_ID_TAKEN } from './collect.ts';
import { findFreeze } from './freeze.rows.ts';
import { type AskedPayment, newPayment } from './new-payment.ts';
import { findPayment, insertPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS, SEND_COMMANDS } from './payment-jobs.ts';
import { holdTransfers } from './payout-settlement.ts';
import { railAccounts } from './settlement.ts';

export const BALANCE_INSUFFICIENT = refusal(
  'withdrawal-balance-insufficient',
  'conflict',
  'Votre solde disponible ne suffit pas pour ce montant et ses frais.',
  'Your available balance does not cover this amount and its fee.',
);

export const WITHDRAWAL_FROZEN = refusal(
  'withdrawal-frozen',
  'unavailable',
  'Les retraits sont suspendus pour le moment. Votre argent reste dans votre portefeuille.',
  'Withdrawals are suspended for the moment. Your money stays in your wallet.',
);

/** The number is the recipient's. */
export interface Disbursement extends AskedPayment {
  /** What the recipient is sent, in the currency's smallest unit. */
  readonly amount: bigint;
  /** What the person pays on top. */
  readonly fee: bigint;
  /** Nothing is sent before this instant. */
  readonly heldUntil?: Date;
}

export async function disburse(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  asked: Disbursement,
): Promise<Answer<Payment>> {
  const now = ground.clock.now();
  const age_ms = now.getTime() - idTime_ms(asked.paymentId);
  if (age_ms > DAY_MS || age_ms < -MINUTE_MS) return refused(FORM_TOO_OLD);
  const payment = newPayout(asked, rails, now);
  const frozen = await findFreeze(tx, { ...payment, direction: 'out' });
  if (frozen !== undefined) return refused(WITHDRAWAL_FROZEN);
  if ((await findPayment(tx, payment.id)) !== undefined) return refused(PAYMENT_ID_TAKEN);
  for (const account of railAccounts(payment.provider, payment.currency))
    await openAccount(tx, ground, account);
  await openAccount(tx, ground, payment.accountId);
  // The ledger decides whether the balance suffices, under its own lock: nothing read earlier can be out of date.
  const codes = await postTransfers(tx, ground, holdTransfers(payment, ground));
  if (!codes.every(isPosted)) {
    const short = codes.some((code) => code === 'exceeds-credits' || code === 'linked-failed');
    return refused(short ? BALANCE_INSUFFICIENT : PAYMENT_ID_TAKEN);
  }
  invariant(await insertPayment(tx, payment), `payment ${payment.id} appeared while its hold was made`);
  await recordEvent(tx, ground, {
    name: 'payment.created',
    subjectId: payment.id,
    facts: { amount: String(payment.amount), currency: payment.currency, method: payment.method },
  });
  if (asked.heldUntil === undefined) await startSending(tx, ground, payment.id, now);
  else await tellHeld(tx, ground, payment.id, asked.heldUntil);
  return accepted(payment);
}

/** Writes the first instruction of a withdrawal whose money is held. */
export async function startSending(tx: Tx, ground: Ground, paymentId: string, now: Date): Promise<void> {
  await insertCommand(tx, { id: ground.ids.next('cmd'), paymentId, attempt: 1, createdAt: now });
  await ground.queue.enqueue(tx, SEND_COMMANDS);
}

async function tellHeld(tx: Tx, ground: Ground, paymentId: string, until: Date): Promise<void> {
  const facts = { until: until.toISOString() };
  await recordEvent(tx, ground, { name: 'payment.held', subjectId: paymentId, facts });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: until });
}

function newPayout(asked: Disbursement, rails: Rails, now: Date): Payment {
  return newPayment('out', asked, rails, now, {
    amount: asked.amount,
    quotedFee: asked.fee,
    wantedCredit: asked.amount,
    state: asked.heldUntil === undefined ? 'created' : 'risk-hold',
    needsOtp: false,
    // A withdrawal has no end of its own; the column says when a lost answer counts as slow.
    expiresAt: after(now, DAY_MS),
    nextActionAt: asked.heldUntil ?? after(now, DAY_MS),
  });
}
