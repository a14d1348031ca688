/**
 * Lets pg-boss ask the pool itself: it sends several statements in one text, and wants the rows of all of them.
 *
 * Through Kysely it would get none, and each minute complain of that. And a text that fails between its `begin` and its
 * `commit` leaves a transaction behind: the connection would go back to the pool with it, and fail whoever gets it next.
 */
import type { PostgresPool } from 'kysely';

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
