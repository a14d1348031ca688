/**
 * Writes down that an officer received notes for a member. Nothing moves before somebody else says so too.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, `member-absent`,
 * `contribution-amount`, `contribution-nothing-due`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { tellMembers } from '../members/tell-members.ts';
import { insertBox } from './cash-box.rows.ts';
import { findContribution, insertContribution } from './contribution.rows.ts';
import type { Contribution } from './contribution.ts';
import { whyNotReceive } from './pay-contribution.ts';

export interface DeclareCash extends Entering {
  /** Made when the form was drawn. */
  readonly contributionId: string;
  /** For whom. */
  readonly membershipId: string;
  /** Who brought the notes; the member themself when absent. */
  readonly payerId?: string;
  readonly amount: bigint;
}

export async function declareCash(tx: Tx, ground: Ground, asked: DeclareCash): Promise<Answer<Contribution>> {
  const actor = await enterGroup(tx, ground, asked, 'declare-cash');
  if (!actor.ok) return actor;
  const keeper = actor.value.membership;
  const { membershipId, payerId = membershipId, amount, groupId } = asked;
  const earlier = await findContribution(tx, asked.contributionId);
  if (earlier !== undefined) {
    const same =
      earlier.declaredBy === keeper.id && earlier.membershipId === membershipId && earlier.amount === amount;
    return same ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  const now = ground.clock.now();
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const no = await whyNotReceive(tx, running.value, await findMembership(tx, membershipId), amount);
  if (no !== undefined) return refused(no);
  if ((await findMembership(tx, payerId))?.groupId !== groupId) return refused(MEMBER_ABSENT);
  const { cycle } = running.value;
  const contribution: Contribution = {
    id: asked.contributionId,
    groupId,
    cycleId: cycle.id,
    membershipId,
    payerId,
    method: 'cash',
    keeperId: keeper.id,
    currency: cycle.currency,
    amount,
    allocated: 0n,
    returned: 0n,
    state: 'declared',
    declaredBy: keeper.id,
    declaredAt: now,
    confirmedBy: null,
    confirmedAt: null,
    refusedReason: null,
  };
  await insertBox(tx, groupId, keeper.id, now);
  await insertContribution(tx, contribution);
  const facts = { amount: String(amount), for: membershipId, by: payerId };
  const subjectId = contribution.id;
  await writeJournal(tx, ground, { groupId, act: 'cash.declared', actorId: keeper.id, subjectId, facts });
  const to = [membershipId, payerId].filter((id) => id !== keeper.id);
  await tellMembers(tx, ground, { groupId, to, kind: 'cash.to-confirm', subjectId, facts });
  return accepted(contribution);
}
