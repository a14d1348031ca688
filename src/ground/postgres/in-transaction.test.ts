import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../testing/fresh-database.ts';
import { inTransaction } from './in-transaction.ts';

test.each(['postgres', 'pglite'] as const)(
  'int8, date and numeric keep every digit on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const answer =
      await sql`select 9007199254740993::int8 as large, 5::int8 as small, '2026-02-28'::date as day,
    0.1::numeric as exact`.execute(db);
    expect(answer.rows[0]).toEqual({ large: 9007199254740993n, small: 5n, day: '2026-02-28', exact: '0.1' });
  },
);

test('a deadlocked act is run again whole, and both facts stand', async () => {
  const { db } = await freshDatabase();
  await sql`create table seats (id int primary key, taken int not null)`.execute(db);
  await sql`insert into seats values (1, 0), (2, 0)`.execute(db);
  let waiting = 0;
  let meet = (): void => undefined;
  const bothHoldOne = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const take = async (first: number, second: number): Promise<void> =>
    await inTransaction(db, async (tx) => {
      await sql`update seats set taken = taken + 1 where id = ${first}`.execute(tx);
      if (++waiting === 2) meet();
      await bothHoldOne;
      await sql`update seats set taken = taken + 1 where id = ${second}`.execute(tx);
    });
  await Promise.all([take(1, 2), take(2, 1)]);
  const seats = await sql`select taken from seats order by id`.execute(db);
  expect(seats.rows).toEqual([{ taken: 2 }, { taken: 2 }]);
});
