/**
 * Breaks connections under the product, as a restart of the server does: the process must not go with them.
 */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../testing/fresh-database.ts';
import { inTransaction, isDatabaseAway } from './in-transaction.ts';

describe('a connection that breaks while a transaction has it', () => {
  it.each([
    ['between two statements', sql`select 1`],
    ['during one', sql`select pg_sleep(30)`],
  ])('%s: the transaction fails as “away”, and the next one gets another connection', async (_when, next) => {
    const { db } = await freshDatabase();
    const broken = inTransaction(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      const [own] = rows;
      if (own === undefined) throw new Error('no connection');
      const ended = sql`select pg_terminate_backend(${own.pid}, 5000)`.execute(db);
      try {
        await next.execute(tx);
      } finally {
        await ended;
      }
      await sql`select 2`.execute(tx);
    });
    const error = await broken.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isDatabaseAway(error), String(error)).toBe(true);
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });
});
