/**
 * Tells the first evening of a host: setup without a terminal, with wrong keys and with right ones, then the test of
 * everything against a running product and its provider.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '../src/channels/cli/env-text.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { personIdOf } from './world/opened.ts';
import { type OutsideProvider, openOutsideProvider } from './world/outside-provider.ts';
import { type ProductProcess, runToEnd, startProcess } from './world/product-process.ts';
import { runProgram } from './world/run-program.ts';

const ADMIN = '+2250708080001';

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let file: string;
let provider: OutsideProvider;
let product: ProductProcess | undefined;
let given: Record<string, string>;

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-host-'));
  file = join(folder, '.env');
  const port = await freePort();
  provider = await openOutsideProvider(port);
  given = {
    ...provider.variables,
    DATABASE_URL: clone.url,
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    PUBLIC_URL: `http://localhost:${port}`,
  };
});
afterAll(async () => {
  await product?.kill();
  await provider.simulator.close();
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('setup', () => {
  it('does not wait for a terminal that is not there', async () => {
    const { code, output } = await runProgram('setup', [], given);
    expect([code, output]).toEqual([2, expect.stringContaining('There is no terminal')]);
  });

  it('refuses wrong keys with a cure and writes nothing', async () => {
    const wrong = { ...given, GETMIPAY_SECRET_KEY: 'not-the-secret-key' };
    const { code, output } = await runProgram('setup', ['--non-interactive', `--file=${file}`], wrong);
    expect(code, output).toBe(1);
    expect(output).toMatch(/✘ wrong {2}authentication: GetMiPay, sandbox: refused/);
    expect(output).toContain('compare both keys');
    expect(output).not.toContain('not-the-secret-key');
    expect(await readdir(folder)).not.toContain('.env');
  });

  it('writes the file for its owner only, and makes the first administrator', async () => {
    const args = ['--non-interactive', `--file=${file}`, `--admin-phone=${ADMIN}`];
    const { code, output } = await runProgram('setup', args, given);
    expect(code, output).toBe(0);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(parseEnv(await readFile(file, 'utf8'))).toMatchObject(given);
    expect(output).not.toContain(provider.variables.GETMIPAY_SECRET_KEY);
    const grant = await clone.db.selectFrom('role_grants').select(['person_id', 'role']).executeTakeFirst();
    expect(grant).toEqual({ person_id: await personIdOf(clone.db, ADMIN), role: 'admin' });
  });
});

describe('its test', () => {
  it('says what does not work before the product runs', async () => {
    const { code, output } = await runProgram('setup', ['--test'], given);
    expect(code, output).toBe(1);
    expect(output).toMatch(/✔ good {3}authentication/);
    expect(output).toMatch(/✘ wrong {2}callback: no answer from PUBLIC_URL/);
    expect(output).toMatch(/✘ wrong {2}jobs/);
  });

  it('finds everything good once it runs, and its own callback in the inbox', async () => {
    const configured = { ...parseEnv(await readFile(file, 'utf8')), LOG_LEVEL: 'fatal' };
    product = await startProcess(configured);
    const { code, output } = await runProgram('setup', ['--test'], configured);
    expect(code, output).toBe(0);
    for (const name of [
      'authentication',
      'services',
      'balance',
      'database',
      'migrations',
      'callback',
      'clock',
    ]) {
      expect(output).toMatch(new RegExp(`(✔ good |! watch) {2}${name}:`));
    }
    expect(output).toContain('signed, sent to PUBLIC_URL and received back; a forged one was refused');
    const callbacks = await clone.db.selectFrom('provider_callbacks').select(['state', 'verdict']).execute();
    expect(callbacks).toContainEqual({ state: 'ignored', verdict: 'verified' });
    expect(callbacks).toContainEqual({ state: 'rejected', verdict: 'invalid' });
  });

  it('asks a phone for real money only after a yes, and follows it to the end', async () => {
    const configured = { ...parseEnv(await readFile(file, 'utf8')), LOG_LEVEL: 'fatal' };
    const pay = ['--test', '--real-amount=100', `--payer=${ADMIN}`, '--method=wave'];
    const asked = await runProgram('setup', pay, configured);
    expect(asked.output).toMatch(/! watch {2}real payment: not agreed to; nothing was asked/);
    const paid = await runProgram('setup', [...pay, '--yes'], configured);
    expect(paid.output).toMatch(/✔ good {3}real payment: D-\S+ is succeeded/);
  });
});

describe('every program', () => {
  it('speaks French when it is asked to, its help and its refusals too', async () => {
    const names = ['setup', 'doctor', 'backup', 'restore', 'seal-keys', 'person', 'migrate'];
    const helps = await Promise.all(
      names.map(async (name) => await runProgram(name, ['--help', '--lang=fr'])),
    );
    for (const [at, { code, output }] of helps.entries()) {
      expect([names[at], code, output]).toEqual([names[at], 0, expect.stringContaining('choisit la langue')]);
      expect(output).toContain(`npm run ${names[at]}`);
    }
    const french = { ...given, LANG: 'fr_CI.UTF-8' };
    const refused = await Promise.all([
      runProgram('setup', [], french),
      runProgram('backup', ['--fly'], french),
      runProgram('restore', ['--list'], french),
      runProgram('doctor', ['--lang', 'de'], french),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 1, 2]);
    const [terminal, flag, place, language] = refused.map(({ output }) => output);
    expect(terminal).toContain('Il n’y a pas de terminal');
    expect(flag).toContain('option inconnue : --fly');
    expect(place).toBe('BACKUP_TO n’est pas donné : où sont les sauvegardes ?\n');
    expect(language).toContain('--lang est fr ou en');
  });
});

describe('the doctor', () => {
  it('goes through the checklist of a running demo, and finds nothing wrong', async () => {
    const { code, output } = await runProgram('doctor', [], parseEnv(await readFile(file, 'utf8')));
    expect(code, output).toBe(0);
    expect(output).toMatch(/! watch {2}mode: demo, sandbox/);
    expect(output).toMatch(/✔ good {3}site: ready at the public address/);
    expect(output).toMatch(/✔ good {3}jobs: last sign of life/);
    expect(output).toMatch(/\d+ good, \d+ to watch, 0 wrong\n$/);
  });

  it('a database with demo people and play money in it does not become a production', async () => {
    const production = {
      ...given,
      MODE: 'production',
      GETMIPAY_ENVIRONMENT: 'live',
      PORT: '0',
      PUBLIC_URL: 'https://tontine.example',
      SECRET_KEY: 's'.repeat(40),
      SMS_GATEWAY_URL: 'https://sms.example/send',
    };
    const [english, french] = await Promise.all([
      runToEnd(production),
      runToEnd({ ...production, LANG: 'fr_CI.UTF-8' }),
    ]);
    expect([english.code, french.code]).toEqual([1, 1]);
    expect(english.output).toContain('demo people, whose PINs everybody can read');
    expect(english.output).toContain('Play money and real money never share their books');
    expect(french.output).toContain('personnes de démonstration, dont tout le monde peut lire le PIN');
    expect(french.output).toContain('L’argent fictif et l’argent réel n’ont jamais les mêmes livres');
  });

  it('a production over http, or on sandbox keys, does not start either', async () => {
    const wrong = { ...given, MODE: 'production', PORT: '0' };
    const [english, french] = await Promise.all([
      runToEnd(wrong),
      runToEnd({ ...wrong, LANG: 'fr_CI.UTF-8' }),
    ]);
    expect([english.code, french.code]).toEqual([1, 1]);
    expect(english.output).toContain('PUBLIC_URL: must be an https address');
    expect(english.output).toContain('GETMIPAY_ENVIRONMENT: is sandbox');
    expect(french.output).toContain('PUBLIC_URL : doit être une adresse https');
    expect(french.output).toContain('GETMIPAY_ENVIRONMENT : est sandbox');
  });
});
