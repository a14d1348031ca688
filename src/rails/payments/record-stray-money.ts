/**
 * Puts money of a second provider transaction for one payment into suspense: somebody paid twice.
 *
 * The float must say what the provider holds; whose money it is, a person decides. The transfer's id is derived from
 * the provider's reference, so the same stray transaction counts once. What the provider takes back leaves suspense
 * again.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { findTransfer } from '../../ground/ledger/transfer.rows.ts';
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

/** True when money was moved in the books now; false when there is none to move, or it was counted already. */
export async function recordStrayMoney(tx: Tx, ground: Ground, stray: StrayMoney): Promise<boolean> {
  const { payment, answer } = stray;
  if (answer.found !== 'yes') return false;
  if (answer.status === 'reversed') return await returnStrayMoney(tx, ground, stray);
  if (answer.status !== 'succeeded') return false;
  const { paid } = answer;
  const owner = await findPaymentByProviderReference(
    tx,
    payment.provider,
    payment.environment,
    stray.reference,
  );
  if (owner !== undefined) return false;
  // What cannot be read cannot be posted, and must not be forgotten: people look it up in the statement.
  if (paid === undefined || paid === 'unreadable' || paid.amount <= 0n) {
    await tellOf(
      tx,
      ground,
      stray,
      'a second transaction was paid for this payment; its amount cannot be read',
    );
    return false;
  }
  for (const account of railAccounts(payment.provider, paid.currency)) await openAccount(tx, ground, account);
  const transfer = suspenseTransfer(payment, heldOf(payment, paid, answer.fee), stray.reference, ground);
  const [code] = await postTransfers(tx, ground, [transfer]);
  invariant(code !== undefined && (isPosted(code) || code.startsWith('exists')), `stray money: ${code}`);
  if (code !== 'posted') return false;
  const figures = { paid: String(paid.amount) };
  await tellOf(tx, ground, stray, 'a second transaction was paid for this payment', figures);
  return true;
}

/** The payer got the second payment back: what was set aside for it goes out as it came in, once. */
async function returnStrayMoney(tx: Tx, ground: Ground, stray: StrayMoney): Promise<boolean> {
  const { payment, reference } = stray;
  const suspended = await findTransfer(tx, derivedUuid(payment.id, `suspense ${reference}`));
  if (suspended === undefined) return false;
  const [code] = await postTransfers(tx, ground, [
    {
      id: derivedUuid(payment.id, `suspense-return ${reference}`),
      kind: 'single',
      debit: suspended.credit,
      credit: suspended.debit,
      amount: suspended.amount,
      journal: { id: ground.ids.next('jrn'), kind: 'deposit.unsuspended', occurredAt: ground.clock.now() },
      reference: payment.reference,
    },
  ]);
  invariant(code !== undefined && (isPosted(code) || code.startsWith('exists')), `stray money back: ${code}`);
  if (code !== 'posted') return false;
  const figures = { returned: String(suspended.amount) };
  await tellOf(tx, ground, stray, 'the second transaction was taken back', figures);
  return true;
}

async function tellOf(
  tx: Tx,
  ground: Ground,
  { payment, reference }: StrayMoney,
  sentence: string,
  figures: Readonly<Record<string, string>> = {},
): Promise<void> {
  const facts = { sentence, reference, ...figures };
  await recordEvent(tx, ground, { name: 'payment.contradicted', subjectId: payment.id, facts });
}
