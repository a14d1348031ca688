/**
 * Reads which groups wait for the answer of a phone number.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { isInvited, openOf } from '../members/sealed-member.rows.ts';

export interface NumberInvitation {
  /** To answer with. */
  readonly membershipId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly currency: Currency;
  readonly invitedBy: string | null;
  readonly createdAt: Date;
}

export async function listInvitations(reader: Reader, phone: string): Promise<NumberInvitation[]> {
  type Row = NumberInvitation & { readonly inviterId: string | null };
  const found = await sql<Row>`select m.id as "membershipId", g.id as "groupId", g.name as "groupName",
      g.currency, b.id as "inviterId", b.display_name as "invitedBy", m.created_at as "createdAt"
    from memberships m join groups g on g.id = m.group_id left join memberships b on b.id = m.added_by
    where ${isInvited(reader, phone, 'm')} and m.person_id is null and m.state = 'invited' order by m.id limit 50`.execute(
    reader,
  );
  return found.rows.map(({ inviterId, invitedBy, ...row }) => ({
    ...row,
    invitedBy:
      inviterId === null || invitedBy === null ? null : openOf(reader, inviterId, 'display_name', invitedBy),
  }));
}
