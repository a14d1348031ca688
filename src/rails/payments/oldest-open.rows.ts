/**
 * Finds when the oldest payment began that somebody may still have to look at: one that is not final, that people decide
 * about, or that has a second payment without an end. Each question goes by an index that holds only what is open.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';

/** Nothing when nothing is open. */
export async function findOldestOpen(reader: Reader): Promise<Date | undefined> {
  const found = await sql<{ at: Date | null }>`select least(
      (select min(created_at) from payments_not_succeeded where next_action_at is not null),
      (select min(p.created_at) from reviews r join payments p on p.id = r.payment_id where r.closed_at is null),
      (select min(p.created_at) from second_payments s join payments p on p.id = s.payment_id
        where s.closed_at is null)) as at`.execute(reader);
  return found.rows[0]?.at ?? undefined;
}
