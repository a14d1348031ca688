/**
 * Keeps who was invited to the console, in the table `operator_invitations`.
 *
 * The number is there as its keyed hash, by which one number has one open invitation to a role, and sealed beside it.
 */
import type { Generated, Selectable } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { SealedColumn } from '../ground/seal/sealed-column.ts';
import { openText, type Place } from '../ground/seal/sealed-text.ts';
import { hashedTexts, hashedValue, sealedBeside } from '../ground/seal/sealing.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';
import type { GrantedRole } from './role.ts';

export type InvitationEnding =
  | 'accepted' // the person took the role
  | 'withdrawn' // an admin called it off
  | 'replaced'; // a newer invitation of the same number to the same role

interface OperatorInvitationTable {
  id: string;
  /** Its hash, or the number while an older version may serve. */
  phone: string;
  number: Generated<string | null>;
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

export const SEALED_IN_INVITATIONS: readonly SealedColumn[] = [
  {
    table: 'operator_invitations',
    key: ['id'],
    row: 'id',
    column: 'number',
    hashes: [{ column: 'phone', kind: 'phone', part: (phone) => phone }],
    age: 'later_plain',
    plainIn: 'phone',
  },
];

function placeOf(row: string): Place {
  return { table: 'operator_invitations', column: 'number', row };
}

function phonesOf(reader: Reader, phone: string): string[] {
  return hashedTexts(reader, { kind: 'phone', text: phone });
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
      phone: hashedValue(tx, { kind: 'phone', text: invitation.phone }, 'later_plain'),
      number: sealedBeside(tx, placeOf(invitation.id), invitation.phone),
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
  return row && toInvitation(tx, row);
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
  return rows.map((row) => toInvitation(reader, row));
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
      : query.where('phone', 'in', phonesOf(tx, which.phone)).where('role', '=', which.role);
  return (await narrowed.returning('id').execute()).length;
}

function toInvitation(reader: Reader, row: Selectable<OperatorInvitationTable>): OperatorInvitation {
  return {
    id: row.id,
    phone: row.number === null ? row.phone : openText(vaultOf(reader), placeOf(row.id), row.number),
    role: row.role,
    invitedBy: row.invited_by,
    invitedAt: row.invited_at,
    expiresAt: row.expires_at,
  };
}

export async function deleteInvitationsOf(tx: Tx, phone: string): Promise<void> {
  await tx.deleteFrom('operator_invitations').where('phone', 'in', phonesOf(tx, phone)).execute();
}
