/**
 * Keeps who holds which office, and held it, in the table `membership_roles`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { GroupRole } from './permission.ts';

/** Roles that are given; everybody is a member. */
export type Office = Exclude<GroupRole, 'member'>;

interface MembershipRoleTable {
  group_id: string;
  membership_id: string;
  role: Office;
  granted_at: Date;
  granted_by: string | null;
  ended_at: Date | null;
  ended_by: string | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    membership_roles: MembershipRoleTable;
  }
}

export interface OfficeGrant {
  readonly groupId: string;
  readonly membershipId: string;
  readonly role: Office;
  readonly by: string | undefined;
  readonly at: Date;
}

export async function insertRole(tx: Tx, grant: OfficeGrant): Promise<void> {
  await tx
    .insertInto('membership_roles')
    .values({
      group_id: grant.groupId,
      membership_id: grant.membershipId,
      role: grant.role,
      granted_at: grant.at,
      granted_by: grant.by ?? null,
      ended_at: null,
      ended_by: null,
    })
    .execute();
}

/** Ends one office of a member, or all of them. */
export async function markRolesEnded(
  tx: Tx,
  end: {
    readonly membershipId: string;
    readonly role?: Office;
    readonly by: string | undefined;
    readonly at: Date;
  },
): Promise<void> {
  let update = tx
    .updateTable('membership_roles')
    .set({ ended_at: end.at, ended_by: end.by ?? null })
    .where('membership_id', '=', end.membershipId)
    .where('ended_at', 'is', null);
  if (end.role !== undefined) update = update.where('role', '=', end.role);
  await update.execute();
}

export interface HeldOffice {
  readonly membershipId: string;
  readonly role: Office;
}

export async function listOffices(reader: Reader, groupId: string): Promise<HeldOffice[]> {
  return await reader
    .selectFrom('membership_roles')
    .select(['membership_id as membershipId', 'role'])
    .where('group_id', '=', groupId)
    .where('ended_at', 'is', null)
    .orderBy('granted_at')
    .orderBy('role')
    .execute();
}

/** What a member may act as: everybody is a member. */
export async function findRolesOf(reader: Reader, membershipId: string): Promise<GroupRole[]> {
  const rows = await reader
    .selectFrom('membership_roles')
    .select('role')
    .where('membership_id', '=', membershipId)
    .where('ended_at', 'is', null)
    .execute();
  return ['member', ...rows.map((row) => row.role)];
}
