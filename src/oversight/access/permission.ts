/**
 * Says what each role may do in the console: the one table that every route and every act asks.
 *
 * Support reads, finance decides, admin configures. They are kept apart on purpose: whoever can let people in cannot
 * move money, and whoever moves money cannot let a second self in to agree with. A person may hold several roles, and
 * may then do what any of them may; how many do is the host's decision, and the trail shows it.
 */
import type { GrantedRole, Role } from '../../people/role.ts';

export type Permission =
  | 'see' // boards, payments and reports, with numbers masked
  | 'unmask' // a whole phone number; each look is written down
  | 'export' // files with many payments in them
  | 'nudge' // ask the provider now, look at a callback again: nothing is decided by it
  | 'freeze' // stop a person, a number, a method or a direction, and let go again
  | 'decide' // propose and approve what becomes of money under review
  | 'reconcile' // import statements, explain and close differences
  | 'handle-alerts' // acknowledge, silence and resolve
  | 'configure' // thresholds of alerts, and where they are sent
  | 'see-trail' // who did what
  | 'see-settings' // how the installation is set up, without its secrets
  | 'export-person' // take away all that is kept about one person, for that person
  | 'ask-erasure' // ask that somebody's identity be removed
  | 'erase' // agree to it: remove somebody's identity and keep the books
  | 'manage-access'; // invite, take roles back, end sessions, unlink authenticators

type Row = Readonly<Record<GrantedRole, boolean>>;

const everybody: Row = { operator: true, finance: true, admin: true };
const finance: Row = { operator: false, finance: true, admin: false };
const admin: Row = { operator: false, finance: false, admin: true };
const seniors: Row = { operator: false, finance: true, admin: true };

export const PERMISSIONS: Readonly<Record<Permission, Row>> = {
  see: everybody,
  unmask: everybody,
  export: seniors,
  nudge: everybody,
  // A kill switch must be within reach of whoever is awake.
  freeze: seniors,
  decide: finance,
  reconcile: finance,
  'handle-alerts': everybody,
  configure: admin,
  'see-trail': seniors,
  'see-settings': seniors,
  'export-person': admin,
  'ask-erasure': seniors,
  erase: admin,
  'manage-access': admin,
};

/** True when one of the roles allows it. */
export function may(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => role !== 'member' && PERMISSIONS[permission][role]);
}
