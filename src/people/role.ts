/**
 * Names what a person may do beyond their own affairs.
 *
 * Everyone is a member. The other roles are grants, kept as rows that are revoked and never deleted, so that who
 * could do what on which day stays provable.
 */

export type Role =
  | 'member' // everyone: their own wallet and groups
  | 'operator' // support: reads the console and answers members
  | 'finance' // decides about money, in pairs
  | 'admin'; // changes settings, and grants roles

/** The roles that somebody must grant. */
export type GrantedRole = Exclude<Role, 'member'>;

export const GRANTED_ROLES: readonly GrantedRole[] = ['operator', 'finance', 'admin'];

export function isGrantedRole(text: unknown): text is GrantedRole {
  return GRANTED_ROLES.some((role) => role === text);
}

/** How carefully a session is kept: staff sessions are short. */
export type SessionLevel = 'member' | 'staff';

export function levelOf(roles: readonly Role[]): SessionLevel {
  return grantedRoles(roles).length > 0 ? 'staff' : 'member';
}

/** The roles that let somebody into the console. */
export function grantedRoles(roles: readonly Role[]): GrantedRole[] {
  return roles.filter((role) => role !== 'member');
}

/** True when one of `roles` allows what `needed` allows: whoever decides or configures may read what support reads. */
export function hasRole(roles: readonly Role[], needed: Role): boolean {
  if (needed === 'member') return true;
  return roles.includes(needed) || (needed === 'operator' && levelOf(roles) === 'staff');
}
