/**
 * Posts transfers that cannot be refused, because what would refuse them was checked before.
 *
 * It refuses nothing: a refusal here is a broken invariant, and throwing undoes the whole transaction.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { BrokenInvariant } from '../refusal.ts';
import { postTransfers } from './post-transfers.ts';
import type { Transfer } from './transfer.ts';
import { isPosted } from './transfer-code.ts';

export async function postOrThrow(tx: Tx, ground: Ground, transfers: readonly Transfer[]): Promise<void> {
  const codes = await postTransfers(tx, ground, transfers);
  const refusals = codes.flatMap((code, place) =>
    isPosted(code) ? [] : [`${transfers[place]?.id ?? 'nothing'} ${code}`],
  );
  if (refusals.length > 0) throw new BrokenInvariant(`the ledger refused: ${refusals.join(', ')}`);
}
