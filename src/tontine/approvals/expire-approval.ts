/**
 * Ends one request that nobody decided in time, and takes back what was waiting for it.
 *
 * The caller holds the group. It refuses nothing.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { withdrawRules } from '../groups/withdraw-rules.ts';
import { writeJournal } from '../groups/write-journal.ts';
import type { ApprovalRequest } from './approval.ts';
import { markRequestDecided } from './approval-request.rows.ts';

export async function expireApproval(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<void> {
  await markRequestDecided(tx, request.id, 'expired', ground.clock.now());
  if (request.kind === 'rules') await withdrawRules(tx, ground, request);
  await writeJournal(tx, ground, {
    groupId: request.groupId,
    act: 'approval.expired',
    subjectId: request.id,
    facts: { kind: request.kind, about: request.subjectId },
  });
}
