/**
 * Ends a proposed by-law that was refused or that nobody answered, so that another one may be proposed.
 *
 * It refuses nothing.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { markRulesWithdrawn } from './group-rules.rows.ts';

export async function withdrawRules(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<void> {
  const version = Number(request.facts.version);
  await markRulesWithdrawn(tx, { groupId: request.groupId, version }, ground.clock.now());
}
