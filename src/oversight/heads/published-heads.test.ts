import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { folderStore } from '../../ground/backup/backup-store.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { deriveKey } from '../../ground/keys.ts';
import { GENESIS, linkAfter } from '../../ground/ledger/chain.ts';
import { openAll, post, transfer } from '../../ground/ledger/testing/ledger-fixture.ts';
import { listChain } from '../../ground/ledger/transfer.rows.ts';
import { verifyChain } from '../../ground/ledger/verify-chain.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { listOpenAlerts } from '../alerts/alert.rows.ts';
import { recordAct } from '../audit/record-act.ts';
import { openOffice } from '../testing/office.ts';
import { checkHeads, DAYS_CHECKED } from './check-heads.ts';
import { findLastPublication } from './head-publication.rows.ts';
import { openHeadShelf, superfluousHeads } from './head-shelf.ts';
import { publishHeadOnce, restartHeads } from './publish-head-once.ts';
import { headSigner, nameAt } from './published-head.ts';

const SIGNER = headSigner(deriveKey('a secret of a test', 'published-head'));

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tontine-heads-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
}

async function publishing() {
  const { db } = await freshDatabase();
  const ground = testGround();
  const office = await openOffice({ db, ground });
  await openAll(db, ground);
  const folder = await ownFolder();
  const shelf = openHeadShelf(folderStore(folder), SIGNER);
  const move = async () => await post(db, ground, transfer(ground.ids.uuid()));
  const publish = async () => {
    ground.clock.advance(MINUTE_MS);
    return await publishHeadOnce(db, ground, shelf, []);
  };
  const check = async () => await checkHeads(db, shelf, DAYS_CHECKED);
  const alarms = async () =>
    (await listOpenAlerts(db)).map(({ rule, subject, measured }) => [rule, subject, measured]);
  const act = async () =>
    await inTransaction(db, async (tx) => {
      await recordAct(tx, ground, office.admin, { act: 'trail.exported', subjectId: 'trail' });
    });
  return { db, ground, folder, shelf, move, publish, check, alarms, act };
}
type Publishing = Awaited<ReturnType<typeof publishing>>;

/** What a patient thief with all rights would do: change one row, then every link after it, and the end. */
async function rewriteAll(db: Publishing['db']): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update transfers set amount = amount + 1 where seq = 2`.execute(tx);
    let head = GENESIS;
    const rows = await listChain(tx, { seq: 0n, id: '00000000-0000-0000-0000-000000000000' as never }, 100);
    for (const row of rows) {
      head = linkAfter(head, row);
      await sql`update transfers set link = decode(${head}, 'hex') where seq = ${row.seq}::bigint`.execute(
        tx,
      );
    }
    await sql`update fences set head = decode(${head}, 'hex')`.execute(tx);
  });
}

test('books that move are published, books that stand still once an hour', async () => {
  const { db, ground, move, publish, check, act } = await publishing();
  expect(await findLastPublication(db)).toBeUndefined();
  await move();
  expect([await publish(), await publish()]).toEqual([1, 0]);
  await act();
  expect(await publish()).toBe(1);
  expect(await findLastPublication(db)).toEqual(ground.clock.now());
  ground.clock.advance(HOUR_MS);
  expect(await publish()).toBe(1);
  await move();
  expect(await check()).toMatchObject({ ok: true, checked: 1, newestAt: ground.clock.now() });
});

test('a ledger that was rewritten to its end agrees with itself, and not with what was published', async () => {
  const { db, ground, move, publish, check, alarms, shelf } = await publishing();
  for (let row = 0; row < 3; row += 1) await move();
  await publish();
  await rewriteAll(db);
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 3n });
  const conviction = { chain: 'ledger', seq: 3n, reason: 'differs', name: nameAt(ground.clock.now()) };
  expect(await check()).toEqual({ ok: false, conviction });
  await move();
  expect([await publish(), await publish()]).toEqual([0, 0]);
  expect(await alarms()).toEqual([['head-differs', 'ledger', 'nº 3, differs']]);
  expect((await shelf.list(9)).length).toBe(1);
});

test('books that went back to an older copy are found, until somebody says in public that they were restored', async () => {
  const { ground, move, publish, check, shelf } = await publishing();
  const older = await publishing();
  await move();
  await move();
  await publish();
  const restored = {
    ...older,
    shelf,
    publish: async () => await publishHeadOnce(older.db, ground, shelf, []),
  };
  await older.move();
  expect(await checkHeads(older.db, shelf, 9)).toMatchObject({
    ok: false,
    conviction: { chain: 'ledger', seq: 2n, reason: 'missing' },
  });
  expect(await restored.publish()).toBe(0);
  ground.clock.advance(MINUTE_MS);
  const facts = await restartHeads(older.db, ground, shelf, 'restored the night’s backup');
  expect(facts).toMatchObject({ ledger: { seq: '1' }, restart: 'restored the night’s backup' });
  expect(await checkHeads(older.db, shelf, 9)).toMatchObject({ ok: true, checked: 1 });
  older.ground.clock.advance(HOUR_MS);
  await older.move();
  ground.clock.advance(MINUTE_MS);
  expect(await restored.publish()).toBe(1);
  // The books that were put away do not agree with it any more, and nobody can bring them back unseen.
  expect(await check()).toMatchObject({ ok: false });
});

test('an auditor checks a head with a script that has nothing of ours', async () => {
  const { folder, ground, move, publish, shelf } = await publishing();
  await move();
  await publish();
  const run = (key: string): string =>
    execFileSync(process.execPath, ['docs/verify-head.mjs', join(folder, nameAt(ground.clock.now())), key], {
      encoding: 'utf8',
    });
  expect(run(shelf.publicKey)).toMatch(/^OK: ledger nº 1 [0-9a-f]{64}\n$/);
  expect(run(headSigner(new Uint8Array(32)).publicKey)).toBe('WRONG: not signed by this key\n');
});

test('a trail that lost its end is found as well', async () => {
  const { db, act, publish, check } = await publishing();
  await act();
  await act();
  await publish();
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`delete from audit_entries where seq = 2`.execute(tx);
  });
  expect(await check()).toMatchObject({
    ok: false,
    conviction: { chain: 'trail', seq: 2n, reason: 'missing' },
  });
});

test.each([
  ['a changed number', (text: string) => text.replace('"seq":"1"', '"seq":"0"')],
  ['a changed reason', (text: string) => text.replace('"format":1', '"format":1,"restart":"because"')],
  ['a file that was cut off', (text: string) => text.slice(0, 100)],
  ['a head of another installation', () => headSigner(new Uint8Array(32)).write(SAMPLE)],
])('a published head with %s is not ours', async (_name, change) => {
  const { folder, ground, move, publish, check, alarms } = await publishing();
  await move();
  await publish();
  const file = join(folder, nameAt(ground.clock.now()));
  await writeFile(file, change(await readFile(file, 'utf8')));
  expect(await check()).toMatchObject({ ok: false, conviction: { reason: 'not-ours' } });
  expect(await publish()).toBe(0);
  expect(await alarms()).toMatchObject([['head-differs', 'ledger', 'nº 0, not-ours']]);
});

const SAMPLE = {
  format: 1 as const,
  publishedAt: '2026-01-05T08:00:00.000Z',
  ledger: { seq: '1', head: 'a'.repeat(64) },
  trail: { seq: '0', head: '0'.repeat(64) },
};

test('of older days the last head stays, and a restart stays for ever', async () => {
  const now = new Date('2026-01-10T12:00:00Z');
  const at = (days: number, hours: number, ending = '') =>
    nameAt(new Date(now.getTime() - days * DAY_MS - hours * HOUR_MS), ending);
  const names = [at(0, 0), at(0, 1), at(1, 0), at(4, 0), at(4, 1), at(4, 2, '-restart'), at(4, 3)];
  expect(superfluousHeads(names, now)).toEqual([at(4, 1), at(4, 3)]);
  const shelf = openHeadShelf(folderStore(await ownFolder()), SIGNER);
  const store = folderStore(shelf.place);
  for (const name of [...names, 'books-20260105T080000Z.tontine.age'])
    await store.put(name, Readable.from([Buffer.from(SIGNER.write(SAMPLE))]));
  expect(await shelf.thin(now)).toBe(2);
  expect((await shelf.list(9)).map(({ name }) => name)).toEqual([at(0, 0), at(1, 0), at(4, 0)]);
});
