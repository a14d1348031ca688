/**
 * Seals a bounded number of rows that are not sealed under the first key: after an upgrade, and after a key was changed.
 *
 * Rows that are plain because an older version may still serve get their hashes only; what is sealed under another key is
 * left to the command that changes keys, whose operator looks on.
 */
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { sealPage } from './sealed-column.rows.ts';
import type { SealedColumn } from './sealed-column.ts';
import { readPlainly } from './sealing.rows.ts';
import { vaultOf } from './vault-of.ts';

/** Some hundred rows are locked for some milliseconds. */
const PAGE = 200;

/** Seals at most about `limit` rows; returns how many. Less than the limit means that nothing was left. */
export async function sealRowsOnce(db: Db, columns: readonly SealedColumn[], limit: number): Promise<number> {
  const vault = vaultOf(db);
  let done = 0;
  for (const column of columns) {
    let after: string | undefined;
    while (done < limit) {
      const page = await inTransaction(db, async (tx) => {
        const plainly = await readPlainly(tx);
        return await sealPage(tx, vault, column, { after, limit: Math.min(PAGE, limit - done), plainly });
      });
      done += page.sealed;
      after = page.last;
      if (after === undefined) break;
    }
  }
  return done;
}
