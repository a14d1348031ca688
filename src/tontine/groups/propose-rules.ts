/**
 * Proposes a new version of the by-law: it is adopted when the officers agree, and holds once all members were told.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `rules-invalid`, `reason-missing`,
 * `rules-pending` (another version is being decided), `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { type Entering, enterGroup } from './enter-group.ts';
import { insertRules, listRules } from './group-rules.rows.ts';
import { parseRules } from './rules.ts';
import { writeJournal } from './write-journal.ts';

export interface ProposeRules extends Entering {
  readonly rules: unknown;
  readonly reason: string;
}

export async function proposeRules(
  tx: Tx,
  ground: Ground,
  asked: ProposeRules,
): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'change-rules');
  if (!actor.ok) return actor;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const rules = parseRules(asked.rules);
  if (!rules.ok) return rules;
  const { groupId, reason } = asked;
  const [newest] = await listRules(tx, groupId);
  if (newest?.adoptedAt === null && newest.withdrawnAt === null) return refused(RULES_PENDING);
  const version = (newest?.version ?? 0) + 1;
  const proposedBy = actor.value.membership.id;
  const at = ground.clock.now();
  await insertRules(tx, { groupId, version, rules: rules.value, reason, proposedBy, at, isAdopted: false });
  const subjectId = rulesSubject({ groupId, version });
  await writeJournal(tx, ground, { groupId, act: 'rules.proposed', actorId: proposedBy, subjectId, reason });
  return await askApproval(tx, ground, {
    groupId,
    rules: actor.value.rules,
    kind: 'rules',
    subjectId,
    requestedBy: proposedBy,
    reason,
    facts: { version: String(version) },
  });
}

/** How requests and journals name a version. */
export function rulesSubject(version: { readonly groupId: string; readonly version: number }): string {
  return `${version.groupId}:${version.version}`;
}

const RULES_PENDING = refusal(
  'rules-pending',
  'conflict',
  'Une autre version du règlement attend encore une décision.',
  'Another version of the by-law still waits for a decision.',
);
