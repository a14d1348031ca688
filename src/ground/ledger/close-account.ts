/**
 * Closes an account for good: it moves no more.
 *
 * Only an empty account closes, with no hold on either side: money in a closed account would be money lost. Closing
 * twice is closing once.
 *
 * Refuses: `account.absent` when it was never opened, `account.not-empty` while money or a hold is on it.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../refusal.ts';
import { findAccount, lockShard, markClosed } from './account.rows.ts';
import type { AccountId } from './account.ts';

export const ACCOUNT_ABSENT = refusal(
  'account.absent',
  'absent',
  "Ce compte n'existe pas.",
  'There is no such account.',
);
export const ACCOUNT_NOT_EMPTY = refusal(
  'account.not-empty',
  'conflict',
  "Ce compte contient encore de l'argent ou une somme réservée. Videz-le avant de le fermer.",
  'This account still holds money or a reserved amount. Empty it before you close it.',
);

export async function closeAccount(tx: Tx, ground: Ground, id: AccountId): Promise<Answer<void>> {
  await lockShard(tx);
  const account = await findAccount(tx, id);
  if (account === undefined) return refused(ACCOUNT_ABSENT);
  if (account.closedAt !== null) return accepted(undefined);
  const empty =
    account.debitsPosted === account.creditsPosted &&
    account.debitsPending === 0n &&
    account.creditsPending === 0n;
  if (!empty) return refused(ACCOUNT_NOT_EMPTY);
  await markClosed(tx, id, ground.clock.now());
  return accepted(undefined);
}
