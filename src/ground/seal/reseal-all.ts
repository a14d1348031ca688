/**
 * Walks along all sealed columns until every row is sealed and hashed under the first key, page by page.
 *
 * Each page is a transaction: killed anywhere, the walk has done whole pages, and the next one finds the rest. It ends
 * with a count, because a process that still has the old order of keys may have written meanwhile.
 */
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { countStale, sealPage } from './sealed-column.rows.ts';
import type { SealedColumn } from './sealed-column.ts';
import { isPlain, readPlainly } from './sealing.rows.ts';
import { vaultOf } from './vault-of.ts';

/** Locked for some ten milliseconds; a million rows are two thousand pages. */
const PAGE = 500;

export interface Left {
  readonly plain: bigint;
  readonly otherKey: bigint;
}

/** `onPage` hears of each page: the column, and how many rows it sealed. Says what is left. */
export async function resealAll(
  db: Db,
  columns: readonly SealedColumn[],
  onPage: (column: SealedColumn, sealed: number) => void,
): Promise<Left> {
  const vault = vaultOf(db);
  const plainly = await readPlainly(db);
  for (const column of columns) {
    let after: string | undefined;
    do {
      const from = after;
      const page = await inTransaction(
        db,
        async (tx) =>
          await sealPage(tx, vault, column, { after: from, limit: PAGE, plainly: isPlain(plainly, column) }),
      );
      if (page.sealed > 0) onPage(column, page.sealed);
      after = page.last;
    } while (after !== undefined);
  }
  return await countLeft(db, columns);
}

/** What no walk has reached. */
export async function countLeft(db: Db, columns: readonly SealedColumn[]): Promise<Left> {
  let left: Left = { plain: 0n, otherKey: 0n };
  for (const column of columns) {
    const found = await countStale(db, vaultOf(db), column);
    left = { plain: left.plain + found.plain, otherKey: left.otherKey + found.otherKey };
  }
  return left;
}
