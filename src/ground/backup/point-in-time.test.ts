/**
 * Tells how books are brought back to the moment before a mistake, with the very settings that `docs/BACKUP.md` gives:
 * PostgreSQL archives its write-ahead log, the machine is lost, and the copy of the start plus the log give the rest.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { openAll, post, transfer } from '../ledger/testing/ledger-fixture.ts';
import { readTrialBalance } from '../ledger/trial-balance.ts';
import { verifyChain } from '../ledger/verify-chain.ts';
import { type Db, openPostgres } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { testGround } from '../testing/fresh-database.ts';
import { type Launched, prepareServer, serversFolder } from '../testing/postgres-server.ts';

const GUIDE = readFileSync(new URL('../../../docs/BACKUP.md', import.meta.url), 'utf8');

/** The value that the guide gives to a setting, with a folder of the test in the place of the guide's. */
function told(name: string, archive: string): string {
  const value = new RegExp(`^${name} = '(.*)'$`, 'm').exec(GUIDE)?.[1];
  expect(value, `${name} in docs/BACKUP.md`).toContain('/var/backups/wal/');
  return (value ?? '').replaceAll('/var/backups/wal', archive);
}

async function opened(server: Launched): Promise<Db> {
  const open = openPostgres(server.url, { onError: () => undefined });
  onTestFinished(async () => await open.close());
  return open.db;
}

/** What `pg_basebackup` does, which the embedded server does not have: a copy between two marks. */
async function copyOf(server: Launched, db: Db, target: string): Promise<void> {
  // Both marks must come from one session.
  await db.connection().execute(async (one) => {
    await sql`select pg_backup_start('test', true)`.execute(one);
    execFileSync('cp', ['-a', server.folder, target]);
    const mark = await sql<{ labelfile: string }>`select labelfile from pg_backup_stop(false)`.execute(one);
    writeForServer(join(target, 'backup_label'), mark.rows[0]?.labelfile ?? '');
  });
  rmSync(join(target, 'postmaster.pid'), { force: true });
}

/** As root, a test writes as somebody else than the server, which takes these files away when it is done. */
function writeForServer(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o666);
}

test('the moment before a mistake is had back from a copy and the archived log', {
  timeout: 120_000,
}, async () => {
  const parent = serversFolder();
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const archive = join(parent, 'wal');
  mkdirSync(archive);
  chmodSync(archive, 0o777);
  const archiving = [
    'wal_level=replica',
    'archive_mode=on',
    `archive_command=${told('archive_command', archive)}`,
  ];
  const lost = await prepareServer(parent, 'lost', archiving);
  const found = await prepareServer(parent, 'found');
  onTestFinished(async () => await found.pause());
  await lost.initialise();
  await lost.start();
  const books = await opened(lost);
  await migrate(books, systemClock);
  const ground = testGround();
  await openAll(books, ground);
  await post(books, ground, transfer(ground.ids.uuid(), { amount: 5_000n }));
  await copyOf(lost, books, found.folder);

  await post(books, ground, transfer(ground.ids.uuid(), { amount: 700n }));
  await sql`select pg_create_restore_point('before the mistake')`.execute(books);
  await post(books, ground, transfer(ground.ids.uuid(), { amount: 999n }));
  await sql`select pg_switch_wal()`.execute(books);
  // A tidy end archives what is left; then the machine is gone for good.
  await lost.pause();
  rmSync(lost.folder, { recursive: true });

  const recovery = [
    `restore_command = '${told('restore_command', archive)}'`,
    "recovery_target_name = 'before the mistake'",
    "recovery_target_action = 'promote'",
  ];
  appendFileSync(join(found.folder, 'postgresql.auto.conf'), `${recovery.join('\n')}\n`);
  writeForServer(join(found.folder, 'recovery.signal'), '');
  await found.start();
  const again = await opened(found);
  expect(await verifyChain(again)).toMatchObject({ ok: true, rows: 2n });
  expect((await readTrialBalance(again)).balanced).toBe(true);
});
