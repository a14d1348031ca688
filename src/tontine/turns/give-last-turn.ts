/**
 * Gives the last pot of a cycle to the last share that had none: there is nothing left to sell or to vote on.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { listShares } from '../cycles/share.rows.ts';
import { insertTurns, listTurns } from '../cycles/turn.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import type { OpenPlace } from './open-place.ts';

/** The share that has its pot by this very form: it was sent before, and has the same answer. */
export async function findLastTurn(
  reader: Reader,
  cycleId: string,
  formId: string,
): Promise<string | undefined> {
  const turns = await listTurns(reader, cycleId);
  return turns.find((turn) => turn.decidedBy === 'lot' && turn.decisionId === formId)?.shareId;
}

/** The share that has the pot now; nothing when more than one still waits for theirs. */
export async function giveLastTurn(
  tx: Tx,
  ground: Ground,
  open: OpenPlace,
  { by, formId }: { readonly by: string; readonly formId: string },
): Promise<string | undefined> {
  const { cycle, places, round } = open;
  const given = new Set((await listTurns(tx, cycle.id)).map((turn) => turn.shareId));
  const waiting = (await listShares(tx, cycle.id)).filter(
    (share) => share.state === 'active' && share.servedAt === null && !given.has(share.id),
  );
  const [last, ...others] = waiting;
  if (last === undefined || others.length > 0) return undefined;
  const at = ground.clock.now();
  const own = { cycleId: cycle.id, shareId: last.id, place: places[0] };
  await insertTurns(tx, [{ ...own, decidedBy: 'lot', decisionId: formId, at }]);
  await writeJournal(tx, ground, {
    groupId: cycle.groupId,
    act: 'order.fixed',
    actorId: by,
    subjectId: round.id,
    facts: { share: last.id, place: String(places[0]), how: 'last' },
  });
  return last.id;
}
