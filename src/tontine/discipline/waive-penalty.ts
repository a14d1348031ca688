/**
 * Forgives what is missing of a fine, when enough people agreed.
 *
 * Refuses: `penalty-settled` when it was paid meanwhile.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellMembers } from '../members/tell-members.ts';
import { findFineDue, markDueForgiven } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { PENALTY_SETTLED } from './propose-waiver.ts';

export async function waivePenalty(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const due = await findFineDue(tx, request.subjectId);
  if (due === undefined || missingOf(due) === 0n) return refused(PENALTY_SETTLED);
  await markDueForgiven(tx, due.id, missingOf(due), ground.clock.now());
  const { groupId, subjectId } = request;
  const facts = { amount: String(missingOf(due)), for: due.membershipId };
  const reason = request.reason ?? undefined;
  const actorId = request.requestedBy ?? undefined;
  await writeJournal(tx, ground, { groupId, act: 'penalty.waived', actorId, subjectId, reason, facts });
  await tellMembers(tx, ground, {
    groupId,
    to: [due.membershipId],
    kind: 'penalty.waived',
    subjectId,
    facts,
  });
  await recordEvent(tx, ground, { name: 'penalty.waived', subjectId, facts });
  return accepted([]);
}
