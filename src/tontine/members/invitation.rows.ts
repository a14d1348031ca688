/**
 * Keeps the links and codes by which people find a group in the table `invitations`.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface InvitationTable {
  id: string;
  group_id: string;
  code: string;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  uses: number;
  most_uses: number;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    invitations: InvitationTable;
  }
}

export interface Invitation {
  readonly id: string;
  readonly groupId: string;
  /** The last part of the link, and what one types without it. */
  readonly code: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly uses: number;
  readonly mostUses: number;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'code',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'revoked_at as revokedAt',
  'uses',
  'most_uses as mostUses',
] as const;

export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx
    .insertInto('invitations')
    .values({
      id: invitation.id,
      group_id: invitation.groupId,
      code: invitation.code,
      created_by: invitation.createdBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
      revoked_at: null,
      uses: 0,
      most_uses: invitation.mostUses,
    })
    .execute();
}

export async function findInvitation(reader: Reader, code: string): Promise<Invitation | undefined> {
  return await reader.selectFrom('invitations').select(COLUMNS).where('code', '=', code).executeTakeFirst();
}

/** Those that still open a door, newest first. */
export async function listInvitations(reader: Reader, groupId: string, now: Date): Promise<Invitation[]> {
  return await reader
    .selectFrom('invitations')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute();
}

export async function markInvitationUsed(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('invitations').set({ uses: sql<number>`uses + 1` }).where('id', '=', id).execute();
}

export async function markInvitationRevoked(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}
