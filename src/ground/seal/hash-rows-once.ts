/**
 * Hashes a bounded number of rows that an older version wrote, for as long as one may serve beside this one.
 *
 * They stay plain, because that version reads them; with their hashes they are found by an index. Once the host has said
 * that no older version runs, `npm run seal-keys` seals them, and there is nothing to do here.
 */
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { sealPage } from './sealed-column.rows.ts';
import type { SealedColumn } from './sealed-column.ts';
import { isPlain, readPlainly } from './sealing.rows.ts';
import { vaultOf } from './vault-of.ts';

/** Hashes at most `limit` rows of each column; returns how many in all. */
export async function hashRowsOnce(db: Db, columns: readonly SealedColumn[], limit: number): Promise<number> {
  const plainly = await readPlainly(db);
  let done = 0;
  for (const column of columns.filter((one) => isPlain(plainly, one) && one.hashes.length > 0)) {
    const walk = { after: undefined, limit, plainly: true };
    done += (await inTransaction(db, async (tx) => await sealPage(tx, vaultOf(db), column, walk))).sealed;
  }
  return done;
}
