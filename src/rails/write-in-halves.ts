/**
 * Settles a set in one transaction and what is not plain after it, each in a transaction of its own.
 */
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inHalves } from '../ground/postgres/in-halves.ts';
import { sideBySide } from './side-by-side.ts';

/** Each is a connection of the pool. */
const AT_ONCE = 4;

export interface Settler<Row> {
  /** Writes what can be written together and returns the others. It may run again after all that it did was undone. */
  readonly together: (tx: Tx, rows: readonly Row[]) => Promise<readonly Row[]>;
  readonly alone: (row: Row) => Promise<void>;
}

/** `take` as in `in-halves.ts`. */
export async function writeInHalves<Row>(
  db: Db,
  take: () => readonly Row[],
  { together, alone }: Settler<Row>,
): Promise<void> {
  await inHalves(db, take, {
    act: together,
    after: async (others) => await sideBySide(others, alone, AT_ONCE),
  });
}
