/**
 * Puts money of a second provider transaction for one payment into suspense: somebody paid twice.
 *
 * The float must say what the provider holds; whose money it is, a person decides. The transfer's id is derived from
 * the provider's reference, so the same stray transaction counts once.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { isPosted } from '../../ground/ledger/transfer-code.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { StatusAnswer } from '../provider.ts';
import { heldOf } from './judge-status.ts';
import { findPaymentByProviderReference } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { railAccounts, suspenseTransfer } from './settlement.ts';

export interface StrayMoney {
  readonly payment: Payment;
  /** The provider's reference of the second transaction. */
  readonly reference: string;
  readonly answer: StatusAnswer;
}

/** True when money was set aside now; false when there is none, it belongs to another payment, or it was counted. */
export async function recordStrayMoney(tx: Tx, ground: Ground, stray: StrayMoney): Promise<boolean> {
  const { payment, answer } = stray;
  if (answer.found !== 'yes' || answer.status !== 'succeeded') return false;
  const { paid } = answer;
  if (paid === undefined || paid === 'unreadable' || paid.amount <= 0n) return false;
  const owner = await findPaymentByProviderReference(
    tx,
    payment.provider,
    payment.environment,
    stray.reference,
  );
  if (owner !== undefined) return false;
  for (const account of railAccounts(payment.provider, paid.currency)) await openAccount(tx, ground, account);
  const transfer = suspenseTransfer(payment, heldOf(payment, paid, answer.fee), stray.reference, ground);
  const [code] = await postTransfers(tx, ground, [transfer]);
  invariant(code !== undefined && (isPosted(code) || code.startsWith('exists')), `stray money: ${code}`);
  if (code !== 'posted') return false;
  await recordEvent(tx, ground, {
    name: 'payment.contradicted',
    subjectId: payment.id,
    facts: { sentence: 'a second transaction was paid for this payment', paid: String(paid.amount) },
  });
  return true;
}
