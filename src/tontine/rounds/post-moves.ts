/**
 * Posts what an act of a group has decided, last in its transaction.
 *
 * What could be refused was checked under the group's lock; only a wallet has other doors, so its emptiness is an
 * answer and everything else a broken invariant.
 *
 * Refuses: `wallet-short`.
 */
import type { Ground } from '../../ground/ground.ts';
import { accountKind } from '../../ground/ledger/account.ts';
import { openAccounts } from '../../ground/ledger/open-accounts.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import { isPosted } from '../../ground/ledger/transfer-code.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, BrokenInvariant, refused } from '../../ground/refusal.ts';
import { WALLET_SHORT } from './contribution.ts';

export async function postMoves(
  tx: Tx,
  ground: Ground,
  transfers: readonly Transfer[],
): Promise<Answer<void>> {
  await openAccounts(
    tx,
    ground,
    transfers.flatMap((transfer) => [transfer.debit, transfer.credit]),
  );
  const codes = await postTransfers(tx, ground, transfers);
  const short = codes.some((code, place) => {
    const from = transfers[place]?.debit;
    return code === 'exceeds-credits' && from !== undefined && accountKind(from) === 'member';
  });
  if (short) return refused(WALLET_SHORT);
  const refusals = codes.filter((code) => !isPosted(code));
  if (refusals.length > 0) throw new BrokenInvariant(`the ledger refused: ${refusals.join(', ')}`);
  return accepted(undefined);
}
