/**
 * Asks the officers to put a member out.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-has-changed`,
 * `member-oneself`, `reason-missing`, `approval-nobody`, and the refusals of `leave.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { whyNotLeave } from './leave.ts';
import { findMembership } from './membership.rows.ts';
import { hasReason, MEMBER_ABSENT, MEMBER_HAS_CHANGED, MEMBER_STATES, REASON_MISSING } from './membership.ts';
import { MEMBER_ONESELF } from './suspend-member.ts';

export interface ProposeExpulsion extends Entering {
  readonly membershipId: string;
  readonly reason: string;
}

export async function proposeExpulsion(
  tx: Tx,
  ground: Ground,
  asked: ProposeExpulsion,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'expel-member');
  if (!actor.ok) return actor;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const membership = await findMembership(tx, asked.membershipId);
  if (membership?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  if (membership.id === actor.value.membership.id) return refused(MEMBER_ONESELF);
  if (!MEMBER_STATES.includes(membership.state)) return refused(MEMBER_HAS_CHANGED);
  const no = await whyNotLeave(tx, membership);
  if (no !== undefined) return refused(no);
  return await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: actor.value.rules,
    kind: 'expulsion',
    subjectId: membership.id,
    requestedBy: actor.value.membership.id,
    // Not theirs to decide, though they gain nothing.
    beneficiaryId: membership.id,
    reason: asked.reason,
  });
}
