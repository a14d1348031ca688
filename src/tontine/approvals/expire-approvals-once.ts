/**
 * Ends requests that nobody decided in time, so that they can be asked anew.
 *
 * A late voice is refused by the clock whether or not this has run.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { withdrawRules } from '../groups/withdraw-rules.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findApprovalRequest, listOverdueRequests, markRequestDecided } from './approval-request.rows.ts';

/** Ends at most `limit` requests; returns how many. */
export async function expireApprovalsOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  const overdue = await listOverdueRequests(db, now, limit);
  for (const found of overdue) {
    await inTransaction(db, async (tx) => {
      await lockGroup(tx, found.groupId);
      const request = await findApprovalRequest(tx, found.id);
      if (request?.state !== 'open') return;
      await markRequestDecided(tx, request.id, 'expired', now);
      if (request.kind === 'rules') await withdrawRules(tx, ground, request);
      await writeJournal(tx, ground, {
        groupId: request.groupId,
        act: 'approval.expired',
        subjectId: request.id,
        facts: { kind: request.kind, about: request.subjectId },
      });
    });
  }
  return overdue.length;
}
