/**
 * Asks to share the common fund out at the end of a cycle.
 *
 * It is everybody's money, so several must agree. What each would receive stands on the page before anybody answers.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `approval-nobody`, and what the plan refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { planShareOut } from './plan-share-out.ts';

export async function proposeShareOut(
  tx: Tx,
  ground: Ground,
  asked: Entering,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'propose-share-out');
  if (!actor.ok) return actor;
  const plan = await planShareOut(tx, asked.groupId);
  if (!plan.ok) return plan;
  return await askApproval(tx, ground, {
    groupId: asked.groupId,
    rules: actor.value.rules,
    kind: 'share-out',
    subjectId: plan.value.cycle.id,
    requestedBy: actor.value.membership.id,
    facts: { amount: String(plan.value.total) },
  });
}
