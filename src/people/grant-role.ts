/**
 * Gives a person a role, and ends their sessions: a session opened with fewer rights lives longer than the new role
 * allows.
 *
 * Refuses: role-denied (the giver is not an admin), person-absent, role-held.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { findPerson } from './person.rows.ts';
import { PERSON_ABSENT } from './person.ts';
import type { GrantedRole } from './role.ts';
import { findRoles, insertRoleGrant } from './role-grant.rows.ts';
import { markSessionsEnded } from './session.rows.ts';

export interface RoleChange {
  readonly personId: string;
  readonly role: GrantedRole;
  /** The id of the admin who asks. */
  readonly by: string;
}

export async function grantRole(tx: Tx, ground: Ground, change: RoleChange): Promise<Answer<undefined>> {
  const roles = await findRoles(tx, change.by);
  if (!roles.includes('admin')) return refused(ROLE_DENIED);
  if ((await findPerson(tx, change.personId)) === undefined) return refused(PERSON_ABSENT);
  const now = ground.clock.now();
  const granted = await insertRoleGrant(tx, {
    id: ground.ids.uuid(),
    personId: change.personId,
    role: change.role,
    grantedBy: change.by,
    grantedAt: now,
  });
  if (!granted) return refused(ROLE_HELD);
  await markSessionsEnded(tx, { personId: change.personId, ending: 'role-changed', at: now });
  return accepted(undefined);
}

export const ROLE_DENIED = refusal(
  'role-denied',
  'denied',
  'Seul un administrateur peut donner un rôle.',
  'Only an administrator may give a role.',
);
const ROLE_HELD = refusal(
  'role-held',
  'conflict',
  'Cette personne a déjà ce rôle.',
  'This person already has this role.',
);
