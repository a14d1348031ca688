/**
 * Asks the officers to let a member leave before their pot, with the figures that everybody will read.
 *
 * A member asks for themself; the heads of the group ask for whoever has no phone, and for the dead. Whoever has had a
 * pot is refused until everything is paid.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-presides`,
 * `reason-missing`, `approval-nobody`, `request-changed`, and the refusals of `read-exit-plan.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { type Exit, findExit, findOpenExit, insertExit } from './exit.rows.ts';
import type { ExitPlan } from './exit.ts';
import { MEMBER_PRESIDES } from './leave.ts';
import { findMembership } from './membership.rows.ts';
import { hasReason, MEMBER_ABSENT, type Membership, REASON_MISSING } from './membership.ts';
import { findRolesOf } from './membership-role.rows.ts';
import { mayDo, roleMissing } from './permission.ts';
import { readExitPlan } from './read-exit-plan.ts';

export interface RequestExit extends Entering {
  /** Made when the form was drawn. */
  readonly exitId: string;
  /** Oneself when absent. */
  readonly membershipId?: string | undefined;
  readonly reason: string;
}

export async function requestExit(tx: Tx, ground: Ground, asked: RequestExit): Promise<Answer<Exit>> {
  const actor = await enterGroup(tx, ground, asked, 'request-exit');
  if (!actor.ok) return actor;
  const earlier = await findExit(tx, asked.exitId);
  if (earlier !== undefined)
    return earlier.groupId === asked.groupId ? accepted(earlier) : refused(REQUEST_CHANGED);
  const leaver = await whoLeaves(tx, actor.value, asked.membershipId);
  if (!leaver.ok) return leaver;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const now = ground.clock.now();
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const cycleId = running.value.cycle.id;
  const open = await findOpenExit(tx, { cycleId, membershipId: leaver.value.id });
  const reading = await readExitPlan(tx, running.value, leaver.value.id, now);
  if (!reading.ok) return reading;
  const { plan, afterRound } = reading.value;
  const exit: Exit = open ?? {
    id: asked.exitId,
    groupId: asked.groupId,
    cycleId,
    membershipId: leaver.value.id,
    afterRound,
    refund: plan.refund,
    refundedWallet: 0n,
    refundedCash: 0n,
    plan: planText(plan),
    reason: asked.reason.trim(),
    state: 'asked',
    askedAt: now,
    approvedAt: null,
    endedAt: null,
  };
  if (open === undefined) await insertExit(tx, exit);
  const requestedBy = actor.value.membership.id;
  const request = await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: running.value.rules,
    kind: 'exit',
    subjectId: exit.id,
    requestedBy,
    beneficiaryId: leaver.value.id,
    reason: asked.reason,
    facts: { refund: String(plan.refund), member: leaver.value.id },
  });
  if (!request.ok) return request;
  if (open === undefined) await journal(tx, ground, exit, requestedBy);
  return accepted(exit);
}

/** Oneself; somebody without a phone or somebody who died, for the heads. */
async function whoLeaves(
  tx: Tx,
  actor: Actor,
  membershipId: string | undefined,
): Promise<Answer<Membership>> {
  const { membership, roles, group } = actor;
  const leaver = membershipId === undefined ? membership : await findMembership(tx, membershipId);
  if (leaver === undefined || leaver.groupId !== group.id) return refused(MEMBER_ABSENT);
  if (leaver.id !== membership.id) {
    if (!mayDo(roles, 'expel-member')) return refused(roleMissing('expel-member'));
    if (leaver.personId !== null && leaver.state !== 'deceased') return refused(MEMBER_ABSENT);
  }
  return (await findRolesOf(tx, leaver.id)).includes('president')
    ? refused(MEMBER_PRESIDES)
    : accepted(leaver);
}

/** The figures as text, for the row and for the pages. */
export function planText(plan: ExitPlan): Record<string, string> {
  return {
    paid: String(plan.paid),
    refund: String(plan.refund),
    fromPot: String(plan.fromPot),
    laterPayout: String(plan.laterPayout),
    droppedRounds: String(plan.droppedRounds),
    owed: plan.owed.map(({ shareId, amount }) => `${shareId} ${amount}`).join(', '),
  };
}

async function journal(tx: Tx, ground: Ground, exit: Exit, actorId: string): Promise<void> {
  await writeJournal(tx, ground, {
    groupId: exit.groupId,
    act: 'exit.asked',
    actorId,
    subjectId: exit.id,
    reason: exit.reason,
    facts: { member: exit.membershipId, refund: String(exit.refund) },
  });
}
