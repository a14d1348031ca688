/**
 * Gives the last pot of a cycle to the last share that had none: there is nothing left to sell or to vote on.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { listShares } from '../cycles/share.rows.ts';
import { insertTurns, listTurns } from '../cycles/turn.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import type { OpenPlace } from './open-place.ts';

/** The share that has the pot now; nothing when more than one still waits for theirs. */
export async function giveLastTurn(
  tx: Tx,
  ground: Ground,
  open: OpenPlace,
  actorId: string,
): Promise<string | undefined> {
  const { cycle, places, round } = open;
  const given = new Set((await listTurns(tx, cycle.id)).map((turn) => turn.shareId));
  const waiting = (await listShares(tx, cycle.id)).filter(
    (share) => share.state === 'active' && share.servedAt === null && !given.has(share.id),
  );
  const [last, ...others] = waiting;
  if (last === undefined || others.length > 0) return undefined;
  const at = ground.clock.now();
  await insertTurns(tx, [{ cycleId: cycle.id, shareId: last.id, place: places[0], decidedBy: 'lot', at }]);
  await writeJournal(tx, ground, {
    groupId: cycle.groupId,
    act: 'order.fixed',
    actorId,
    subjectId: round.id,
    facts: { share: last.id, place: String(places[0]), how: 'last' },
  });
  return last.id;
}
