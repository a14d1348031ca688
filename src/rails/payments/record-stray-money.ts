/**
 * Puts money of a second provider transaction for one payment into suspense: somebody paid twice.
 *
 * The float must say what the provider holds; whose money it is, two people decide (`propose-second-payment.ts`). The
 * transfer's id is derived from the provider's reference, so the same stray transaction counts once. What the provider
 * takes back leaves suspense again, or the wallet when it had been credited.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { lockShard } from '../../ground/ledger/account.rows.ts';
import { accountCurrency, accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { findTransfer } from '../../ground/ledger/transfer.rows.ts';
import { isPosted } from '../../ground/ledger/transfer-code.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { StatusAnswer } from '../provider.ts';
import { heldOf } from './judge-status.ts';
import { findPaymentByProviderReference, lockPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import {
  findSecondPayment,
  insertSecondPayment,
  markSecondPayment,
  type SecondPayment,
} from './second-payment.rows.ts';
import { secondReturned, secondReversed } from './second-settlement.ts';
import { railAccounts, suspenseTransfer } from './settlement.ts';

export interface StrayMoney {
  readonly payment: Payment;
  /** The provider's reference of the second transaction. */
  readonly reference: string;
  readonly answer: StatusAnswer;
}

/** True when money was moved in the books now; false when there is none to move, or it was counted already. */
export async function recordStrayMoney(tx: Tx, ground: Ground, stray: StrayMoney): Promise<boolean> {
  const { answer, reference } = stray;
  if (answer.found !== 'yes') return false;
  // Two people may be deciding about it: they hold the same lock.
  const payment = await lockPayment(tx, stray.payment.id);
  invariant(payment !== undefined, `payment ${stray.payment.id} does not exist`);
  const known = await findSecondPayment(tx, payment.id, reference);
  if (answer.status === 'reversed') return await takeBack(tx, ground, { ...stray, payment }, known);
  if (answer.status !== 'succeeded') return false;
  if (known?.closedAt !== undefined) return false;
  const owner = await findPaymentByProviderReference(tx, payment.provider, payment.environment, reference);
  if (owner !== undefined) return false;
  const { paid } = answer;
  // What cannot be read cannot be posted, and must not be forgotten: people look it up in the statement.
  if (paid === undefined || paid === 'unreadable' || paid.amount <= 0n) {
    if (known === undefined) await insertFound(tx, ground, { ...stray, payment });
    const sentence = 'a second transaction was paid for this payment; its amount cannot be read';
    await tellOf(tx, ground, stray, sentence);
    return false;
  }
  for (const account of railAccounts(payment.provider, paid.currency)) await openAccount(tx, ground, account);
  const held = heldOf(payment, paid, answer.fee);
  const [code] = await postTransfers(tx, ground, [suspenseTransfer(payment, held, reference, ground)]);
  invariant(code !== undefined && (isPosted(code) || code.startsWith('exists')), `stray money: ${code}`);
  if (code !== 'posted') return false;
  if (known === undefined) await insertFound(tx, ground, { ...stray, payment }, held);
  else await markSecondPayment(tx, known.id, held);
  const figures = { paid: String(paid.amount) };
  await tellOf(tx, ground, stray, 'a second transaction was paid for this payment', figures);
  return true;
}

async function insertFound(
  tx: Tx,
  ground: Ground,
  { payment, reference }: StrayMoney,
  held?: Pick<SecondPayment, 'amount' | 'currency'>,
): Promise<void> {
  await insertSecondPayment(tx, {
    id: ground.ids.next('sec'),
    paymentId: payment.id,
    providerReference: reference,
    amount: held?.amount,
    currency: held?.currency,
    foundAt: ground.clock.now(),
  });
}

/** The payer got the second payment back: what was set aside or credited for it goes out as it came in, once. */
async function takeBack(
  tx: Tx,
  ground: Ground,
  stray: StrayMoney,
  known: SecondPayment | undefined,
): Promise<boolean> {
  const { payment, reference } = stray;
  const now = ground.clock.now();
  const suspended = await findTransfer(tx, derivedUuid(payment.id, `suspense ${reference}`));
  if (suspended === undefined) {
    // It never entered the books, and it is gone: nothing is left to decide.
    if (known?.closedAt === undefined && known !== undefined)
      await markSecondPayment(tx, known.id, { outcome: 'taken-back', closedAt: now });
    return false;
  }
  const held = { amount: suspended.amount, currency: accountCurrency(suspended.credit) };
  const second = { payment, reference, held };
  if (known?.outcome === 'credited') {
    if (known.reversedAt !== undefined) return false;
    await markSecondPayment(tx, known.id, { reversedAt: now });
    await recordEvent(tx, ground, {
      name: 'payment.second-reversed',
      subjectId: payment.id,
      facts: { reference, amount: String(held.amount) },
    });
    await openAccount(tx, ground, accountId('receivable', payment.ownerId, held.currency));
    // From here nobody spends: what is read is what will be there when it is taken.
    await lockShard(tx);
    const balance = await readBalance(tx, payment.accountId);
    await postOrThrow(tx, ground, secondReversed(second, balance?.available ?? 0n, ground));
    return true;
  }
  if (known?.closedAt !== undefined) return false;
  if (known !== undefined) await markSecondPayment(tx, known.id, { outcome: 'taken-back', closedAt: now });
  const [code] = await postTransfers(tx, ground, secondReturned(second, ground));
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
