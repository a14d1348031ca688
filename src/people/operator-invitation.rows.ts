/**
 * Keeps who was invited to the console, in the table `operator_invitations`.
 */
import type { Generated, Selectable } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { GrantedRole } from './role.ts';

export type InvitationEnding =
  | 'accepted' // the person took the role
  | 'withdrawn' // an admin called it off
  | 'replaced'; // a newer invitation of the same number to the same role

interface OperatorInvitationTable {
  id: string;
  phone: string;
  role: GrantedRole;
  token_hash: Uint8Array;
  invited_by: string;
  invited_at: Date;
  expires_at: Date;
  ending: Generated<InvitationEnding | null>;
  ended_at: Generated<Date | null>;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    operator_invitations: OperatorInvitationTable;
  }
}

export interface OperatorInvitation {
  readonly id: string;
  /** E.164. */
  readonly phone: string;
  readonly role: GrantedRole;
  readonly invitedBy: string;
  readonly invitedAt: Date;
  readonly expiresAt: Date;
}

export async function insertInvitation(
  tx: Tx,
  invitation: OperatorInvitation & { readonly tokenHash: Uint8Array },
): Promise<void> {
  await tx
    .insertInto('operator_invitations')
    .values({
      id: invitation.id,
      phone: invitation.phone,
      role: invitation.role,
      token_hash: invitation.tokenHash,
      invited_by: invitation.invitedBy,
      invited_at: invitation.invitedAt,
      expires_at: invitation.expiresAt,
    })
    .execute();
}

/** The open invitation with this token, locked, whether or not its time is over. */
export async function lockInvitation(tx: Tx, tokenHash: Uint8Array): Promise<OperatorInvitation | undefined> {
  const row = await tx
    .selectFrom('operator_invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('ending', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** Invitations that may still be accepted, the newest first. */
export async function listOpenInvitations(reader: Reader, now: Date): Promise<OperatorInvitation[]> {
  const rows = await reader
    .selectFrom('operator_invitations')
    .selectAll()
    .where('ending', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(toInvitation);
}

/** Ends open invitations: one by its id, or all of one number to one role. Returns how many. */
export async function markInvitationsEnded(
  tx: Tx,
  which: { readonly id: string } | { readonly phone: string; readonly role: GrantedRole },
  ending: InvitationEnding,
  at: Date,
): Promise<number> {
  const query = tx
    .updateTable('operator_invitations')
    .set({ ending, ended_at: at })
    .where('ending', 'is', null);
  const narrowed =
    'id' in which
      ? query.where('id', '=', which.id)
      : query.where('phone', '=', which.phone).where('role', '=', which.role);
  return (await narrowed.returning('id').execute()).length;
}

function toInvitation(row: Selectable<OperatorInvitationTable>): OperatorInvitation {
  return {
    id: row.id,
    phone: row.phone,
    role: row.role,
    invitedBy: row.invited_by,
    invitedAt: row.invited_at,
    expiresAt: row.expires_at,
  };
}

export async function deleteInvitationsOf(tx: Tx, phone: string): Promise<void> {
  await tx.deleteFrom('operator_invitations').where('phone', '=', phone).execute();
}
