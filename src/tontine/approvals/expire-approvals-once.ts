/**
 * Ends requests that nobody decided in time, so that they can be asked anew; for a pot this asks again by itself.
 *
 * A late voice is refused by the clock whether or not this has run. A member whose turn it is must not have to remind
 * the officers, so their pot is asked for until somebody answers.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { currentRules } from '../groups/group-rules.rows.ts';
import type { ApprovalRequest } from './approval.ts';
import { findApprovalRequest, listOverdueRequests } from './approval-request.rows.ts';
import { askApproval } from './ask-approval.ts';
import { expireApproval } from './expire-approval.ts';

/** Ends at most `limit` requests; returns how many. */
export async function expireApprovalsOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  const overdue = await listOverdueRequests(db, now, limit);
  for (const found of overdue) {
    await inTransaction(db, async (tx) => {
      await lockGroup(tx, found.groupId);
      const request = await findApprovalRequest(tx, found.id);
      if (request?.state !== 'open') return;
      await expireApproval(tx, ground, request);
      if (request.kind === 'payout') await askAgain(tx, ground, request);
    });
  }
  return overdue.length;
}

async function askAgain(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<void> {
  const { groupId, kind, subjectId, facts } = request;
  const { rules } = await currentRules(tx, groupId, ground.clock.now());
  // What it refuses (nobody is there to answer) stays as it is: an officer may ask later.
  await askApproval(tx, ground, {
    groupId,
    rules,
    kind,
    subjectId,
    facts,
    requestedBy: request.requestedBy ?? undefined,
    beneficiaryId: request.beneficiaryId ?? undefined,
  });
}
