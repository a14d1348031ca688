import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { deriveKey } from '../keys.ts';
import { AWA, FLOAT, KOFI, openAll, post, transfer } from '../ledger/testing/ledger-fixture.ts';
import type { Db, Engine } from '../postgres/database.ts';
import { openPglite } from '../postgres/database.ts';
import { listTables } from '../postgres/list-tables.ts';
import { openScratch } from '../postgres/scratch-database.ts';
import { clonePostgres, freshDatabase, testGround } from '../testing/fresh-database.ts';
import { folderStore } from './backup-store.ts';
import { drillRestore, findDrill } from './drill-restore.ts';
import { makeBackup } from './make-backup.ts';
import { type Manifest, manifestName } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { makeBackupKeys } from './seal.ts';

const KEY = deriveKey('a secret of a test', 'backup');
let keys: Awaited<ReturnType<typeof makeBackupKeys>>;
/** Books that nobody changes, and their backup. */
let books: Awaited<ReturnType<typeof clonePostgres>>;
let original: { readonly folder: string; readonly manifest: Manifest };
beforeAll(async () => {
  keys = await makeBackupKeys();
  books = await clonePostgres();
  await fill(books.db);
  const folder = mkdtempSync(join(tmpdir(), 'tontine-backup-'));
  original = { folder, manifest: (await backUp(books.db, folderStore(folder))).manifest };
});
afterAll(async () => {
  rmSync(original.folder, { recursive: true, force: true });
  await books.drop();
});

function shelf() {
  const folder = mkdtempSync(join(tmpdir(), 'tontine-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, store: folderStore(folder) };
}

/** A shelf with a copy of the backup on it. */
function originalShelf() {
  const copy = shelf();
  cpSync(original.folder, copy.folder, { recursive: true });
  return { ...copy, manifest: original.manifest };
}

/** Books with everything that a ledger can hold: holds open and resolved, a refusal, texts with quotes and commas. */
async function fill(db: Db): Promise<void> {
  const ground = testGround();
  await openAll(db, ground);
  const [hold, open] = [ground.ids.uuid(), ground.ids.uuid()];
  const codes = await post(
    db,
    ground,
    transfer(ground.ids.uuid(), { amount: 5_000n, reference: 'a "quoted", (odd) \\ text – é' }),
    transfer(hold, { kind: 'pending', debit: AWA, credit: FLOAT, amount: 700n }),
    transfer(ground.ids.uuid(), { kind: 'post', pendingId: hold, debit: AWA, credit: FLOAT, amount: 700n }),
    transfer(open, { kind: 'pending', debit: AWA, credit: KOFI, amount: 300n }),
    transfer(ground.ids.uuid(), { debit: KOFI, credit: AWA, amount: 1n }),
  );
  expect(codes.slice(0, 4)).toEqual(['posted', 'posted', 'posted', 'posted']);
  expect(codes[4]).not.toBe('posted');
}

/** Every row of every table, as text. */
async function everything(db: Db): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name } of await listTables(db)) {
    const rows = await sql<{
      line: string;
    }>`select t::text as line from ${sql.table(name)} t order by 1`.execute(db);
    all[name] = rows.rows.map(({ line }) => line);
  }
  return all;
}

async function backUp(db: Db, store = shelf().store) {
  const manifest = await makeBackup(db, {
    store,
    recipients: [keys.recipient],
    key: KEY,
    clock: systemClock,
  });
  return { store, manifest };
}

async function emptyDatabase(): Promise<Db> {
  const { url, drop } = await clonePostgres();
  const scratch = await openScratch(url, `r_${url.split('/t_')[1] ?? ''}`);
  onTestFinished(async () => {
    await scratch.close();
    await drop();
  });
  return scratch.db;
}

test.each<[Engine, Engine]>([
  ['postgres', 'postgres'],
  ['postgres', 'pglite'],
  ['pglite', 'postgres'],
])('what was backed up on %s is there again on %s, to the byte', async (from, to) => {
  const { db } = await freshDatabase(from);
  await fill(db);
  const { store, manifest } = await backUp(db);
  const lite = to === 'pglite' ? await openPglite(undefined) : undefined;
  if (lite !== undefined) onTestFinished(async () => await lite.close());
  const target = lite?.db ?? (await emptyDatabase());
  const options = { store, name: manifest.name, identity: keys.identity, key: KEY, clock: systemClock };
  await restoreBackup(target, options);
  expect(await everything(target)).toEqual(await everything(db));

  // The copy is alive: numbers go on, history is closed again, and it can be backed up itself.
  const ground = testGround('later');
  ground.clock.advance(60_000);
  expect(await post(target, ground, transfer(ground.ids.uuid(), { amount: 1n }))).toEqual(['posted']);
  await expect(sql`delete from transfers`.execute(target)).rejects.toThrow('the ledger is history');
  expect((await backUp(target)).manifest.seq).toBe(String(BigInt(manifest.seq) + 1n));
  await expect(restoreBackup(target, options)).rejects.toThrow(/into an empty database only/);
});

test('a backup shows nothing to whoever has no identity, and is for its owner only', async () => {
  const { folder, store, manifest } = originalShelf();
  const bytes = readFileSync(join(folder, manifest.name));
  expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  expect(bytes.includes('quoted')).toBe(false);
  for (const name of readdirSync(folder)) {
    expect((statSync(join(folder, name)).mode & 0o777).toString(8), name).toBe('600');
  }
  const other = await makeBackupKeys();
  const target = await emptyDatabase();
  const options = { store, name: manifest.name, identity: other.identity, key: KEY, clock: systemClock };
  await expect(restoreBackup(target, options)).rejects.toThrow(/no identity matched/i);
});

test.each<[string, (path: string, manifest: string) => void, RegExp]>([
  ['cut off', (path) => truncateSync(path, 300), /cut off: 300 of \d+ bytes/],
  ['changed in one byte', (path) => flip(path), /its hash differs/],
  ['gone', (path) => rmSync(path), /there is no backup .*--list/],
  ['without its manifest', (_path, manifest) => rmSync(manifest), /\.json is missing beside/],
  ['with half a manifest', (_path, manifest) => truncateSync(manifest, 90), /manifest .* cannot be read/],
  [
    'told about falsely',
    (_path, manifest) => replaceIn(manifest, /"seq": "4"/, '"seq": "3"'),
    /seal .* is not ours/,
  ],
])('a backup that is %s is refused, and nothing is there', async (_what, harm, words) => {
  const { folder, store, manifest } = originalShelf();
  harm(join(folder, manifest.name), join(folder, manifestName(manifest.name)));
  const drill = await drillRestore({
    store,
    name: manifest.name,
    identity: keys.identity,
    key: KEY,
    clock: systemClock,
    chance: testGround().chance,
    serverUrl: inject('postgresUrl'),
  });
  expect(drill.proven).toBe(false);
  expect(drill.seen).toMatch(words);
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const place = bytes.length - 40;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

function replaceIn(path: string, what: RegExp, by: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(what);
  writeFileSync(path, text.replace(what, by));
}

test('somebody else’s backup under our name is refused, though it opens', async () => {
  const { store, manifest } = originalShelf();
  const options = { store, name: manifest.name, identity: keys.identity, clock: systemClock };
  const target = books.db;
  const foreign = deriveKey('another secret', 'backup');
  await expect(restoreBackup(target, { ...options, key: foreign })).rejects.toThrow(/is not ours/);
});

test('a drill proves the newest backup on the server and leaves no database behind', async () => {
  const { db, url } = books;
  const { store, manifest } = originalShelf();
  const ground = testGround();
  const report = await drillRestore({ store, identity: keys.identity, key: KEY, ...ground, serverUrl: url });
  expect(report).toMatchObject({ name: manifest.name, proven: true });
  expect(report.seen).toContain("the journal's 4 transfers replayed");
  expect(await findDrill(store, manifest.name)).toEqual(report);
  const left = await sql`select 1 from pg_database where datname like 'tontine_drill_%'`.execute(db);
  expect(left.rows).toEqual([]);
});

test('books that were changed behind the ledger’s back do not pass a drill', async () => {
  const { db } = await freshDatabase();
  await fill(db);
  await sql`alter table accounts disable trigger user`.execute(db);
  await sql`update accounts set credits_posted = credits_posted + 1 where id = ${AWA}`.execute(db);
  const { store } = await backUp(db);
  const report = await drillRestore({
    store,
    identity: keys.identity,
    key: KEY,
    serverUrl: inject('postgresUrl'),
    ...testGround(),
  });
  expect(report).toMatchObject({ proven: false });
  expect(report.seen).toContain('do not balance');
});

test('a drill without a backup says so', async () => {
  const { store } = shelf();
  const drill = drillRestore({
    store,
    identity: keys.identity,
    key: KEY,
    serverUrl: inject('postgresUrl'),
    ...testGround(),
  });
  await expect(drill).rejects.toThrow('there is no backup');
});

test('what is posted while a backup is made is in it whole, or not at all', async () => {
  const { db } = await freshDatabase();
  await fill(db);
  const ground = testGround('meanwhile');
  ground.clock.advance(60_000);
  const busy = (async () => {
    for (let turn = 0; turn < 40; turn++) await post(db, ground, transfer(ground.ids.uuid(), { amount: 1n }));
  })();
  const { store } = await backUp(db);
  await busy;
  const report = await drillRestore({
    store,
    identity: keys.identity,
    key: KEY,
    serverUrl: inject('postgresUrl'),
    ...testGround(),
  });
  expect(report.seen).toContain('transfers replayed');
});
