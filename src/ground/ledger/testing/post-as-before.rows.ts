/**
 * Posts as versions before this one do: through functions that name the accounts of each transfer.
 */
import { sql } from 'kysely';
import type { Db } from '../../postgres/database.ts';
import type { Transfer } from '../transfer.ts';

/** One answer for each transfer, in order. */
export async function postAsBefore(
  db: Db,
  now: Date,
  ...transfers: readonly Transfer[]
): Promise<readonly string[]> {
  const list = (pick: (one: Transfer) => string | undefined): string =>
    `{${transfers.map((one) => pick(one) ?? 'NULL').join(',')}}`;
  const { rows } = await sql<{
    codes: string[];
  }>`select post_transfers(0::smallint, ${now.toISOString()}::timestamptz,
    ${list(({ id }) => id)}::uuid[], ${list(({ kind }) => kind)}::text[], ${list(({ debit }) => debit)}::text[],
    ${list(({ credit }) => credit)}::text[], ${list(({ amount }) => String(amount))}::bigint[],
    ${list(({ pendingId }) => pendingId)}::uuid[], ${list(({ linked }) => String(linked === true))}::boolean[],
    ${list(({ journal }) => journal.id)}::text[], ${list(({ journal }) => journal.kind)}::text[],
    ${list(({ journal }) => journal.occurredAt.toISOString())}::timestamptz[],
    ${list(({ reference }) => reference)}::text[]) as codes`.execute(db);
  return rows[0]?.codes ?? [];
}
