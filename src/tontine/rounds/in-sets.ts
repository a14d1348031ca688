/**
 * Moves rounds of many groups on, several in one transaction and with one call of the ledger.
 *
 * On the evening on which every group of a country begins its round, a commit and a turn at the ledger for each would be
 * most of the work. The groups are locked in the order of their ids, so that two processes wait for each other and never
 * deadlock. A round that cannot be moved falls alone: its set is halved until it stands by itself.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inHalves } from '../../ground/postgres/in-halves.ts';
import { invariant } from '../../ground/refusal.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { postMoves } from './post-moves.ts';
import type { Round } from './round.ts';

export interface MovingOn {
  readonly atOnce: number;
  /** Under the lock of the round's group: writes all but the transfers; nothing when somebody else has done it. */
  readonly act: (tx: Tx, round: Round) => Promise<readonly Transfer[] | undefined>;
}

/** How many were moved on. Failures are told when all the others are done. */
export async function inSets(
  db: Db,
  ground: Ground,
  rounds: readonly Round[],
  { atOnce, act }: MovingOn,
): Promise<number> {
  let moved = 0;
  const failures: unknown[] = [];
  for (const set of setsOf(rounds, atOnce)) {
    try {
      await inHalves(db, () => set, {
        act: async (tx, some) => {
          let count = 0;
          const transfers: Transfer[] = [];
          for (const groupId of new Set(some.map((round) => round.groupId))) await lockGroup(tx, groupId);
          for (const round of some) {
            const own = await act(tx, round);
            if (own === undefined) continue;
            count += 1;
            transfers.push(...own);
          }
          const posted = await postMoves(tx, ground, transfers);
          invariant(posted.ok, `the ledger refused what ${count} rounds had checked`);
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
  if (failures.length > 0) throw new AggregateError(failures, 'some rounds failed, the others are done');
  return moved;
}

/** One round of a group in a set: the next one of the same group must find in the ledger what the first moved. */
function setsOf(rounds: readonly Round[], atOnce: number): Round[][] {
  const sets: Round[][] = [];
  let set: Round[] = [];
  for (const round of rounds) {
    if (set.length === atOnce || set.some((other) => other.groupId === round.groupId)) set = [];
    if (set.length === 0) sets.push(set);
    set.push(round);
  }
  return sets.map((one) => one.toSorted((left, right) => (left.groupId < right.groupId ? -1 : 1)));
}
