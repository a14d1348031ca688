/**
 * Ends an invitation before its time: its link and code open nothing any more.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `invitation-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findInvitation, markInvitationRevoked } from './invitation.rows.ts';
import { INVITATION_ABSENT } from './invitation.ts';

export async function revokeInvitation(
  tx: Tx,
  ground: Ground,
  asked: Entering & { readonly code: string },
): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'invite-member');
  if (!actor.ok) return actor;
  const invitation = await findInvitation(tx, asked.code);
  if (invitation?.groupId !== asked.groupId) return refused(INVITATION_ABSENT);
  if (invitation.revokedAt !== null) return accepted(undefined);
  await markInvitationRevoked(tx, invitation.id, ground.clock.now());
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'invitation.revoked',
    actorId: actor.value.membership.id,
    subjectId: invitation.id,
  });
  return accepted(undefined);
}
