/**
 * Tells what the published head convicts: books that were rewritten so that everything inside them fits, and an older copy
 * in the place of the books. Both prove in themselves; only what lies outside knows better.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { folderStore } from '../backup/backup-store.ts';
import { MINUTE_MS } from '../clock.ts';
import type { Uuid } from '../identifiers.ts';
import { deriveKey } from '../keys.ts';
import { linkAfter } from '../ledger/chain.ts';
import { openAll, post, transfer } from '../ledger/testing/ledger-fixture.ts';
import { findLink, listChain } from '../ledger/transfer.rows.ts';
import { verifyChain } from '../ledger/verify-chain.ts';
import type { Db } from '../postgres/database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { compareHead } from './compare-head.ts';
import { readLastHead } from './head-shelf.ts';
import { publishHeadOnce } from './publish-head-once.ts';
import { headKeys, headLine, openKeyText, readHeadLine } from './published-head.ts';

const KEYS = headKeys(deriveKey('a secret of a test', 'head'));

function shelf() {
  const folder = mkdtempSync(join(tmpdir(), 'tontine-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, store: folderStore(folder), keys: KEYS };
}

async function filled(rows: number, seed?: string) {
  const { db } = await freshDatabase();
  const ground = seed === undefined ? testGround() : testGround(seed);
  await openAll(db, ground);
  const more = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await post(db, ground, transfer(ground.ids.uuid()));
  };
  await more(rows);
  return { db, ground, more };
}

test('a head is published for each change of the books, and none where nothing changed', async () => {
  const { db, ground, more } = await filled(2);
  const heads = shelf();
  expect((await publishHeadOnce(db, ground, heads)).verdict).toBe('unpublished');
  expect((await publishHeadOnce(db, ground, heads)).verdict).toBe('agrees');
  await more(1);
  ground.clock.advance(MINUTE_MS);
  expect(await publishHeadOnce(db, ground, heads)).toMatchObject({ verdict: 'agrees', seq: 2n });
  expect(await compareHead(db, await readLastHead(heads))).toMatchObject({ verdict: 'agrees', seq: 3n });
  const [name = ''] = readdirSync(heads.folder);
  expect(readFileSync(join(heads.folder, name), 'utf8').trim().split('\n')).toHaveLength(2);
});

/** What an owner of the database can do: a row changed, every link after it and the fence computed anew. */
async function rewrite(db: Db, fromSeq: bigint): Promise<void> {
  await sql`alter table transfers disable trigger user`.execute(db);
  await sql`update transfers set reference = 'forged' where seq = ${fromSeq}`.execute(db);
  let link = (await findLink(db, fromSeq - 1n)) ?? '';
  const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff' as Uuid;
  for (const row of await listChain(db, { seq: fromSeq - 1n, id: last }, 100)) {
    link = linkAfter(link, row);
    await sql`update transfers set link = decode(${link}, 'hex') where seq = ${row.seq}`.execute(db);
  }
  await sql`update fences set head = decode(${link}, 'hex') where shard = 0`.execute(db);
  await sql`alter table transfers enable trigger user`.execute(db);
}

test('books that were rewritten to the last link prove in themselves, and are convicted', async () => {
  const { db, ground, more } = await filled(5);
  const heads = shelf();
  await publishHeadOnce(db, ground, heads);
  await rewrite(db, 3n);
  await more(1);
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 6n });
  expect(await compareHead(db, await readLastHead(heads))).toMatchObject({ verdict: 'rewritten', seq: 5n });
  // Nor is the forger's head published: the last word stays the true one.
  ground.clock.advance(MINUTE_MS);
  expect((await publishHeadOnce(db, ground, heads)).verdict).toBe('rewritten');
  expect((await readLastHead(heads)) as object).toMatchObject({ head: { seq: 5n } });
});

test('an older copy in the place of the books is convicted, also after it went on', async () => {
  const heads = shelf();
  const books = await filled(4);
  await publishHeadOnce(books.db, books.ground, heads);
  const older = await filled(2);
  expect(await compareHead(older.db, await readLastHead(heads))).toMatchObject({
    verdict: 'rewound',
    seq: 4n,
  });
  older.ground.clock.advance(MINUTE_MS);
  await older.more(3);
  expect(await verifyChain(older.db)).toMatchObject({ ok: true });
  expect((await publishHeadOnce(older.db, older.ground, heads)).verdict).toBe('rewritten');
});

test('a line that this installation did not sign is not believed', async () => {
  const { db, ground } = await filled(2);
  const heads = shelf();
  await publishHeadOnce(db, ground, heads);
  const [name = ''] = readdirSync(heads.folder);
  const path = join(heads.folder, name);
  const [line = ''] = readFileSync(path, 'utf8').split('\n');
  expect(readHeadLine(line, KEYS)?.seq).toBe(2n);
  const forged = JSON.stringify({ ...(JSON.parse(line) as object), seq: '1' });
  for (const wrong of [
    forged,
    line.slice(0, -9),
    headLine(
      { seq: 2n, head: 'a'.repeat(64), at: ground.clock.now() },
      headKeys(deriveKey('another', 'head')),
    ),
  ]) {
    writeFileSync(path, `${wrong}\n`);
    expect((await compareHead(db, await readLastHead(heads))).verdict).toBe('foreign');
  }
  expect(openKeyText(KEYS)).toContain('BEGIN PUBLIC KEY');
});
