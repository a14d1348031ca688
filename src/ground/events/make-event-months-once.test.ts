import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { DAY_MS, systemClock } from '../clock.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { MIGRATIONS_FOLDER, migrate } from '../postgres/migrate.ts';
import { openScratch } from '../postgres/scratch-database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { listEventsOf } from './event.rows.ts';
import { listEventMonths } from './event-month.rows.ts';
import { makeEventMonthsOnce } from './make-event-months-once.ts';
import { recordEvent } from './record-event.ts';

type TestGround = ReturnType<typeof testGround>;

async function happen(db: Db, ground: TestGround, subjectId = 'per_awa'): Promise<void> {
  await inTransaction(
    db,
    async (tx) => await recordEvent(tx, ground, { name: 'person.signed-in', subjectId }),
  );
}

/** How many rows each part has, by its name. */
async function places(db: Db): Promise<Record<string, number>> {
  const found = await sql<{
    part: string;
    rows: bigint;
  }>`select tableoid::regclass::text as part, count(*) as rows
    from events group by 1`.execute(db);
  return Object.fromEntries(found.rows.map(({ part, rows }) => [part, Number(rows)]));
}

async function names(db: Db): Promise<string[]> {
  return (await listEventMonths(db)).map(({ table }) => table.replace('public.', ''));
}

test.each(['postgres', 'pglite'] as const)(
  'months are made ahead over the end of a year, once, and what came before has its place, on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    ground.clock.set(new Date('2026-10-31T23:59:59.999Z'));
    await happen(db, ground);
    expect(await places(db)).toEqual({ events_rest: 1 });
    expect(await makeEventMonthsOnce(db, ground, 3)).toBe(3);
    expect(await makeEventMonthsOnce(db, ground, 3)).toBe(0);
    expect(await names(db)).toEqual(['events_until_2026_11', 'events_2026_12', 'events_2027_01']);
    for (const at of ['2026-11-30T23:59:59.999Z', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z']) {
      ground.clock.set(new Date(at));
      await happen(db, ground);
    }
    // A year without anybody who makes months: what comes is kept, and has its place when somebody does.
    ground.clock.set(new Date('2028-02-10T00:00:00.000Z'));
    await happen(db, ground);
    expect(await places(db)).toEqual({
      events_until_2026_11: 2,
      events_2026_12: 1,
      events_2027_01: 1,
      events_rest: 1,
    });
    expect(await makeEventMonthsOnce(db, ground, 2)).toBe(2);
    expect((await names(db)).slice(3)).toEqual(['events_2027_02_to_2028_03', 'events_2028_04']);
    expect(await listEventsOf(db, 'per_awa')).toHaveLength(5);
    for (const table of ['events', 'events_until_2026_11', 'events_2027_02_to_2028_03', 'events_rest']) {
      await expect(sql`truncate ${sql.table(table)}`.execute(db)).rejects.toThrow(/is history/);
    }
    await expect(sql`update events set name = 'a.b'`.execute(db)).rejects.toThrow(/is history/);
    await expect(sql`delete from events_2026_12`.execute(db)).rejects.toThrow(/is history/);
  },
);

test('a maker that dies between its steps stops nobody, and the next one begins again while others write and read', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await happen(db, ground);
  // A name that is taken: the last step fails after the first two.
  await sql`create table events_until_2026_02 ()`.execute(db);
  await expect(makeEventMonthsOnce(db, ground, 1)).rejects.toThrow(/already exists/);
  ground.clock.advance(30 * DAY_MS);
  await happen(db, ground);
  expect(await places(db)).toEqual({ events_rest: 2 });
  await sql`drop table events_until_2026_02`.execute(db);
  let isOver = false;
  const others = Array.from({ length: 4 }, async (_none, lane) => {
    for (let round = 0; !isOver || round < 5; round++) {
      await happen(db, ground, `per_${lane}`);
      expect(await listEventsOf(db, 'per_awa')).toHaveLength(2);
    }
  });
  const made = await Promise.all(
    Array.from({ length: 4 }, async () => await makeEventMonthsOnce(db, ground, 2)),
  );
  isOver = true;
  await Promise.all(others);
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(await names(db)).toEqual(['events_until_2026_03', 'events_2026_04']);
  const checks = await sql`select from pg_constraint where conname = 'events_rest_fits'`.execute(db);
  expect(checks.rows).toEqual([]);
});

test('a version that serves during the upgrade writes and reads on, with the statements that it prepared before', async () => {
  const scratch = await openScratch(inject('postgresUrl'), `events_${process.pid}`);
  onTestFinished(async () => await scratch.close());
  const { db } = scratch;
  await migrate(db, systemClock, MIGRATIONS_FOLDER, '0014-reconciled-days.sql');
  await db.connection().execute(async (old) => {
    await sql`prepare tell as insert into events (id, name, subject_id, facts, occurred_at, recorded_at)
      values ($1, 'person.joined', 'per_awa', '{}', '2026-01-05Z', '2026-01-05Z')`.execute(old);
    await sql`prepare read as select * from events where subject_id = 'per_awa' order by id`.execute(old);
    await sql`prepare newest as select subject_id from events where name = 'person.joined' order by id desc
      limit 500`.execute(old);
    const tell = async (id: string) => await sql`execute tell (${sql.lit(id)})`.execute(old);
    await tell('evt_01kx0000000000000000000001');
    expect((await sql`execute read`.execute(old)).rows).toHaveLength(1);
    await migrate(db, systemClock);
    await tell('evt_01kx0000000000000000000002');
    await expect(tell('evt_01kx0000000000000000000001')).rejects.toThrow(/duplicate key/);
    const ground = testGround();
    expect(await makeEventMonthsOnce(db, ground, 12)).toBe(6);
    await tell('evt_01kx0000000000000000000003');
    expect((await sql`execute read`.execute(old)).rows).toHaveLength(3);
    expect((await sql`execute newest`.execute(old)).rows).toHaveLength(3);
  });
  const rest = await sql`select id from events_rest`.execute(db);
  expect(rest.rows).toEqual([]);
});
