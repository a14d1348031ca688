/**
 * Tells the worst day of a host: the backup of the night is all that is left, and the provider has paid since.
 *
 * A withdrawal waited when the backup was made and was paid afterwards. The restored books have it in line again; sent
 * once more it would be paid twice. It must wait for people, while everything else of that night is there to the franc.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../src/ground/clock.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { otherDatabase } from '../src/ground/postgres/connection-url.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { knowNumber } from './world/known-number.ts';
import { balanceOf, sentTo } from './world/money-of.ts';
import { type OutsideProvider, openOutsideProvider } from './world/outside-provider.ts';
import { runProgram } from './world/run-program.ts';
import { until } from './world/until.ts';
import {
  choosePin,
  fillWithdrawal,
  memberWithMoney,
  PIN,
  provePin,
  withdrawalsTo,
} from './world/withdrawals.ts';
import { openWorld } from './world/world.ts';

const AWA = '+2250707520101';
const KOFFI = '+2250505520001';
const NEW_PIN = '8264';

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let provider: OutsideProvider;
let restored: string;
let variables: Record<string, string>;

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-keep-'));
  provider = await openOutsideProvider(await freePort());
  restored = `r_${clone.url.split('/t_')[1]}`;
});
afterAll(async () => {
  await provider.simulator.close();
  await admin(`drop database if exists ${restored} with (force)`);
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: clone.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const world = async (databaseUrl: string) => await openWorld({ databaseUrl, dataFolder: folder, provider });

describe('a backup is made while a withdrawal waits for its day of safety', () => {
  it('keys first: what opens backups is a file of its own, and is not overwritten', async () => {
    const file = join(folder, 'identity.txt');
    const made = await runProgram('backup', ['--new-key', file]);
    expect(made.code, made.output).toBe(0);
    const recipient = /BACKUP_RECIPIENT=(age1\w+)/.exec(made.output)?.[1] ?? '';
    expect((await runProgram('backup', ['--new-key', file])).code).toBe(1);
    variables = {
      ...provider.variables,
      DATABASE_URL: clone.url,
      DATA_DIR: folder,
      SEAL_KEYS: TEST_SEAL_KEY,
      BACKUP_TO: join(folder, 'backups'),
      BACKUP_RECIPIENT: recipient,
      BACKUP_IDENTITY_FILE: file,
    };
  });

  it('is made by one command, and proven by another', async () => {
    const then = await world(clone.url);
    try {
      const awa = await memberWithMoney(then, AWA, '50000');
      await choosePin(awa, await awa.open('/profile/'), NEW_PIN, PIN);
      await knowNumber(then.db, AWA, KOFFI);
      await provePin(awa, await fillWithdrawal(awa, { phone: KOFFI, amount: '10000' }), NEW_PIN);

      const made = await runProgram('backup', [], variables);
      expect(made.output).toMatch(/books-\S+: \d+ rows, \d+ bytes, journal up to [1-9]/);
      const drill = await runProgram('restore', ['--drill'], variables);
      expect([drill.code, drill.output]).toEqual([0, expect.stringMatching(/proven, in \d+ ms/)]);
      expect((await runProgram('restore', ['--list'], variables)).output).toMatch(/proven in \d+ ms/);

      await then.letPass(25 * HOUR_MS);
      await until('the provider has paid', () =>
        sentTo(then.books, KOFFI).some(({ state }) => state === 'success'),
      );
    } finally {
      await then.close();
    }
  });
});

describe('the machine is lost', () => {
  it('a database that has books is not touched', async () => {
    const name = new URL(clone.url).pathname.slice(1);
    const ran = await runProgram('restore', ['--into', name], variables);
    expect([ran.code, ran.output]).toEqual([1, expect.stringContaining('into an empty database only')]);
  });

  it('the books of the night are back, and balance', async () => {
    await admin(`create database ${restored} template template0`);
    const ran = await runProgram('restore', ['--into', restored], variables);
    expect(ran.code, ran.output).toBe(0);
    expect(ran.output).toContain('Withdrawals are frozen');
  });

  it('what was in line then is not paid a second time, and people go on with the rest', async () => {
    const now = await world(otherDatabase(clone.url, restored));
    try {
      expect((await readTrialBalance(now.db)).balanced).toBe(true);
      await now.letPass(25 * HOUR_MS);
      await until('everything was looked at', async () => await now.isQuiet());
      const [payment] = await withdrawalsTo(now, KOFFI);
      expect(payment).toMatchObject({ state: 'created', reason: 'waiting-freeze' });
      expect(sentTo(now.books, KOFFI)).toHaveLength(1);
      expect(await balanceOf(now.db, AWA)).toBe(49_250n - 10_000n - 100n);
      await memberWithMoney(now, '+2250707520102', '20000');
    } finally {
      await now.close();
    }
  });
});
