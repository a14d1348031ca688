/**
 * Moves rows of many groups on (rounds to open, lateness to fine), several in one transaction and with one call of the
 * ledger.
 *
 * On the evening on which every group of a country begins its round, a commit and a turn at the ledger for each would be
 * most of the work. The groups are locked in the order of their ids, so that two processes wait for each other and never
 * deadlock. A row that cannot be moved on falls alone: its set is halved until it stands by itself.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inHalves } from '../../ground/postgres/in-halves.ts';
import { invariant } from '../../ground/refusal.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { postMoves } from './post-moves.ts';

interface OfGroup {
  readonly groupId: string;
}

export interface MovingOn<Row> {
  readonly atOnce: number;
  /** True when what follows for one row depends on what the ledger holds after the row of the same group before it. */
  readonly oneOfAGroup: boolean;
  /** Under the lock of the row's group: writes all but the transfers; nothing when somebody else has done it. */
  readonly act: (tx: Tx, row: Row) => Promise<readonly Transfer[] | undefined>;
}

/** How many were moved on. Failures are told when all the others are done. */
export async function inSets<Row extends OfGroup>(
  db: Db,
  ground: Ground,
  rows: readonly Row[],
  moving: MovingOn<Row>,
): Promise<number> {
  let moved = 0;
  const failures: unknown[] = [];
  for (const set of setsOf(rows, moving)) {
    try {
      await inHalves(db, () => set, {
        act: async (tx, some) => {
          let count = 0;
          const transfers: Transfer[] = [];
          for (const groupId of new Set(some.map((row) => row.groupId))) await lockGroup(tx, groupId);
          for (const row of some) {
            const own = await moving.act(tx, row);
            if (own === undefined) continue;
            count += 1;
            transfers.push(...own);
          }
          const posted = await postMoves(tx, ground, transfers);
          invariant(posted.ok, `the ledger refused what ${count} rows had checked`);
          return count;
        },
        after: async (count) => {
          moved += count;
        },
      });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some rows failed, the others are done');
  return moved;
}

/** In the order given; within a set by group, and within a group in the order given. */
function setsOf<Row extends OfGroup>(
  rows: readonly Row[],
  { atOnce, oneOfAGroup }: Pick<MovingOn<Row>, 'atOnce' | 'oneOfAGroup'>,
): Row[][] {
  const sets: Row[][] = [];
  let set: Row[] = [];
  for (const row of rows) {
    const isTaken = oneOfAGroup && set.some((other) => other.groupId === row.groupId);
    if (set.length === atOnce || isTaken) set = [];
    if (set.length === 0) sets.push(set);
    set.push(row);
  }
  return sets.map((one) =>
    one.toSorted((left, right) => (left.groupId < right.groupId ? -1 : left.groupId > right.groupId ? 1 : 0)),
  );
}
