/**
 * Shows who shares a transaction: nobody waits for company, and everybody who waits anyway goes together.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { clonePostgres } from '../testing/fresh-database.ts';
import { inTransaction } from './in-transaction.ts';
import { openWriteLane } from './write-lane.ts';

test('rows that come together are one transaction, each with its own outcome; the bad one falls alone', async () => {
  const { db } = await clonePostgres();
  await sql`create table marks (id int primary key check (id <> 13), made_in xid8 not null)`.execute(db);
  const sets: number[][] = [];
  const lane = openWriteLane(
    db,
    { most: 4, sets: 2 },
    {
      keyOf: (row: { readonly id: number; readonly key: string }) => row.key,
      write: async (tx, rows) => {
        sets.push(rows.map(({ id }) => id));
        const ids = rows.map(({ id }) => id);
        await sql`insert into marks select id, pg_current_xact_id() from unnest(${ids}::int[]) as m(id)`.execute(
          tx,
        );
        return ids.map((id) => id * 10);
      },
    },
  );
  const hand = async (id: number, key = String(id)) => await lane({ id, key });
  expect(await hand(1)).toBe(10);
  const ends = await Promise.allSettled([2, 3, 13, 4, 5, 6].map(async (id) => await hand(id)));
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'refused'))).toEqual([
    20,
    30,
    'refused',
    40,
    50,
    60,
  ]);
  expect(sets.slice(0, 2)).toEqual([[1], [2, 3, 13, 4]]);
  expect(sets).toContainEqual([5, 6]);
  // Two rows about one thing are never on their way together.
  await Promise.all([hand(7, 'same'), hand(8, 'same'), hand(9)]);
  expect(sets.slice(-2)).toEqual([[7, 9], [8]]);
  const { rows } = await sql<{
    sets: bigint;
    marks: bigint;
  }>`select count(distinct made_in) as sets, count(*) as marks
    from marks`.execute(db);
  expect(rows[0]).toMatchObject({ marks: 9n });
});

test('while a row is on its way another one with its key waits for it, and keeps nobody else waiting', async () => {
  const { db } = await clonePostgres();
  const begun: string[] = [];
  let letGo: () => void = () => undefined;
  const isReleased = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let sayBegun: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    sayBegun = resolve;
  });
  const lane = openWriteLane(
    db,
    { most: 10, sets: 2 },
    {
      keyOf: (row: string) => row.slice(0, 1),
      write: async (_tx, rows) => {
        begun.push(rows.join(' '));
        sayBegun();
        if (rows.includes('a1')) await isReleased;
        return rows;
      },
    },
  );
  const first = lane('a1');
  await hasBegun;
  const second = lane('a2');
  expect(await lane('b1')).toBe('b1');
  expect(await lane('c1')).toBe('c1');
  expect(begun).toEqual(['a1', 'b1', 'c1']);
  letGo();
  expect(await Promise.all([first, second])).toEqual(['a1', 'a2']);
  expect(begun.at(-1)).toBe('a2');
});

test('a database that is away is told to each, and the next one is tried again', async () => {
  const { db } = await clonePostgres();
  let isAway = true;
  const lane = openWriteLane(
    db,
    { most: 10, sets: 1 },
    {
      keyOf: (row: number) => String(row),
      write: async (_tx, rows) => {
        if (isAway) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
        return rows;
      },
    },
  );
  const ends = await Promise.allSettled([1, 2, 3].map(lane));
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  isAway = false;
  expect(await lane(4)).toBe(4);
});

test('statements that are sent together stay in their transaction, and a broken one undoes them all', async () => {
  const { db } = await clonePostgres();
  await sql`create table marks (id int primary key)`.execute(db);
  const insert = (id: number) => sql`insert into marks values (${id})`;
  const broken = inTransaction(db, async (tx) => {
    await Promise.all([insert(1).execute(tx), insert(1).execute(tx), insert(2).execute(tx)]);
  });
  await expect(broken).rejects.toMatchObject({ code: '23505' });
  await inTransaction(db, async (tx) => {
    await Promise.all([insert(3).execute(tx), insert(4).execute(tx)]);
  });
  const { rows } = await sql<{ id: number }>`select id from marks order by id`.execute(db);
  expect(rows).toEqual([{ id: 3 }, { id: 4 }]);
});
