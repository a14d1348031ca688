/**
 * Asks for a fine to be forgiven, with a reason that everybody will read; two people decide, not whoever asks and not
 * whoever was fined.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `penalty-absent`, `penalty-settled`,
 * `reason-missing`, `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { findFineDue } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { findPenalty } from './penalty.rows.ts';

export interface ProposeWaiver extends Entering {
  readonly penaltyId: string;
  readonly reason: string;
}

export async function proposeWaiver(
  tx: Tx,
  ground: Ground,
  asked: ProposeWaiver,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'waive-fine');
  if (!actor.ok) return actor;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const penalty = await findPenalty(tx, asked.penaltyId);
  if (penalty?.groupId !== asked.groupId) return refused(PENALTY_ABSENT);
  const due = await findFineDue(tx, penalty.id);
  if (due === undefined || missingOf(due) === 0n) return refused(PENALTY_SETTLED);
  return await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: actor.value.rules,
    kind: 'waiver',
    subjectId: penalty.id,
    requestedBy: actor.value.membership.id,
    beneficiaryId: penalty.membershipId,
    reason: asked.reason,
    facts: { amount: String(missingOf(due)), for: penalty.membershipId },
  });
}

export const PENALTY_ABSENT = refusal(
  'penalty-absent',
  'absent',
  'Cette amende est introuvable.',
  'This fine cannot be found.',
);
export const PENALTY_SETTLED = refusal(
  'penalty-settled',
  'conflict',
  'Cette amende est déjà payée ou remise.',
  'This fine is already paid or forgiven.',
);
