/**
 * Gives a person the role to which their number was invited, once, in the name of whoever invited them.
 *
 * The person's sessions end, as with every change of roles: the next login is one of staff, and asks for the second
 * factor. An admin who is none any more cannot let anybody in with an old invitation.
 *
 * Refuses: invitation-absent (unknown, used, too old, or another number's), role-denied, role-held.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { grantRole } from './grant-role.ts';
import { hashInvitation } from './invite-operator.ts';
import { lockInvitation, markInvitationsEnded, type OperatorInvitation } from './operator-invitation.rows.ts';
import type { Person } from './person.ts';

export const INVITATION_ABSENT = refusal(
  'invitation-absent',
  'absent',
  'Cette invitation n’existe pas, a déjà servi ou n’est plus valable. Demandez-en une autre.',
  'This invitation does not exist, was used already or is no longer valid. Ask for another one.',
);

export async function acceptInvitation(
  tx: Tx,
  ground: Ground,
  acceptance: { readonly token: string; readonly person: Person },
): Promise<Answer<OperatorInvitation>> {
  const { token, person } = acceptance;
  const now = ground.clock.now();
  const invitation = await lockInvitation(tx, hashInvitation(token));
  if (invitation === undefined || invitation.expiresAt <= now) return refused(INVITATION_ABSENT);
  if (invitation.phone !== person.phone) return refused(INVITATION_ABSENT);
  const { role, invitedBy: by } = invitation;
  const granted = await grantRole(tx, ground, { personId: person.id, role, by });
  if (!granted.ok) return granted;
  await markInvitationsEnded(tx, { id: invitation.id }, 'accepted', now);
  return accepted(invitation);
}
