/**
 * Tells what is left when `npm run backup` and `npm run restore` are killed without warning, at every stage.
 *
 * What a killed backup leaves never looks like a backup, and takes no good one with it. A killed restore leaves a database
 * on which the product does not start. In both cases the next run is like the first, and cleans up.
 */
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from '../src/ground/backup/backup-store.ts';
import { listBackups } from '../src/ground/backup/kept-backups.ts';
import { manifestName } from '../src/ground/backup/manifest.ts';
import { findUnfinished } from '../src/ground/backup/unfinished-restore.rows.ts';
import { openAll, post, transfer } from '../src/ground/ledger/testing/ledger-fixture.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { otherDatabase } from '../src/ground/postgres/connection-url.ts';
import { type OpenDatabase, openPostgres } from '../src/ground/postgres/database.ts';
import { clonePostgres, TEST_SEAL_KEY, testGround } from '../src/ground/testing/fresh-database.ts';
import { abandonedScratches, dropDatabase, makeDatabase } from './world/guide-database.rows.ts';
import type { Moment } from './world/kill-at.ts';
import { runToEnd } from './world/product-process.ts';
import { runKilled, runProgram } from './world/run-program.ts';

/** Long past every day of keeping: the next clean-up takes them. */
const OLD = ['books-20200101T023000Z', 'books-20200102T023000Z'] as const;
const SEALED = '.tontine.age';

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let place: string;
let restored: string;
let copy: OpenDatabase;
let variables: Record<string, string>;

beforeAll(async () => {
  clone = await clonePostgres();
  const ground = testGround();
  await openAll(clone.db, ground);
  await post(clone.db, ground, transfer(ground.ids.uuid(), { amount: 5_000n }));
  folder = await mkdtemp(join(tmpdir(), 'tontine-killed-'));
  place = join(folder, 'backups');
  restored = `k_${clone.url.split('/t_')[1]}`;
  const identity = join(folder, 'identity.txt');
  const made = await runProgram('backup', ['--new-key', identity]);
  variables = {
    DATABASE_URL: clone.url,
    DATA_DIR: folder,
    SECRET_KEY: 'a secret of a story that is long enough',
    SEAL_KEYS: TEST_SEAL_KEY,
    SIMULATOR_PORT: '0',
    BACKUP_TO: place,
    BACKUP_RECIPIENT: /BACKUP_RECIPIENT=(age1\w+)/.exec(made.output)?.[1] ?? '',
    BACKUP_IDENTITY_FILE: identity,
  };
});
afterAll(async () => {
  await copy.close();
  await dropDatabase(clone.db, restored);
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

async function kept(): Promise<string[]> {
  return (await listBackups(folderStore(place))).map(({ name }) => name);
}

describe('a backup that is killed', () => {
  let good: string;

  it('has a good one before it, and old ones that may go', async () => {
    const made = await runProgram('backup', [], variables);
    expect(made.code, made.output).toBe(0);
    [good = ''] = await kept();
    for (const name of OLD) {
      await copyFile(join(place, good), join(place, `${name}${SEALED}`));
      await copyFile(join(place, manifestName(good)), join(place, `${name}.json`));
    }
  });

  it.each<[string, Moment, number]>([
    ['before the database knows of it', { call: 'query', text: 'insert into "backup_runs"' }, 1],
    ['while old ones are taken away', { call: 'rm', text: `${OLD[1]}[.]json` }, 1],
    ['before the first row', { call: 'query', text: 'declare backup_rows' }, 0],
    ['in the middle of the rows', { call: 'query', text: 'declare backup_rows', nth: 30 }, 0],
    ['before its manifest is there', { call: 'rename', text: 'books-.*Z[.]json$' }, 0],
    ['when its manifest is there and it is not', { call: 'rename', text: 'books-.*[.]age$' }, 0],
  ])('%s leaves nothing that looks like a backup, and every good one', async (_when, moment, more) => {
    const before = await kept();
    await runKilled('backup', [], variables, moment);
    const now = await kept();
    // In the last one the new backup was whole before the clean-up began, which had come to the second old one.
    const gone = moment.call === 'rm' ? OLD.map((name) => `${name}${SEALED}`) : [];
    expect(now).toEqual(expect.arrayContaining(before.filter((name) => !gone.includes(name))));
    expect(now).toContain(good);
    expect(now.length - before.length + gone.length).toBe(more);
  });

  it('is followed by one that succeeds, takes away what was left, and can be restored', async () => {
    expect((await readdir(place)).filter((name) => name.endsWith('.part'))).not.toEqual([]);
    const made = await runProgram('backup', [], variables);
    expect(made.code, made.output).toBe(0);
    const whole = (await kept()).flatMap((name) => [name, manifestName(name)]);
    expect((await readdir(place)).toSorted()).toEqual(whole.toSorted());

    const inTheMiddle: Moment = { call: 'query', text: 'unnest', nth: 2 };
    await runKilled('restore', ['--drill'], variables, inTheMiddle);
    // Other tests make such databases too, and take abandoned ones away as this one does.
    const left = await abandonedScratches(clone.db);
    const drill = await runProgram('restore', ['--drill'], variables);
    expect([drill.code, drill.output]).toEqual([0, expect.stringMatching(/in \d+ ms/)]);
    const still = await abandonedScratches(clone.db);
    expect(left.filter((name) => still.includes(name))).toEqual([]);
  });
});

describe('a restore that is killed', () => {
  beforeAll(async () => {
    await makeDatabase(clone.db, restored);
    const url = otherDatabase(clone.url, restored);
    copy = openPostgres(url, { onError: () => undefined, connections: 2 });
  });

  // One after the other into the same database: each begins where the one before was killed.
  it.each<[string, Moment]>([
    ['before there are tables', { call: 'query', text: 'create table if not exists migrations' }],
    ['in the middle of the tables', { call: 'query', text: 'insert into migrations', nth: 4 }],
    ['in the middle of the rows', { call: 'query', text: 'unnest', nth: 2 }],
    ['before the rows are certain', { call: 'query', text: 'drop schema restoring', done: true }],
  ])('%s leaves a database that says so', async (_when, moment) => {
    await runKilled('restore', ['--into', restored], variables, moment);
    expect(await findUnfinished(copy.db)).toMatch(/^books-/);
  });

  it('is not started on: the product says what to do', async () => {
    const { code, output } = await runToEnd({
      ...variables,
      DATABASE_URL: otherDatabase(clone.url, restored),
    });
    expect([code, output]).toEqual([1, expect.stringMatching(/npm run restore -- --into/)]);
  });

  it('can be repeated; killed after the rows are certain, it was a whole one', async () => {
    const certain: Moment = { call: 'query', text: '^commit$', since: 'drop schema restoring', done: true };
    await runKilled('restore', ['--into', restored], variables, certain);
    expect(await findUnfinished(copy.db)).toBeUndefined();
    expect((await readTrialBalance(copy.db)).balanced).toBe(true);
    const again = await runProgram('restore', ['--into', restored], variables);
    expect(again.code, again.output).toBe(1);
    expect(await findUnfinished(copy.db), 'books that are there are not marked').toBeUndefined();
  });
});
