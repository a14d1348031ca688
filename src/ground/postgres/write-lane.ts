/**
 * Lets callers who come at the same time share one transaction: each hands in a row and gets its own outcome.
 *
 * No timer decides. A set takes everything that waits when its transaction has begun, so one row alone goes at once, and
 * under load the sets grow by themselves. While one set is being written another one may be prepared behind it; there is
 * never more than one that has not taken its rows yet. A row that the database cannot take falls alone (`in-halves.ts`).
 */
import { invariant } from '../refusal.ts';
import type { Db, Tx } from './database.ts';
import { inHalves } from './in-halves.ts';

/** Resolves with the outcome once it is committed; throws what kept the row from being written. */
export type WriteLane<Row, Done> = (row: Row) => Promise<Done>;

export interface LaneWriter<Row, Done> {
  /** Two rows with the same key are never on their way at once: the second one goes when the first one has its outcome. */
  readonly keyOf: (row: Row) => string;
  /** The outcomes, in the order of the rows. It may run again, after all that it did was undone. */
  readonly write: (tx: Tx, rows: readonly Row[]) => Promise<readonly Done[]>;
}

export interface LaneLimits {
  /** Most rows in one set. */
  readonly most: number;
  /** Most sets on their way at once; each is a connection of the pool. */
  readonly sets: number;
}

interface Waiting<Row, Done> {
  readonly row: Row;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: unknown) => void;
}

export function openWriteLane<Row, Done>(
  db: Db,
  limits: LaneLimits,
  writer: LaneWriter<Row, Done>,
): WriteLane<Row, Done> {
  let line: Waiting<Row, Done>[] = [];
  let underWay = 0;
  const keysUnderWay = new Set<string>();
  const isFree = ({ row }: Waiting<Row, Done>): boolean => !keysUnderWay.has(writer.keyOf(row));
  let isBeginning = false;

  return async (row) =>
    await new Promise((resolve, reject) => {
      line.push({ row, resolve, reject });
      void begin();
    });

  async function begin(): Promise<void> {
    if (isBeginning || underWay >= limits.sets || !line.some(isFree)) return;
    isBeginning = true;
    underWay += 1;
    let set: readonly Waiting<Row, Done>[] | undefined;
    const take = (): readonly Waiting<Row, Done>[] => {
      if (set === undefined) {
        set = cut();
        isBeginning = false;
        void begin();
      }
      return set;
    };
    await inHalves(db, take, {
      act: async (tx, part) => {
        const rows = part.map(({ row }) => row);
        const done = await writer.write(tx, rows);
        invariant(done.length === rows.length, `${rows.length} rows got ${done.length} outcomes`);
        return part.map(
          ({ resolve }, place) =>
            () =>
              resolve(done[place] as Done),
        );
      },
      after: async (told) => {
        for (const tell of told) tell();
      },
      failed: (part, error) => {
        for (const { reject } of part) reject(error);
      },
    });
    for (const { row } of set ?? []) keysUnderWay.delete(writer.keyOf(row));
    underWay -= 1;
    void begin();
  }

  /** The first of those that wait; a second row with the same key goes with a later set. */
  function cut(): Waiting<Row, Done>[] {
    const set: Waiting<Row, Done>[] = [];
    const left: Waiting<Row, Done>[] = [];
    for (const waiting of line) {
      if (set.length >= limits.most || !isFree(waiting)) {
        left.push(waiting);
        continue;
      }
      keysUnderWay.add(writer.keyOf(waiting.row));
      set.push(waiting);
    }
    line = left;
    return set;
  }
}
