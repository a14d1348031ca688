/**
 * Counts the jobs that should run now, as pg-boss keeps them: how a story knows that nothing is left to wait for.
 */
import { sql } from 'kysely';
import { JOBS } from '../../src/channels/jobs/timetable.ts';
import type { Db } from '../../src/ground/postgres/database.ts';

/** A job that a killed process had begun before `since` stays begun until it expires; nobody waits for it. */
export async function countWaitingJobs(db: Db, since: Date): Promise<number> {
  const names = sql.join(JOBS.map((job) => job.name));
  const answer = await sql<{ waiting: bigint }>`select count(*) as waiting from pgboss.job
    where name in (${names}) and start_after <= now()
      and (state in ('created', 'retry') or (state = 'active' and started_on >= ${since}))`.execute(db);
  return Number(answer.rows[0]?.waiting ?? 0n);
}
