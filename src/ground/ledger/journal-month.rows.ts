/**
 * Reads whole months of the `transfers` table, and freezes them.
 */
import { sql } from 'kysely';
import { type Uuid, uuidTime_ms } from '../identifiers.ts';
import type { Month } from '../month.ts';
import type { Db, Reader } from '../postgres/database.ts';
import { listPartitions } from '../postgres/list-partitions.ts';
import { type ChainRow, chainColumns } from './transfer.rows.ts';

/** The oldest first. */
export async function listJournalMonths(reader: Reader): Promise<Month[]> {
  return (await listPartitions(reader, 'transfers')).flatMap(({ table, from, until, isFilled }) =>
    until === undefined ? [] : [{ table, from: timeOf(from), until: new Date(timeOf(until) ?? 0), isFilled }],
  );
}

function timeOf(id: string | undefined): Date | undefined {
  return id === undefined ? undefined : new Date(uuidTime_ms(id as Uuid));
}

/** The first and the last seq of a month; nothing when it has no rows. */
export async function findJournalEnds(
  reader: Reader,
  { table }: Month,
): Promise<{ readonly first: bigint; readonly last: bigint } | undefined> {
  const found = await sql<{
    first: bigint | null;
    last: bigint | null;
  }>`select min(seq) as first, max(seq) as last
    from ${sql.table(table)} where seq > 0`.execute(reader);
  const { first = null, last = null } = found.rows[0] ?? {};
  return first === null || last === null ? undefined : { first, last };
}

/** Rows of one month after a seq, in the order of the journal. */
export async function listMonthOfChain(
  reader: Reader,
  { table }: Month,
  afterSeq: bigint,
  limit: number,
): Promise<ChainRow[]> {
  const found = await sql<ChainRow>`select ${chainColumns}
    from (select * from ${sql.table(table)} where seq > 0 and seq > ${afterSeq}::bigint order by seq limit ${limit}::int) t
    left join accounts d on d.key = t.debit left join accounts c on c.key = t.credit
    order by t.seq`.execute(reader);
  return found.rows;
}

/** No later transaction has to look at its rows again, neither to see whether they are there nor to keep them readable. */
export async function freezeMonth(connection: Db, { table }: Month): Promise<void> {
  await sql`vacuum (freeze, analyze) ${sql.table(table)}`.execute(connection);
}
