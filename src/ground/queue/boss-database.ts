/**
 * Lets pg-boss ask the pool itself: it sends several statements in one text, and wants the rows of all of them.
 *
 * Through Kysely it would get none, and each minute complain of that. And a text that fails between its `begin` and its
 * `commit` leaves a transaction behind: the connection would go back to the pool with it, and fail whoever gets it next.
 */
import { CompiledQuery, type PostgresPool } from 'kysely';
import type { Tx } from '../postgres/database.ts';
import type { Job } from './job.ts';

export interface BossDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

interface WithRows {
  readonly rows?: readonly unknown[];
}

export function bossDatabase(pool: PostgresPool): BossDatabase {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      try {
        // The driver answers with a list where there were several statements; its type knows of one only.
        const answer: WithRows | readonly WithRows[] = await client.query<unknown>(text, values ?? []);
        const results: readonly WithRows[] = Array.isArray(answer) ? answer : [answer];
        return { rows: results.flatMap(({ rows }) => rows ?? []) };
      } catch (error) {
        await client.query('rollback', []).catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
  };
}

/** By the job's name: what pg-boss sent to put it into the queue. */
const firstTexts = new Map<string, string>();

/**
 * Asks inside the caller's transaction. What puts one job into the queue is one text all day, and long: each connection
 * keeps its plan (`kept-statement.ts`). Another text for the same job would go as it is.
 */
export function keptFor(tx: Tx, job: Job): BossDatabase {
  return {
    async executeSql(text, values) {
      const first = firstTexts.get(job.name) ?? text;
      firstTexts.set(job.name, first);
      const asked = text === first ? `/* keep: wake-${job.name} */ ${text}` : text;
      const { rows } = await tx.executeQuery(CompiledQuery.raw(asked, values ?? []));
      return { rows: [...rows] };
    },
  };
}
