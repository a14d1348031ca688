/**
 * Posts a batch of transfers: the only way to move money in the books.
 *
 * Answers come one per transfer, in order, each transfer seeing those before it. Call it last in the transaction: from
 * here to the commit, nobody else posts. A refused transfer is an answer and not an error: the transaction goes on,
 * and its id stays refused once that transaction commits.
 *
 * Refuses: see `transfer-code.ts`.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { insertTransfers } from './posting.rows.ts';
import { checkShape, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export async function postTransfers(
  tx: Tx,
  ground: Ground,
  transfers: readonly Transfer[],
): Promise<TransferCode[]> {
  for (const transfer of transfers) checkShape(transfer);
  if (transfers.length === 0) return [];
  return await insertTransfers(tx, transfers, ground.clock.now());
}
