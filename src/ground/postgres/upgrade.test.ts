/**
 * Upgrades a filled database from each earlier schema: what was there is there afterwards, and the books still prove.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { readTrialBalance } from '../ledger/trial-balance.ts';
import { verifyChain } from '../ledger/verify-chain.ts';
import { clonePostgres } from '../testing/fresh-database.ts';
import { countRows } from './copy-rows.ts';
import type { Db, OpenDatabase } from './database.ts';
import { listTables } from './list-tables.ts';
import { countMissingMigrations, MIGRATIONS_FOLDER, migrate } from './migrate.ts';
import { openScratch } from './scratch-database.ts';

const FILLED = new URL('./testing/', import.meta.url);
const MIGRATIONS = readdirSync(MIGRATIONS_FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .toSorted();

/** An empty database, without any table. */
async function emptyDatabase(name: string): Promise<OpenDatabase> {
  const scratch = await openScratch(inject('postgresUrl'), `u_${name}_${process.pid}`);
  onTestFinished(async () => await scratch.close());
  return scratch;
}

/** What people had in it right after this migration; a migration without new tables need not have any. */
async function fill(db: Db, migration: string): Promise<void> {
  const texts = readdirSync(FILLED).filter((name) => name === migration);
  for (const name of texts) {
    for (const statement of readFileSync(new URL(name, FILLED), 'utf8').split(/^--;;$/m)) {
      await sql.raw(statement).execute(db);
    }
  }
}

async function counted(db: Db): Promise<Record<string, bigint>> {
  const counts: Record<string, bigint> = {};
  for (const table of await listTables(db)) counts[table.name] = await countRows(db, table);
  return counts;
}

test.each(MIGRATIONS.map((name, place) => [name, place] as const))(
  'from %s to the newest',
  async (last, place) => {
    const { db } = await emptyDatabase(String(place));
    for (const name of MIGRATIONS.slice(0, place + 1)) {
      await migrate(db, systemClock, MIGRATIONS_FOLDER, name);
      await fill(db, name);
    }
    const before = await counted(db);
    expect(before.transfers).toBe(2n);
    if (last >= '0006-tontine.sql') expect(Number(before.memberships)).toBe(2);
    const ran = await migrate(db, systemClock);
    expect(ran).toEqual(MIGRATIONS.filter((name) => name > last));
    expect(await countMissingMigrations(db)).toBe(0);
    const { alert_rules: rules, ...rows } = await counted(db);
    const { alert_rules: rulesBefore = 0n, ...rowsBefore } = before;
    expect(rows).toMatchObject(rowsBefore);
    // New kinds of alarms come with their figures.
    expect(rules).toBeGreaterThanOrEqual(rulesBefore);
    expect((await readTrialBalance(db)).balanced).toBe(true);
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 2n });
    const unfound = await sql`select id from payments where state <> 'succeeded'
      except select payment_id from payments_not_succeeded`.execute(db);
    expect(unfound.rows).toEqual([]);
    // A type's check stays unproven: PostgreSQL would let nobody write meanwhile (decision 0072).
    const unproven = await sql<{ name: string }>`select conname as name from pg_constraint
      where not convalidated and contypid = 0`.execute(db);
    expect(unproven.rows).toEqual([]);
  },
);

test('each migration that makes tables left rows in them to be upgraded', () => {
  const makesTables = (name: string) =>
    /^create table /m.test(readFileSync(join(MIGRATIONS_FOLDER, name), 'utf8'));
  const filled = readdirSync(FILLED);
  expect(MIGRATIONS.filter(makesTables).filter((name) => !filled.includes(name))).toEqual([]);
});

test('a migration waits for a lock only for a moment, lets others go on, and comes again', async () => {
  const clone = await clonePostgres();
  onTestFinished(clone.drop);
  const folder = await folderWith({
    '9998-column.sql': 'alter table sms_days add column told int;\n',
    '9999-index.sql':
      '-- outside a transaction\ncreate index concurrently if not exists sms_days_told on sms_days (told);\n',
  });

  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reader = clone.db.transaction().execute(async (tx) => {
    await sql`select 1 from sms_days`.execute(tx);
    await held;
  });
  const migrating = migrate(clone.db, systemClock, folder);
  // Behind a migration that waits, this would wait as long as the reader does.
  await clone.db.insertInto('sms_days').values({ day: '2026-01-05', sent: 1 }).execute();
  release();
  await reader;
  expect(await migrating).toEqual(['9998-column.sql', '9999-index.sql']);
  expect(await migrate(clone.db, systemClock, folder)).toEqual([]);
});

test('a migration and an act that wait for each other: the migration gives way and comes again', async () => {
  const clone = await clonePostgres();
  onTestFinished(clone.drop);
  const folder = await folderWith({
    '9998-both.sql':
      'alter table sms_days add column told int;\n--;;\nalter table people add column told int;\n',
  });
  let migrating: Promise<string[]> | undefined;
  await clone.db.transaction().execute(async (act) => {
    await sql`select 1 from people`.execute(act);
    migrating = migrate(clone.db, systemClock, folder);
    // It has the first table and waits for the second one: now the act wants the first one too.
    let isBehind = false;
    while (!isBehind) isBehind = await isWaiting(clone.db);
    await act.insertInto('sms_days').values({ day: '2026-01-05', sent: 1 }).execute();
  });
  expect(await migrating).toEqual(['9998-both.sql']);
  const { rows } = await sql`select sent from sms_days`.execute(clone.db);
  expect(rows).toEqual([{ sent: 1 }]);
});

async function isWaiting(db: Db): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock' and query like '%alter table people%'`.execute(db);
  return rows.length > 0;
}

/** All migrations, and these behind them. */
async function folderWith(added: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tontine-migrations-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  for (const name of MIGRATIONS) {
    await writeFile(join(folder, name), readFileSync(join(MIGRATIONS_FOLDER, name)));
  }
  for (const [name, text] of Object.entries(added)) await writeFile(join(folder, name), text);
  return folder;
}
