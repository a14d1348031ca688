/**
 * Writes a set in one transaction; a set that the database cannot take is halved until the row that it cannot take
 * stands alone.
 *
 * One bad row then costs a few transactions more and takes nobody down with it. A database that is away is not asked
 * again for each half: nothing of the set was written, and whoever claimed the rows finds them again.
 */
import type { Db, Tx } from './database.ts';
import { inTransaction, isDatabaseAway } from './in-transaction.ts';

export interface SetWriter<Row, Done> {
  /** Writes the set. It may run again, after all that it did was undone. */
  readonly act: (tx: Tx, rows: readonly Row[]) => Promise<Done>;
  /** Goes on with what was done, once it is committed. */
  readonly after: (done: Done) => Promise<void>;
  /** Hears of rows that could not be written; without it their failure is thrown when the others are done. */
  readonly failed?: (rows: readonly Row[], error: unknown) => void;
}

/**
 * `take` gives the same set whenever it is called; it is called when the transaction has begun. Both halves come to their
 * end before a failure is told.
 */
export async function inHalves<Row, Done>(
  db: Db,
  take: () => readonly Row[],
  writer: SetWriter<Row, Done>,
): Promise<void> {
  let done: Done;
  try {
    done = await inTransaction(db, async (tx) => await writer.act(tx, take()));
  } catch (error) {
    const rows = take();
    if (rows.length <= 1 || isDatabaseAway(error)) {
      if (writer.failed === undefined) throw error;
      writer.failed(rows, error);
      return;
    }
    const half = Math.ceil(rows.length / 2);
    const failures: unknown[] = [];
    for (const part of [rows.slice(0, half), rows.slice(half)]) {
      try {
        await inHalves(db, () => part, writer);
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some rows failed, the others are done');
    return;
  }
  await writer.after(done);
}
