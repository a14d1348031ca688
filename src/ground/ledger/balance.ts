/**
 * Tells what is on an account.
 *
 * The four amounts are columns of one row, so a balance is one read by key, however long the history is.
 */
import type { Reader } from '../postgres/database.ts';
import { type AccountRow, findAccount, findAccounts } from './account.rows.ts';
import type { AccountId } from './account.ts';

/** All in the currency's smallest unit. */
export interface AccountBalance {
  /** What moved for good, counted on the side on which the account grows. */
  readonly posted: bigint;
  /** What open holds promise to the account: not to be spent yet. */
  readonly pendingIn: bigint;
  /** What open holds reserve on the account. */
  readonly pendingOut: bigint;
  /** What a new transfer may take: for a limited account, posted without what is reserved. */
  readonly available: bigint;
}

/** The balance of an account, or nothing when it was never opened. */
export async function readBalance(reader: Reader, id: AccountId): Promise<AccountBalance | undefined> {
  const account = await findAccount(reader, id);
  return account && balanceOf(account);
}

/** The balances of many accounts in one read; those that were never opened are left out. */
export async function readBalances(
  reader: Reader,
  ids: readonly AccountId[],
): Promise<Map<AccountId, AccountBalance>> {
  const accounts = await findAccounts(reader, ids);
  return new Map(accounts.map((account) => [account.id, balanceOf(account)]));
}

function balanceOf(account: AccountRow): AccountBalance {
  if (account.normalSide === 'credit') {
    const posted = account.creditsPosted - account.debitsPosted;
    return {
      posted,
      pendingIn: account.creditsPending,
      pendingOut: account.debitsPending,
      available: posted - account.debitsPending,
    };
  }
  const posted = account.debitsPosted - account.creditsPosted;
  return {
    posted,
    pendingIn: account.debitsPending,
    pendingOut: account.creditsPending,
    available: posted - account.creditsPending,
  };
}
