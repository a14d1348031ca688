/**
 * Says for good that rows are not written plainly any more: no version runs that cannot open sealed texts.
 *
 * Whoever is writing at this moment is waited for, so that the walk that follows meets every plain row there is.
 */
import type { Clock } from '../clock.ts';
import type { Tx } from '../postgres/database.ts';
import { lockTables } from './sealed-column.rows.ts';
import type { SealedColumn } from './sealed-column.ts';
import { markClosed } from './sealing.rows.ts';

/** False when that was so already. */
export async function closeSealing(tx: Tx, clock: Clock, columns: readonly SealedColumn[]): Promise<boolean> {
  await lockTables(tx, columns);
  return await markClosed(tx, clock.now());
}
