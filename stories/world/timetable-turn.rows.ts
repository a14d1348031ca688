/**
 * Counts how often the timetable has come round by itself, as pg-boss keeps it: how a story knows that the minute's
 * look at the rows goes on, without which a lost wake-up would stay lost.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/ground/postgres/database.ts';

/** Turns that were written down since the instant, by any process. */
export async function countTimetableTurns(db: Db, since: Date): Promise<number> {
  const answer = await sql<{ turns: bigint }>`select count(*) as turns from pgboss.job
    where name = '__pgboss__send-it' and created_on >= ${since}`.execute(db);
  return Number(answer.rows[0]?.turns ?? 0n);
}
