/**
 * Looks at a whole installation as a thief of its database does: every column of every table is searched for the numbers
 * and names of people who save, pay and withdraw. What may be found is listed here, and nothing else.
 *
 * Then its keys change under a command that is killed in the middle, and one person is erased by another command.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseEnv } from '../src/channels/cli/env-text.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { placesOf } from '../src/ground/testing/places-of.ts';
import { DEMO_PEOPLE } from '../src/people/demo-people.ts';
import { findPersonByPhone, insertPerson } from '../src/people/person.rows.ts';
import { enterAs } from './world/operators.ts';
import { readCode } from './world/people.ts';
import { runProgram } from './world/run-program.ts';
import { fillWithdrawal, memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const OWN = '+2250707480201';
const SISTER = '+2250505480202';
const ADMIN = '+2250708080808';
const FROZEN = '+2250505480203';
const INVITED = '+2250505480204';
/** A demo shows its text messages on a page; production has no rows there. */
const SHOWN_BY_THE_DEMO = ['sms_outbox.to_phone'];
/** More than one page of a walk. */
const MANY = 520;

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let world: World;
let isOpen = true;
let folder: string;
let file: string;
beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-seal-'));
  file = join(folder, '.env');
  world = await openWorld({ databaseUrl: clone.url, dataFolder: folder });
});
afterAll(async () => {
  if (isOpen) await world.close();
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program with the keys that stand in the file now. */
async function run(program: string, args: readonly string[]) {
  return await runProgram(program, args, await variables());
}

async function variables(): Promise<Record<string, string>> {
  const { SEAL_KEYS = '' } = parseEnv(await readFile(file, 'utf8'));
  return { DATABASE_URL: clone.url, DATA_DIR: folder, SEAL_KEYS };
}

/** `seal-keys --rotate` that is killed after its first page, because the next one waits for a row. */
async function rotateUntilKilled(): Promise<void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = clone.db.transaction().execute(async (tx) => {
    await tx
      .selectFrom('people')
      .select('id')
      .where('id', '=', idOf(MANY - 1))
      .forUpdate()
      .execute();
    const program = join(import.meta.dirname, '../dist/channels/cli/seal-keys.js');
    const child = spawn(process.execPath, [program, '--rotate'], { env: await variables() });
    const died = once(child, 'close');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await died;
    release();
    await held;
  });
  await holding;
}

function idOf(index: number): string {
  return `per_zz${String(index).padStart(4, '0')}`;
}

it('a stolen database does not tell who saves here', async () => {
  const awa = await memberWithMoney(world, OWN, '20000');
  await withdraw(awa, { phone: OWN, amount: '3000' });
  const asking = await fillWithdrawal(awa, { phone: SISTER, amount: '2000' });
  expect(asking.text).toContain('code');
  expect(await readCode(awa, OWN)).toMatch(/^\d{6}$/);
  const admin = await enterAs(world, 'Administrateur');
  const freezes = await admin.open('/console/freezes/');
  const frozen = await admin.submit(freezes, '/freezes/', { subject: FROZEN, reason: 'Un doute' });
  expect(frozen.text).toContain('•• 03');
  const access = await admin.open('/console/access/');
  await admin.submit(access, '/access/invite/', { phone: INVITED, role: 'operator' });
  expect((await admin.open('/console/access/')).text).toContain('•• 04');
  const numbers = [OWN, SISTER, FROZEN, INVITED, ...DEMO_PEOPLE.map(({ phone }) => phone)];
  // With and without the country's code, as each table might have it.
  const words = [
    ...numbers.flatMap((phone) => [phone.slice(1), phone.slice(4)]),
    ...DEMO_PEOPLE.map(({ name }) => name),
  ];
  expect(await placesOf(world.db, words)).toEqual(SHOWN_BY_THE_DEMO);
  // Not each provider tells a number in the bytes of its callbacks; no byte of them is plain.
  const { rows } = await sql<{ sealed: boolean }>`select distinct get_byte(body, 0) = 1 as sealed
    from provider_callbacks where body is not null`.execute(world.db);
  expect(rows).toEqual([{ sealed: true }]);
});

it('the keys change while a command is killed, and no old key goes too early', async () => {
  await world.close();
  isOpen = false;
  await inTransaction(clone.db, async (tx) => {
    for (let index = 0; index < MANY; index++) {
      const phone = `+22505990${String(index).padStart(5, '0')}`;
      await insertPerson(tx, { id: idOf(index), phone, country: 'CI', locale: 'fr', createdAt: new Date(0) });
    }
  });
  await writeFile(file, `# kept\nSEAL_KEYS=${TEST_SEAL_KEY}\n`);
  const inFile = ['--file', file];
  for (const step of ['--add', '--promote']) {
    const { code, output } = await run('seal-keys', [step, ...inFile]);
    expect(code, output).toBe(0);
    expect(output).not.toContain(TEST_SEAL_KEY);
  }
  expect(await readFile(file, 'utf8')).toMatch(
    new RegExp(`^# kept\nSEAL_KEYS=[\\w-]{43},${TEST_SEAL_KEY}\n$`),
  );
  await rotateUntilKilled();
  const half = await run('seal-keys', []);
  expect(half.output).toMatch(/^0 plain, [1-9]\d* under another key/);
  const early = await run('seal-keys', ['--drop', ...inFile]);
  expect([early.code, early.output]).toEqual([1, expect.stringContaining('Nothing was changed')]);
  const { code, output } = await run('seal-keys', ['--rotate']);
  expect(code, output).toBe(0);
  expect(output).toContain('0 plain, 0 under another key');
  expect((await run('seal-keys', ['--drop', ...inFile])).code).toBe(0);
  expect(await readFile(file, 'utf8')).not.toContain(TEST_SEAL_KEY);
  expect(await findPersonByPhone(clone.db, OWN)).toBeUndefined();
  // Such a process would make everybody a second time: it does not start.
  await expect(openWorld({ databaseUrl: clone.url, dataFolder: folder })).rejects.toThrow('SEAL_KEYS');
}, 120_000);

it('one command erases whoever may be, another one still exports the rest', async () => {
  const before = { trial: await readTrialBalance(clone.db), chain: await verifyChain(clone.db) };
  const order = ['--erase', '--by', ADMIN, '--reason', 'asked for it in writing'];
  const rich = await run('person', ['--phone', OWN, ...order]);
  expect([rich.code, rich.output]).toEqual([1, expect.stringContaining('The wallet is not empty')]);
  const phone = '+2250599000007';
  const notAdmin = await run('person', ['--phone', phone, '--erase', '--by', OWN, '--reason', 'for fun']);
  expect([notAdmin.code, notAdmin.output]).toEqual([1, expect.stringContaining('does not allow')]);
  const gone = await run('person', ['--phone', phone, ...order]);
  expect(gone.code, gone.output).toBe(0);
  expect((await run('person', ['--phone', phone, ...order])).output).toContain('nobody has this number');
  const told = join(folder, 'told.json');
  expect((await run('person', ['--phone', OWN, '--to', told])).code).toBe(0);
  expect(JSON.parse(await readFile(told, 'utf8'))).toMatchObject({ people: [{ phone: OWN }] });
  expect({ trial: await readTrialBalance(clone.db), chain: await verifyChain(clone.db) }).toEqual(before);
});
