/**
 * Writes a set in one transaction; a set that the database cannot take is halved until the row that it cannot take
 * stands alone.
 *
 * One bad row then costs a few transactions more and takes nobody down with it. A database that is away is not asked
 * again for each half: nothing of the set was written, and whoever claimed the rows finds them again.
 */
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inTransaction, isDatabaseAway } from '../ground/postgres/in-transaction.ts';
import { sideBySide } from './side-by-side.ts';

/** Each is a connection of the pool. */
const AT_ONCE = 4;

export interface SetWriter<Row> {
  /** Writes what can be written together and returns the others. It may run again after all that it did was undone. */
  readonly together: (tx: Tx, rows: readonly Row[]) => Promise<readonly Row[]>;
  /** Does one of the others, in a transaction of its own. */
  readonly alone: (row: Row) => Promise<void>;
}

/** `take` gives the same set whenever it is called; it is called when the transaction has begun. */
export async function writeInHalves<Row>(
  db: Db,
  take: () => readonly Row[],
  writer: SetWriter<Row>,
): Promise<void> {
  let others: readonly Row[];
  try {
    others = await inTransaction(db, async (tx) => await writer.together(tx, take()));
  } catch (error) {
    const rows = take();
    if (rows.length <= 1 || isDatabaseAway(error)) throw error;
    const half = Math.ceil(rows.length / 2);
    const halves = [rows.slice(0, half), rows.slice(half)];
    await sideBySide(halves, async (part) => await writeInHalves(db, () => part, writer), 1);
    return;
  }
  await sideBySide(others, writer.alone, AT_ONCE);
}
