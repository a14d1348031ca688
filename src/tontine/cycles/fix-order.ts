/**
 * Writes down the order of a cycle that is being prepared: every share once, in the order in which it will be served.
 *
 * Only where the by-law says that the order is fixed: for a draw, an auction or a vote it comes from elsewhere.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-forming`,
 * `order-not-fixed`, `order-incomplete`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findCycle } from './cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_FORMING } from './cycle.ts';
import { listShares } from './share.rows.ts';
import { deleteTurns, insertTurns } from './turn.rows.ts';

export interface FixOrder extends Entering {
  readonly cycleId: string;
  /** Every share of the cycle, first served first. */
  readonly shareIds: readonly string[];
}

export async function fixOrder(tx: Tx, ground: Ground, asked: FixOrder): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'plan-cycle');
  if (!actor.ok) return actor;
  const { groupId, cycleId, shareIds } = asked;
  const cycle = await findCycle(tx, cycleId);
  if (cycle?.groupId !== groupId) return refused(CYCLE_ABSENT);
  if (cycle.state !== 'forming') return refused(CYCLE_NOT_FORMING);
  if (cycle.orderKind !== 'fixed') return refused(ORDER_NOT_FIXED);
  const shares = (await listShares(tx, cycleId)).map((share) => share.id);
  if (shareIds.toSorted().join() !== shares.toSorted().join()) return refused(ORDER_INCOMPLETE);
  await deleteTurns(tx, cycleId);
  const at = ground.clock.now();
  await insertTurns(
    tx,
    shareIds.map((shareId, place) => ({ cycleId, shareId, place: place + 1, decidedBy: 'fixed', at })),
  );
  await writeJournal(tx, ground, {
    groupId,
    act: 'order.fixed',
    actorId: actor.value.membership.id,
    subjectId: cycleId,
  });
  return accepted(undefined);
}

const ORDER_NOT_FIXED = refusal(
  'order-not-fixed',
  'conflict',
  'Le règlement dit que l’ordre n’est pas écrit à la main.',
  'The by-law says that the order is not written by hand.',
);
export const ORDER_INCOMPLETE = refusal(
  'order-incomplete',
  'conflict',
  'L’ordre doit nommer chaque part une fois.',
  'The order must name every share once.',
);
