/**
 * Keeps who was given which role, by whom and until when, in the table `role_grants`.
 */
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { GrantedRole, Role } from './role.ts';

interface RoleGrantTable {
  id: string;
  person_id: string;
  role: GrantedRole;
  granted_by: string | null;
  granted_at: Date;
  revoked_by: string | null;
  revoked_at: Date | null;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    role_grants: RoleGrantTable;
  }
}

export interface NewRoleGrant {
  readonly id: string;
  readonly personId: string;
  readonly role: GrantedRole;
  /** Absent when the installation itself grants it. */
  readonly grantedBy?: string;
  readonly grantedAt: Date;
}

/** Inserts the grant unless the person holds the role already; true if inserted. */
export async function insertRoleGrant(tx: Tx, grant: NewRoleGrant): Promise<boolean> {
  const inserted = await tx
    .insertInto('role_grants')
    .values({
      id: grant.id,
      person_id: grant.personId,
      role: grant.role,
      granted_by: grant.grantedBy ?? null,
      granted_at: grant.grantedAt,
      revoked_by: null,
      revoked_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'role']).where('revoked_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** What the person may do at present; always begins with `member`. */
export async function findRoles(reader: Reader, personId: string): Promise<Role[]> {
  const rows = await reader
    .selectFrom('role_grants')
    .select('role')
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('role')
    .execute();
  return ['member', ...rows.map((row) => row.role)];
}

export interface RoleGrant {
  readonly personId: string;
  readonly role: GrantedRole;
  readonly grantedAt: Date;
}

/** Everybody's present roles, the oldest grant first. */
export async function listRoleGrants(reader: Reader): Promise<RoleGrant[]> {
  return await reader
    .selectFrom('role_grants')
    .select(['person_id as personId', 'role', 'granted_at as grantedAt'])
    .where('revoked_at', 'is', null)
    .orderBy('granted_at')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** The ids of all present admins. */
export async function listAdmins(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('role_grants')
    .select('person_id')
    .where('role', '=', 'admin')
    .where('revoked_at', 'is', null)
    .execute();
  return rows.map((row) => row.person_id);
}

/** The ids of all present admins, locked: nobody else can revoke one of them until this transaction ends. */
export async function lockAdmins(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('role_grants')
    .select('person_id')
    .where('role', '=', 'admin')
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.person_id);
}

/** Ends the open grant; false when there is none. */
export async function markRoleRevoked(
  tx: Tx,
  revocation: { personId: string; role: GrantedRole; revokedBy: string; revokedAt: Date },
): Promise<boolean> {
  const ended = await tx
    .updateTable('role_grants')
    .set({ revoked_by: revocation.revokedBy, revoked_at: revocation.revokedAt })
    .where('person_id', '=', revocation.personId)
    .where('role', '=', revocation.role)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}
