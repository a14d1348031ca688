/**
 * Takes a role back, and ends the person's sessions at once.
 *
 * The admins are locked first, because two admins who revoke each other in the same second would leave nobody who
 * can repair anything.
 *
 * Refuses: role-denied (the asker is not an admin), role-not-held, role-last-admin.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import type { RoleChange } from './grant-role.ts';
import { lockAdmins, markRoleRevoked } from './role-grant.rows.ts';
import { markSessionsEnded } from './session.rows.ts';

export async function revokeRole(tx: Tx, ground: Ground, change: RoleChange): Promise<Answer<undefined>> {
  const admins = await lockAdmins(tx);
  if (!admins.includes(change.by)) return refused(ROLE_DENIED);
  if (change.role === 'admin' && admins.length === 1 && admins[0] === change.personId) {
    return refused(LAST_ADMIN);
  }
  const now = ground.clock.now();
  const revoked = await markRoleRevoked(tx, {
    personId: change.personId,
    role: change.role,
    revokedBy: change.by,
    revokedAt: now,
  });
  if (!revoked) return refused(ROLE_NOT_HELD);
  await markSessionsEnded(tx, { personId: change.personId, ending: 'role-changed', at: now });
  return accepted(undefined);
}

const ROLE_DENIED = refusal(
  'role-denied',
  'denied',
  'Seul un administrateur peut retirer un rôle.',
  'Only an administrator may take a role back.',
);
const ROLE_NOT_HELD = refusal(
  'role-not-held',
  'conflict',
  'Cette personne n’a pas ce rôle.',
  'This person does not have this role.',
);
const LAST_ADMIN = refusal(
  'role-last-admin',
  'conflict',
  'C’est le dernier administrateur : nommez-en un autre avant.',
  'This is the last administrator: name another one first.',
);
