/**
 * Puts a member out, when enough officers agreed.
 *
 * Refuses: `member-absent`, `member-has-changed`, and the refusals of `leave.ts`: something may have changed meanwhile.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { whyNotLeave } from './leave.ts';
import { findMembership, markMembership } from './membership.rows.ts';
import { MEMBER_ABSENT, MEMBER_HAS_CHANGED, MEMBER_STATES } from './membership.ts';
import { markRolesEnded } from './membership-role.rows.ts';

export async function expelMember(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const membership = await findMembership(tx, request.subjectId);
  if (membership === undefined) return refused(MEMBER_ABSENT);
  if (!MEMBER_STATES.includes(membership.state)) return refused(MEMBER_HAS_CHANGED);
  const no = await whyNotLeave(tx, membership);
  if (no !== undefined) return refused(no);
  const at = ground.clock.now();
  const by = request.requestedBy ?? undefined;
  const reason = request.reason ?? undefined;
  await markRolesEnded(tx, { membershipId: membership.id, by, at });
  await markMembership(tx, { id: membership.id, state: 'expelled', reason, at });
  const { groupId } = request;
  await writeJournal(tx, ground, {
    groupId,
    act: 'member.expelled',
    actorId: by,
    subjectId: membership.id,
    reason,
  });
  await recordEvent(tx, ground, {
    name: 'member.left',
    subjectId: membership.id,
    facts: { how: 'expelled' },
  });
  return accepted([]);
}
