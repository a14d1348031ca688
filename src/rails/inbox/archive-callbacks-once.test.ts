import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderStore } from '../../ground/backup/backup-store.ts';
import { makeBackupKeys, unsealed } from '../../ground/backup/seal.ts';
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { archiveCallbacksOnce, type CallbackArchive } from './archive-callbacks-once.ts';
import { insertCallbacks } from './arriving-callback.rows.ts';
import { findCallbackByFingerprint, markCallbackDone } from './provider-callback.rows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tontine-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function receive(db: Db, text: string, at: Date, state: 'applied' | 'ignored' | undefined) {
  const fingerprint = createHash('sha256').update(text).digest('hex');
  return await inTransaction(db, async (tx) => {
    const [seen] = await insertCallbacks(tx, [
      {
        id: `cbk_${text.replaceAll(' ', '')}`,
        provider: 'getmipay',
        environment: 'sandbox',
        fingerprint,
        body: Buffer.from(text),
        contentType: 'application/json',
        verdict: { verdict: 'verified', secret: 'current' },
        paymentId: undefined,
        receivedAt: at,
      },
    ]);
    const row = await findCallbackByFingerprint(tx, fingerprint);
    if (state !== undefined) await markCallbackDone(tx, row?.id ?? '', state, undefined, at);
    return seen;
  });
}

async function rowsOf(db: Db) {
  const rows = await db.selectFrom('provider_callbacks').selectAll().orderBy('id').execute();
  return rows.map(({ id, state, body, archived_in }) => [id, state, body !== null, archived_in !== null]);
}

test('old bytes go into a sealed file and out of the database; the callback stays the same one', async () => {
  const { db } = await freshDatabase();
  const { clock } = testGround();
  const { identity, recipient } = await makeBackupKeys();
  const archive: CallbackArchive = { store: folderStore(folder), recipients: [recipient], keepMonths: 3 };
  const [old, fresh] = [after(clock.now(), -200 * DAY_MS), after(clock.now(), -20 * DAY_MS)];
  await receive(db, 'a old', old, 'applied');
  await receive(db, 'b old', after(old, 1), 'ignored');
  await receive(db, 'c open', after(old, 2), undefined);
  await receive(db, 'd fresh', fresh, 'applied');

  expect(await archiveCallbacksOnce(db, { clock }, archive, 1)).toBe(1);
  expect(await archiveCallbacksOnce(db, { clock }, archive, 100)).toBe(1);
  expect(await archiveCallbacksOnce(db, { clock }, archive, 100)).toBe(0);
  expect(await rowsOf(db)).toEqual([
    ['cbk_aold', 'applied', false, true],
    ['cbk_bold', 'ignored', false, true],
    ['cbk_copen', 'received', true, false],
    ['cbk_dfresh', 'applied', true, false],
  ]);
  expect(readdirSync(folder)).toHaveLength(2);
  const [name = ''] = readdirSync(folder);
  const chunks: Buffer[] = [];
  for await (const chunk of await unsealed(await archive.store.get(name), identity))
    chunks.push(chunk as Buffer);
  const line = JSON.parse(Buffer.concat(chunks).toString()) as { id: string; body: string };
  expect([line.id, Buffer.from(line.body, 'base64').toString()]).toEqual(['cbk_aold', 'a old']);

  // Bytes that come again are a fresh hint: they bring themselves, and open what led to nothing.
  expect(await receive(db, 'b old', clock.now(), undefined)).toBe('again');
  expect(await receive(db, 'a old', clock.now(), undefined)).toBe('again');
  expect((await rowsOf(db)).slice(0, 2)).toEqual([
    ['cbk_aold', 'applied', false, true],
    ['cbk_bold', 'received', true, false],
  ]);
});

test('a file that is not there as it was written keeps the bytes in the database', async () => {
  const { db } = await freshDatabase();
  const { clock } = testGround();
  const { recipient } = await makeBackupKeys();
  await receive(db, 'a old', after(clock.now(), -200 * DAY_MS), 'applied');
  const store = folderStore(folder);
  const lossy = { ...store, get: async () => (await store.get(readdirSync(folder)[0] ?? '')).take(0) };
  const archive = { store: lossy, recipients: [recipient], keepMonths: 3 };
  await expect(archiveCallbacksOnce(db, { clock }, archive, 100)).rejects.toThrow(
    /is not there as it was written/,
  );
  expect(await rowsOf(db)).toEqual([['cbk_aold', 'applied', true, false]]);
});
