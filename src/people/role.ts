/**
 * Names what a person may do beyond their own affairs.
 *
 * Everyone is a member. The two other roles are grants, kept as rows that are revoked and never deleted, so that who
 * could do what on which day stays provable.
 */

export type Role =
  | 'member' // everyone: their own wallet and groups
  | 'operator' // reads the console and answers members
  | 'admin'; // also changes settings, and grants roles

/** The roles that somebody must grant. */
export type GrantedRole = Exclude<Role, 'member'>;

/** How carefully a session is kept: staff sessions are short. */
export type SessionLevel = 'member' | 'staff';

export function levelOf(roles: readonly Role[]): SessionLevel {
  return roles.includes('operator') || roles.includes('admin') ? 'staff' : 'member';
}

/** True when one of `roles` allows what `needed` allows: an admin may do all that an operator may. */
export function hasRole(roles: readonly Role[], needed: Role): boolean {
  if (needed === 'member') return true;
  return roles.includes(needed) || roles.includes('admin');
}
