/**
 * Gives a member so many shares of a cycle that is being prepared. The order is fixed anew after that.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-forming`,
 * `shares-sealed`, `member-absent`, `share-count`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { findOrderDraw } from '../turns/draw.rows.ts';
import { SHARES_SEALED } from '../turns/open-place.ts';
import { findCycle } from './cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_FORMING } from './cycle.ts';
import { deleteShare, insertShares, listShares } from './share.rows.ts';
import { deleteTurns } from './turn.rows.ts';

export interface ChangeShares extends Entering {
  readonly cycleId: string;
  readonly membershipId: string;
  readonly count: number;
}

/** More hands than this in one person's name is no group any more. */
const MOST_SHARES = 12;

export async function changeShares(tx: Tx, ground: Ground, asked: ChangeShares): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'plan-cycle');
  if (!actor.ok) return actor;
  const { groupId, cycleId, membershipId, count } = asked;
  if (!Number.isInteger(count) || count < 0 || count > MOST_SHARES) return refused(SHARE_COUNT);
  const cycle = await findCycle(tx, cycleId);
  if (cycle?.groupId !== groupId) return refused(CYCLE_ABSENT);
  if (cycle.state !== 'forming') return refused(CYCLE_NOT_FORMING);
  if ((await findOrderDraw(tx, cycleId)) !== undefined) return refused(SHARES_SEALED);
  const member = await findMembership(tx, membershipId);
  if (member?.groupId !== groupId || member.state !== 'active') return refused(MEMBER_ABSENT);
  const shares = await listShares(tx, cycleId);
  const own = shares.filter((share) => share.membershipId === membershipId);
  if (own.length === count) return accepted(undefined);
  await deleteTurns(tx, cycleId);
  for (const share of own.slice(count)) await deleteShare(tx, share.id);
  const next = Math.max(0, ...shares.map((share) => share.number)) + 1;
  const at = ground.clock.now();
  const added = Array.from({ length: Math.max(0, count - own.length) }, (_, place) => ({
    id: ground.ids.next('shr'),
    groupId,
    cycleId,
    membershipId,
    number: next + place,
    at,
  }));
  await insertShares(tx, added);
  await writeJournal(tx, ground, {
    groupId,
    act: count > own.length ? 'share.added' : 'share.removed',
    actorId: actor.value.membership.id,
    subjectId: membershipId,
    facts: { shares: String(count) },
  });
  return accepted(undefined);
}

const SHARE_COUNT = refusal(
  'share-count',
  'invalid',
  `Un membre tient au plus ${MOST_SHARES} parts.`,
  `A member holds at most ${MOST_SHARES} shares.`,
);
