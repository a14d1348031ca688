/**
 * Reads which groups wait for the answer of a phone number.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';

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
  const found =
    await sql<NumberInvitation>`select m.id as "membershipId", g.id as "groupId", g.name as "groupName",
      g.currency, b.display_name as "invitedBy", m.created_at as "createdAt"
    from memberships m join groups g on g.id = m.group_id left join memberships b on b.id = m.added_by
    where m.phone = ${phone} and m.person_id is null and m.state = 'invited' order by m.id limit 50`.execute(
      reader,
    );
  return found.rows;
}
