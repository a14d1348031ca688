/**
 * Lets an officer fine a member for something else than lateness, with a reason.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, `member-absent`,
 * `contribution-amount`, `reason-missing`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { findMembership } from '../members/membership.rows.ts';
import { hasReason, MEMBER_ABSENT, MEMBER_STATES, REASON_MISSING } from '../members/membership.ts';
import { AMOUNT_NOT_POSITIVE } from '../rounds/contribution.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { levyFine } from './levy-fine.ts';
import { findPenaltyOfForm } from './penalty.rows.ts';

export interface FineMember extends Entering {
  readonly membershipId: string;
  /** Made when the form was drawn: one form is one fine. */
  readonly formId: string;
  /** Missed meetings cost what the by-law says; give its amount here. */
  readonly kind: 'absence' | 'other';
  readonly amount: bigint;
  readonly reason: string;
}

export async function fineMember(tx: Tx, ground: Ground, asked: FineMember): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'levy-absence-fine');
  if (!actor.ok) return actor;
  const earlier = await findPenaltyOfForm(tx, asked.formId);
  if (earlier !== undefined) {
    const { membershipId, kind, amount } = earlier;
    const same = membershipId === asked.membershipId && kind === asked.kind && amount === asked.amount;
    return same ? accepted(undefined) : refused(REQUEST_CHANGED);
  }
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  if (asked.amount <= 0n) return refused(AMOUNT_NOT_POSITIVE);
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const member = await findMembership(tx, asked.membershipId);
  if (member?.groupId !== asked.groupId || !MEMBER_STATES.includes(member.state))
    return refused(MEMBER_ABSENT);
  const transfers = await levyFine(tx, ground, running.value, {
    kind: asked.kind,
    subjectId: asked.formId,
    membershipId: member.id,
    step: 1,
    afterPot: false,
    amount: asked.amount,
    reason: asked.reason,
    leviedBy: actor.value.membership.id,
  });
  const posted = await postMoves(tx, ground, transfers ?? []);
  return posted.ok ? accepted(undefined) : posted;
}
