import { type DatabaseConnection, DummyDriver, Kysely, PostgresDialect, type QueryResult, sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../testing/fresh-database.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { travelTogether } from './travel-together.ts';

test('no statement waits for the answer of the one before it', async () => {
  const asked: string[] = [];
  const answer: ((result: QueryResult<never>) => void)[] = [];
  const connection: DatabaseConnection = {
    executeQuery: async (query) => {
      asked.push(query.sql);
      return await new Promise((resolve) => answer.push(resolve));
    },
    streamQuery: () => {
      throw new Error('nothing is streamed');
    },
  };
  class Silent extends PostgresDialect {
    override createDriver(): never {
      return Object.assign(new DummyDriver(), { acquireConnection: async () => connection }) as never;
    }
  }
  const db = new Kysely<Database>({ dialect: new Silent({ pool: async () => await Promise.reject() }) });
  await inTransaction(db, async (tx) => {
    await travelTogether(tx, (together) => {
      const onTheWay = ['select 1', 'select 2'].map((text) => sql.raw(text).execute(together));
      expect(asked).toEqual(['select 1', 'select 2']);
      for (const give of answer) give({ rows: [] });
      return onTheWay;
    });
  });
});

test('the first failure is told when all have been answered, and nothing of the transaction stays', async () => {
  const { db } = await freshDatabase();
  await sql`create table steps (id int primary key)`.execute(db);
  const insert = (id: number) => sql`insert into steps values (${id})`;
  let answered = 0;
  const failing = inTransaction(db, async (tx) => {
    await travelTogether(tx, (together) =>
      [1, 1, 2].map(
        async (id) =>
          await insert(id)
            .execute(together)
            .finally(() => ++answered),
      ),
    );
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(answered).toBe(3);
  await inTransaction(db, async (tx) => await insert(1).execute(tx));
  expect((await sql`select id from steps`.execute(db)).rows).toEqual([{ id: 1 }]);
});
