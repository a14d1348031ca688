/**
 * Lets a member leave by their own will, once nothing of theirs is in a running cycle.
 *
 * Refuses: `group-absent`, `member-suspended`, `member-keeps-notes`, and the refusals of `leave.ts`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { keepsNotes } from '../rounds/box.ts';
import { MEMBER_KEEPS_NOTES, whyNotLeave } from './leave.ts';
import { markMembership } from './membership.rows.ts';
import { markRolesEnded } from './membership-role.rows.ts';

export async function resign(
  tx: Tx,
  ground: Ground,
  asked: Entering & { readonly reason?: string },
): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'see-group');
  if (!actor.ok) return actor;
  const { membership, group } = actor.value;
  const no = await whyNotLeave(tx, membership);
  if (no !== undefined) return refused(no);
  if (await keepsNotes(tx, membership, group.currency)) return refused(MEMBER_KEEPS_NOTES);
  const at = ground.clock.now();
  await markRolesEnded(tx, { membershipId: membership.id, by: membership.id, at });
  await markMembership(tx, { id: membership.id, state: 'resigned', reason: asked.reason, at });
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'member.resigned',
    actorId: membership.id,
    subjectId: membership.id,
    reason: asked.reason,
  });
  await recordEvent(tx, ground, {
    name: 'member.left',
    subjectId: membership.id,
    facts: { how: 'resigned' },
  });
  return accepted(undefined);
}
