/**
 * Closes the books at the end of a story: whatever happened in it, every franc must be where it belongs.
 *
 * The provider's own books are the independent witness: what it holds for us is what our float accounts say, currency
 * by currency, and each of its payments is in our ledger exactly once.
 */
import { expect } from 'vitest';
import { readTrialBalance } from '../../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../../src/ground/ledger/verify-chain.ts';
import type { Currency } from '../../src/ground/money/currency.ts';
import type { Db } from '../../src/ground/postgres/database.ts';
import { listAstray } from '../../src/rails/payments/not-succeeded.rows.ts';
import type { SimulatorBooks } from '../../src/rails/simulator/books.ts';
import type { Transaction } from '../../src/rails/simulator/transaction.ts';
import { opened } from './opened.ts';

const CURRENCIES: readonly Currency[] = ['XOF', 'XAF', 'GNF'];

export async function closeBooks(db: Db, books: SimulatorBooks): Promise<void> {
  const trial = await readTrialBalance(db);
  expect(trial.differences, 'every account holds what the journal says').toEqual([]);
  expect(trial.balanced, 'debits equal credits in every currency').toBe(true);
  expect((await verifyChain(db)).ok, 'nothing in the journal was changed').toBe(true);
  expect(await listAstray(db), 'every payment that did not succeed is found as such').toEqual([]);

  const accounts = await listAccounts(db);
  for (const currency of CURRENCIES) {
    const held = books.balance(currency).amount;
    const ours = accounts
      .filter(({ id }) => id.startsWith('float:') && id.endsWith(`:${currency}`))
      .reduce((sum, account) => sum + account.debits_posted - account.credits_posted, 0n);
    expect(ours, `the float in ${currency} is what the provider holds`).toBe(held);
  }
  const negative = accounts.filter(
    ({ id, debits_posted, debits_pending, credits_posted }) =>
      /^(member|suspense|pot):/.test(id) && debits_posted + debits_pending > credits_posted,
  );
  expect(negative, 'no account holds less than nothing').toEqual([]);
  await expectEachOnce(db, books);
}

/** What the provider moved, and what we wrote down, payment by payment. */
async function expectEachOnce(db: Db, books: SimulatorBooks): Promise<void> {
  const rows = await db.selectFrom('payments').selectAll().execute();
  const payments = rows.map((row) => opened(db, row));
  for (const transaction of books.list().filter(({ state }) => state === 'success')) {
    // Two people who resolved a lost answer know no reference: they found it by its number and amount.
    const payment =
      payments.find((one) => one.provider_reference === transaction.reference) ??
      payments.find((one) => one.reason === 'resolved' && isLike(one, transaction));
    expect(payment?.state, `${transaction.reference} was paid`).toMatch(/^(succeeded|review)$/);
    if (payment?.state === 'succeeded') {
      const fee = payment.direction === 'in' ? transaction.fee.amount : 0n;
      expect(payment.credited, `${transaction.reference} moved what we wrote down`).toBe(
        transaction.moved.amount - fee,
      );
    }
  }
  const known = payments.filter(({ state, reason }) => state === 'succeeded' && reason !== 'resolved');
  for (const payment of known) {
    expect(books.find(payment.provider_reference ?? '')?.state, `${payment.id} was credited`).toBe('success');
  }
}

function isLike(
  payment: { readonly direction: string; readonly phone: string; readonly amount: bigint },
  { direction, wallet, asked }: Transaction,
): boolean {
  return payment.direction === direction && payment.phone === `+${wallet}` && payment.amount === asked.amount;
}

async function listAccounts(db: Db) {
  return await db
    .selectFrom('accounts')
    .select(['id', 'debits_posted', 'credits_posted', 'debits_pending'])
    .execute();
}
