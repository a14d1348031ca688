/**
 * Makes a code, and so a link, by which people can ask to join.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`.
 */
import { after } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { type Invitation, insertInvitation } from './invitation.rows.ts';
import { drawInvitationCode, INVITATION_LIFE_MS, INVITATION_USES } from './invitation.ts';

export async function makeInvitation(tx: Tx, ground: Ground, asked: Entering): Promise<Answer<Invitation>> {
  const actor = await enterGroup(tx, ground, asked, 'invite-member');
  if (!actor.ok) return actor;
  const now = ground.clock.now();
  const invitation: Invitation = {
    id: ground.ids.next('inv'),
    groupId: asked.groupId,
    code: drawInvitationCode(ground.chance),
    createdBy: actor.value.membership.id,
    createdAt: now,
    expiresAt: after(now, INVITATION_LIFE_MS),
    revokedAt: null,
    uses: 0,
    mostUses: INVITATION_USES,
  };
  await insertInvitation(tx, invitation);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'invitation.made',
    actorId: actor.value.membership.id,
    subjectId: invitation.id,
  });
  return accepted(invitation);
}
