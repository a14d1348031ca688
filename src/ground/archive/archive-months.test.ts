import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BackupStore, folderStore } from '../backup/backup-store.ts';
import { makeBackupKeys, unsealed } from '../backup/seal.ts';
import { DAY_MS } from '../clock.ts';
import { listEventsOf } from '../events/event.rows.ts';
import { makeEventMonthsOnce } from '../events/make-event-months-once.ts';
import { recordEvent } from '../events/record-event.ts';
import { AWA, openAll, post, transfer } from '../ledger/testing/ledger-fixture.ts';
import { verifyChain } from '../ledger/verify-chain.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { archiveMonthsOnce } from './archive-months-once.ts';
import { dropEventMonthsOnce, type EventRetention } from './drop-event-months-once.ts';
import { listArchivedMonths, listDroppedSince, type MonthKind } from './month-archive.rows.ts';
import type { ArchivePlace } from './write-archive.ts';

type TestGround = ReturnType<typeof testGround>;

let folder: string;
let identity: string;
let place: ArchivePlace;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tontine-months-'));
  const keys = await makeBackupKeys();
  identity = keys.identity;
  place = { store: folderStore(folder), recipients: [keys.recipient] };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const KEEP_3: EventRetention = { keepMonths: 3, oldestOpen: async () => undefined };

async function happen(db: Db, ground: TestGround, at: string): Promise<void> {
  ground.clock.set(new Date(at));
  await inTransaction(
    db,
    async (tx) => await recordEvent(tx, ground, { name: 'pin.changed', subjectId: 'per_awa', facts: { at } }),
  );
}

async function openFile(name: string): Promise<Record<string, unknown>[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of await unsealed(await place.store.get(name), identity))
    chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function archived(db: Db, kind: MonthKind): Promise<(string | bigint | boolean)[][]> {
  const months = await listArchivedMonths(db, kind);
  return months.map(({ file, rows, isDropped }) => [file.slice(0, 20), rows, isDropped]);
}

/** A store that fails where a process could have died. */
function dying(at: 'in the middle' | 'before reading'): BackupStore {
  const { store } = place;
  const died = async (): Promise<never> => await Promise.reject(new Error('died'));
  if (at === 'before reading') return { ...store, get: died };
  return {
    ...store,
    put: async (name, from) => {
      let bytes = 0;
      const cut = from.map((chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > 0) throw new Error('died');
        return chunk;
      });
      return await store.put(name, cut);
    },
  };
}

test.each(['postgres', 'pglite'] as const)(
  'a month of events is archived, compared, and dropped when the host says so, whoever dies in between, on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    await happen(db, ground, '2026-01-05T08:00:00Z');
    await makeEventMonthsOnce(db, ground, 12);
    await happen(db, ground, '2026-03-01T00:00:00Z');
    await happen(db, ground, '2026-03-31T23:59:59.999Z');
    await happen(db, ground, '2026-04-01T00:00:00Z');
    const all = await listEventsOf(db, 'per_awa');
    ground.clock.set(new Date('2026-04-30T00:00:00Z'));
    const archive = async (to = place) => await archiveMonthsOnce(db, ground, to);
    const drop = async (retention = KEEP_3, from = place) =>
      await dropEventMonthsOnce(db, ground, from, retention);

    for (const at of ['in the middle', 'before reading'] as const) {
      await expect(archive({ ...place, store: dying(at) })).rejects.toThrow(/died/);
      expect(await archived(db, 'events')).toEqual([]);
    }
    await sql`alter table month_archives add constraint died check (rows < 0) not valid`.execute(db);
    await expect(archive()).rejects.toThrow(/died/);
    await sql`alter table month_archives drop constraint died`.execute(db);
    expect(await archive()).toBe(1);
    expect(await archive()).toBe(0);
    ground.clock.set(new Date('2026-05-02T00:00:00Z'));
    expect(await archive()).toBe(1);
    expect(await archived(db, 'events')).toEqual([
      ['events-until-2026-02', 1n, false],
      ['events-2026-03-evt_0', 2n, false],
    ]);
    const files = readdirSync(folder).toSorted();
    expect(files).toHaveLength(2);
    expect((await openFile(files[0] ?? '')).map(({ id }) => id)).toEqual(all.slice(1, 3).map(({ id }) => id));
    expect((await openFile(files[1] ?? ''))[0]).toMatchObject({
      facts: { at: '2026-01-05T08:00:00Z' },
      name: 'pin.changed',
    });

    // Not yet three whole months ago; then something is open that began in it; then it goes.
    expect(await drop()).toBe(0);
    ground.clock.set(new Date('2026-06-01T00:00:00Z'));
    expect(await drop({ ...KEEP_3, oldestOpen: async () => new Date('2026-02-28T23:00:00Z') })).toBe(0);
    expect(await listEventsOf(db, 'per_awa')).toEqual(all);
    expect(await drop({ ...KEEP_3, oldestOpen: async () => new Date('2026-03-01T00:00:00Z') })).toBe(1);
    expect(await drop()).toBe(0);
    expect(await listEventsOf(db, 'per_awa')).toEqual(all.slice(1));
    expect(await listDroppedSince(db, new Date('2026-02-28T00:00:00Z'))).toMatchObject([{ file: files[1] }]);
    expect(await listDroppedSince(db, new Date('2026-03-01T00:00:00Z'))).toEqual([]);
  },
);

test('events whose file is changed, gone, or older than their rows are archived anew before they go', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await happen(db, ground, '2026-01-05T08:00:00Z');
  await makeEventMonthsOnce(db, ground, 12);
  ground.clock.set(new Date('2026-06-01T00:00:00Z'));
  const drop = async () => await dropEventMonthsOnce(db, ground, place, KEEP_3);
  expect(await drop()).toBe(0);
  expect(await archiveMonthsOnce(db, ground, place)).toBe(1);
  const [file = ''] = readdirSync(folder);
  appendFileSync(join(folder, file), 'x');
  expect(await drop()).toBe(0);
  rmSync(join(folder, file));
  expect(await drop()).toBe(0);
  await happen(db, ground, '2026-01-06T08:00:00Z');
  ground.clock.set(new Date('2026-06-01T00:00:00Z'));
  expect(await drop()).toBe(0);
  expect(await listEventsOf(db, 'per_awa')).toHaveLength(2);
  expect(await archived(db, 'events')).toEqual([['events-until-2026-02', 2n, false]]);

  // Somebody reads the month meanwhile: it goes when they are done.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reading = new Promise<void>((isReading) => {
    void db.transaction().execute(async (tx) => {
      await listEventsOf(tx, 'per_awa');
      isReading();
      await held;
    });
  });
  await reading;
  const dropping = drop();
  release();
  expect(await dropping).toBe(1);
  expect(await listEventsOf(db, 'per_awa')).toEqual([]);
  expect(await archived(db, 'events')).toEqual([['events-until-2026-02', 2n, true]]);
});

test('a month of the journal is checked against the chain, archived and frozen, and answers as before', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const old = transfer(ground.ids.uuid());
  const late = transfer(ground.ids.uuid());
  await post(db, ground, old);
  ground.clock.advance(30 * DAY_MS);
  await post(db, ground, transfer(ground.ids.uuid()));
  await post(db, ground, late);
  ground.clock.advance(396 * DAY_MS);
  expect(await archiveMonthsOnce(db, ground, place)).toBe(0);
  ground.clock.advance(5 * DAY_MS);
  await sql`alter table transfers disable trigger user`.execute(db);
  await sql`update transfers set amount = amount + 1 where id = ${late.id}::uuid`.execute(db);
  await expect(archiveMonthsOnce(db, ground, place)).rejects.toThrow(/broken at 3/);
  await sql`update transfers set amount = amount - 1 where id = ${late.id}::uuid`.execute(db);
  await sql`alter table transfers enable trigger user`.execute(db);
  expect(await archived(db, 'journal')).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);

  expect(await archiveMonthsOnce(db, ground, place)).toBe(1);
  expect(await archiveMonthsOnce(db, ground, place)).toBe(0);
  expect(readdirSync(folder)).toEqual(['journal-2026-01-1-3.jsonl.age']);
  expect(await openFile('journal-2026-01-1-3.jsonl.age')).toMatchObject([
    { seq: '1', id: old.id, credit: AWA },
    { seq: '3', id: late.id, link: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  const pages = await sql<{ rest: number }>`select relpages - relallvisible as rest from pg_class
    where relname = 'transfers_2026_01'`.execute(db);
  expect(pages.rows).toEqual([{ rest: 0 }]);
  expect(await post(db, ground, old)).toEqual(['exists']);
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 3n });
  expect(await dropEventMonthsOnce(db, ground, place, KEEP_3)).toBe(0);
});
