/**
 * Asks for a contribution to be undone, with a reason that everybody will read. Whoever asks does not decide.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `contribution-absent`, `contribution-over`,
 * `reason-missing`, `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { findContribution } from './contribution.rows.ts';
import { CONTRIBUTION_ABSENT, CONTRIBUTION_OVER } from './contribution.ts';
import { insertCorrection } from './correction.rows.ts';

export interface ProposeCorrection extends Entering {
  readonly contributionId: string;
  readonly reason: string;
}

export async function proposeCorrection(
  tx: Tx,
  ground: Ground,
  asked: ProposeCorrection,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'correct-contribution');
  if (!actor.ok) return actor;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const { groupId, contributionId } = asked;
  const contribution = await findContribution(tx, contributionId);
  if (contribution?.groupId !== groupId) return refused(CONTRIBUTION_ABSENT);
  if (contribution.state !== 'confirmed') return refused(CONTRIBUTION_OVER);
  const requestedBy = actor.value.membership.id;
  const reason = asked.reason.trim();
  const id = ground.ids.next('cor');
  const requestedAt = ground.clock.now();
  await insertCorrection(tx, { id, groupId, contributionId, requestedBy, reason, requestedAt });
  return await askApproval(tx, ground, {
    groupId,
    rules: actor.value.rules,
    kind: 'correction',
    subjectId: contributionId,
    requestedBy,
    // The money goes back to whoever paid: their voice does not count.
    beneficiaryId: contribution.payerId,
    reason,
    facts: { amount: String(contribution.amount), for: contribution.membershipId },
  });
}
