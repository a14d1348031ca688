import { Socket } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clonePostgres, freshDatabase } from '../testing/fresh-database.ts';
import type { Db } from './database.ts';
import { gatherWrites } from './gather-writes.ts';
import { inTransaction } from './in-transaction.ts';
import { travelTogether } from './travel-together.ts';

/** Counts the pieces that leave this process. */
function countPieces(): () => number {
  const single = vi.spyOn(Socket.prototype, '_write');
  const several = vi.spyOn(Socket.prototype as unknown as { _writev: () => void }, '_writev');
  onTestFinished(() => {
    single.mockRestore();
    several.mockRestore();
  });
  return () => single.mock.calls.length + several.mock.calls.length;
}

async function gatheringClient(): Promise<{ client: pg.Client; db: Db }> {
  const { url, db, drop } = await clonePostgres();
  onTestFinished(drop);
  const client = new pg.Client({ connectionString: url, pipeline: true });
  await client.connect();
  gatherWrites(client);
  return { client, db };
}

test('what travels together leaves in one piece, whatever its number', async () => {
  const { db } = await freshDatabase();
  const pieces = countPieces();
  let [before, after] = [0, 0];
  await inTransaction(db, async (tx) => {
    before = pieces();
    await travelTogether(tx, (together) =>
      [1, 2, 3, 4, 5].map(async (given) => await sql`select ${given}::int`.execute(together)),
    );
    after = pieces();
  });
  expect(after - before).toBe(1);
});

test('answers belong to their questions, and a statement that cannot be sent holds up nobody', async () => {
  const { client } = await gatheringClient();
  const answers = await Promise.allSettled([
    client.query('select 1 as said'),
    client.query('select $1::int as said', 'not a list' as unknown as string[]),
    client.query('select 1 / 0'),
    client.query('select $1::int as said', [2]),
  ]);
  expect(answers).toMatchObject([
    { value: { rows: [{ said: 1 }] } },
    { reason: { message: 'Query values must be an array' } },
    { reason: { code: '22012' } },
    { value: { rows: [{ said: 2 }] } },
  ]);
  await client.end();
});

test('a connection that is ended in the same turn sends what was said before', async () => {
  const { client, db } = await gatheringClient();
  await sql`create table said (id int primary key)`.execute(db);
  const told = client.query('insert into said values (1)');
  await Promise.all([told, client.end()]);
  expect((await sql`select id from said`.execute(db)).rows).toEqual([{ id: 1 }]);
});
