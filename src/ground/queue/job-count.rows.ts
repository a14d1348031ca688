/**
 * Counts the jobs in the queue's own table, for whoever watches over them.
 *
 * It reads a table of pg-boss and writes none; an installation in which no worker ever started has no such table.
 */
import { sql } from 'kysely';
import type { Reader } from '../postgres/database.ts';

export interface JobCounts {
  /** Should run now and does not. */
  readonly waiting: number;
  readonly active: number;
  /** Gave up after every repetition, since the given instant. */
  readonly dead: number;
}

export async function countJobs(reader: Reader, now: Date, deadSince: Date): Promise<JobCounts> {
  const table = await sql<{ found: string | null }>`select to_regclass('pgboss.job')::text as found`.execute(
    reader,
  );
  if (table.rows[0]?.found === null) return { waiting: 0, active: 0, dead: 0 };
  const counted = await sql<{ waiting: bigint; active: bigint; dead: bigint }>`select
      count(*) filter (where state in ('created', 'retry') and start_after <= ${now}::timestamptz) as waiting,
      count(*) filter (where state = 'active') as active,
      count(*) filter (where state = 'failed' and completed_on >= ${deadSince}::timestamptz) as dead
    from pgboss.job`.execute(reader);
  const row = counted.rows[0];
  return { waiting: Number(row?.waiting), active: Number(row?.active), dead: Number(row?.dead) };
}
