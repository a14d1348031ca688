/**
 * Shows which statements a connection keeps, and that a migration under a kept one costs nobody an answer.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { clonePostgres } from '../testing/fresh-database.ts';
import type { Db, Tx } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { travelTogether } from './travel-together.ts';

/** All that happens, happens on one connection. */
async function onOne(db: Db, act: (tx: Tx) => Promise<void>): Promise<void> {
  await inTransaction(db, act);
}

async function keptBy(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements
    order by prepare_time, name`.execute(tx);
  return rows.map(({ statement }) => statement);
}

test('what a connection hears again and again is kept; what names no columns, or gives no value, never', async () => {
  const { db } = await clonePostgres();
  await onOne(db, async (tx) => {
    await sql`create table marks (id int primary key, word text)`.execute(tx);
    for (let times = 0; times < 20; times++) {
      await sql`insert into marks values (${times}, 'x')`.execute(tx);
      await sql`select * from marks where id = ${times}`.execute(tx);
      await sql`select m.* from marks m where id = ${times}`.execute(tx);
      await sql`select word from marks where id = 1`.execute(tx);
      if (times < 3) await sql`select count(*) from marks where id < ${times}`.execute(tx);
    }
    const kept = await keptBy(tx);
    expect(kept.filter((text) => text.includes('marks'))).toEqual(["insert into marks values ($1, 'x')"]);
    expect((await sql`select count(*) as marks from marks`.execute(tx)).rows).toEqual([{ marks: 20n }]);
  });
});

test('a search with a thousand faces fills no connection', async () => {
  const { db } = await clonePostgres();
  await onOne(db, async (tx) => {
    for (let face = 0; face < 400; face++)
      for (let times = 0; times < 5; times++)
        await sql`select ${times}::int + ${sql.raw(String(face))} as sum`.execute(tx);
    expect(await keptBy(tx)).toHaveLength(200);
  });
});

test('a column whose type a migration changes: whoever asks next is answered, with and without a transaction', async () => {
  const { db } = await clonePostgres();
  await sql`create table marks (id int primary key, word text)`.execute(db);
  await sql`insert into marks values (1, 'one')`.execute(db);
  const word = async (reader: Db | Tx) =>
    (await sql<{ word: unknown }>`select word from marks where id = ${1}`.execute(reader)).rows[0]?.word;
  for (let times = 0; times < 10; times++) expect(await word(db)).toBe('one');
  await sql`alter table marks alter word type varchar(20)`.execute(db);
  expect(await inTransaction(db, word)).toBe('one');
  expect(await word(db)).toBe('one');
  for (let times = 0; times < 10; times++) expect(await word(db)).toBe('one');
  await sql`alter table marks alter word type text`.execute(db);
  // Without a transaction the first one hears of it, and nobody after them.
  await word(db).catch((error: unknown) => expect(error).toMatchObject({ code: '0A000' }));
  expect(await word(db)).toBe('one');
});

test('a statement that fails while others lie behind it is kept or not, and asked again either way', async () => {
  const { db } = await clonePostgres();
  await sql`create table marks (id int primary key)`.execute(db);
  const insert = async (tx: Tx, id: number) => await sql`insert into marks values (${id})`.execute(tx);
  for (let times = 0; times < 12; times++) {
    await inTransaction(db, async (tx) => {
      await travelTogether(tx, (together) => [0, 0, 1].map(async (id) => await insert(together, id)));
    }).catch((error: unknown) => expect(error).toMatchObject({ code: '23505' }));
  }
  await inTransaction(db, async (tx) => await insert(tx, 7));
  expect((await sql`select id from marks`.execute(db)).rows).toEqual([{ id: 7 }]);
});
