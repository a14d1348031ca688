import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { handClock } from '../../ground/clock.ts';
import type { Sentence } from '../../ground/refusal.ts';
import type { Asker } from './asker.ts';
import type { Check } from './check.ts';
import { parseEnv } from './env-text.ts';
import { UsageError } from './language.ts';
import { runSetup, type Setup } from './run-setup.ts';
import { readSetupFlags } from './setup-flags.ts';
import { CHECKS } from './words/checks.ts';
import { plainly } from './words/said.ts';
import { SETUP } from './words/setup.ts';

const TEMPLATE = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
const SECRETS = {
  DATABASE_URL: 'postgres://tontine:pg-secret-word@db.example/tontine',
  GETMIPAY_API_KEY: 'public-key-of-a-test',
  GETMIPAY_SECRET_KEY: 'secret-key#of-a-test',
  GETMIPAY_WEBHOOK_SECRET: 'webhook-secret-of-a-test',
};
const OPEN = [
  '--mode=production',
  '--public-url=https://tontine.example',
  '--getmipay-api-url=https://provider.example/api/v1',
  '--getmipay-environment=live',
  '--sms-gateway-url=https://sms.example/send',
];

interface Told {
  readonly setup: Setup;
  readonly path: string;
  readonly said: string[];
}

function stage(args: readonly string[], more: Partial<Setup> = {}): Told {
  const folder = mkdtempSync(join(tmpdir(), 'tontine-setup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, '.env');
  const said: string[] = [];
  const setup: Setup = {
    flags: readSetupFlags([`--file=${path}`, ...args]),
    variables: SECRETS,
    template: TEMPLATE,
    clock: handClock(new Date('2026-01-05T08:00:00Z')),
    chance: seededChance('setup'),
    say: ({ en }) => said.push(en),
    look: () => checks([]),
    appoint: async () => ({ name: CHECKS.firstAdmin.name, state: 'green', seen: plainly('made') }),
    ...more,
  };
  return { setup, path, said };
}

async function* checks(list: readonly Check[]): AsyncGenerator<Check> {
  yield* list;
}

const RED: Check = {
  name: CHECKS.provider.name,
  state: 'red',
  seen: plainly('refused (http-401)'),
  cure: plainly('compare the keys'),
};

/** Answers by the words of the question; everything else is answered with what is proposed. */
function scripted(answers: Readonly<Record<string, string | boolean>>, said: string[] = []): Asker {
  const find = (message: string) => Object.entries(answers).find(([words]) => message.includes(words))?.[1];
  const typed = (
    { en: message }: Sentence,
    otherwise: string | undefined,
    whyNot: (one: string) => Sentence | undefined,
  ) => {
    const answer = String(find(message) ?? otherwise ?? '');
    expect(whyNot(answer), message).toBeUndefined();
    return answer;
  };
  return {
    text: async ({ message, otherwise, whyNot }) => typed(message, otherwise, whyNot),
    secret: async ({ message, otherwise, whyNot }) => typed(message, otherwise, whyNot),
    choose: async ({ en: message }, _choices, first) => String(find(message) ?? first),
    confirm: async ({ en: message }, first) => (find(message) as boolean | undefined) ?? first,
    say: ({ en }) => said.push(en),
  };
}

test('without a terminal it says so and ends with 2', async () => {
  const { setup, path, said } = stage([]);
  expect(await runSetup(setup)).toBe(2);
  expect(said).toEqual([SETUP.noTerminal.en]);
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('flags and environment make a file for its owner only, and no secret is said', async () => {
  const { setup, path, said } = stage(['--non-interactive', ...OPEN, '--admin-phone=+2250708080808']);
  expect(await runSetup(setup)).toBe(0);
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  const written = parseEnv(readFileSync(path, 'utf8'));
  expect(written).toMatchObject({
    ...SECRETS,
    MODE: 'production',
    GETMIPAY_ENVIRONMENT: 'live',
    GETMIPAY_GENERATION: 'jwt',
    TRUST_PROXY: '1',
  });
  expect(written.SECRET_KEY?.length).toBeGreaterThanOrEqual(43);
  for (const secret of [...Object.values(SECRETS), written.SECRET_KEY ?? '']) {
    expect(said.join('\n')).not.toContain(secret);
  }
});

test('an existing file stays unless it is to be replaced; then it is kept, and its secret goes on', async () => {
  const { setup, path, said } = stage(['--non-interactive', '--mode=demo']);
  const old = `SECRET_KEY=${'s'.repeat(40)}\nPORT=8080\n`;
  writeFileSync(path, old, { mode: 0o600 });
  expect(await runSetup(setup)).toBe(1);
  expect(readFileSync(path, 'utf8')).toBe(old);
  expect(said.join()).toContain('--replace');

  const flags = readSetupFlags([`--file=${path}`, '--non-interactive', '--replace', '--mode=demo']);
  expect(await runSetup({ ...setup, flags, variables: {} })).toBe(0);
  expect(parseEnv(readFileSync(path, 'utf8'))).toMatchObject({ SECRET_KEY: 's'.repeat(40), PORT: '8080' });
  const backup = readdirSync(join(path, '..')).find((name) => name.includes('backup'));
  expect(readFileSync(join(path, '..', backup ?? ''), 'utf8')).toBe(old);
});

test.each<[string, string[], string]>([
  ['production over http', ['--public-url=http://tontine.example'], 'PUBLIC_URL'],
  ['no relay for text messages', ['--sms-gateway-url='], 'SMS_GATEWAY_URL'],
  ['a port that is none', ['--port=99999'], 'PORT'],
])('%s is refused by name, and nothing is written', async (_why, change, name) => {
  const { setup, path, said } = stage(['--non-interactive', ...OPEN, ...change]);
  expect(await runSetup(setup)).toBe(1);
  expect(said.join('\n')).toContain(name);
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('wrong keys are said with their cure, and nothing is written unless nobody looks', async () => {
  const wrong = { look: () => checks([RED]) };
  const { setup, path, said } = stage(['--non-interactive', ...OPEN], wrong);
  expect(await runSetup(setup)).toBe(1);
  expect(said.join('\n')).toMatch(/✘ wrong {2}authentication: refused[\s\S]*→ compare the keys/);
  expect(readdirSync(join(path, '..'))).toEqual([]);
  const blind = stage(['--non-interactive', '--offline', ...OPEN], wrong);
  expect(await runSetup(blind.setup)).toBe(0);
});

test('a folder that cannot be written is said, with its reason', async () => {
  const { setup, path, said } = stage(['--non-interactive', ...OPEN]);
  writeFileSync(path, '');
  const flags = { ...setup.flags, file: join(path, '.env') };
  expect(await runSetup({ ...setup, flags })).toBe(1);
  expect(said.join('\n')).toContain('could not be written (ENOTDIR). Nothing was changed.');
});

test('a person is asked one thing after the other, and nothing that does not concern them', async () => {
  const answers = {
    'What is this installation': 'production',
    PostgreSQL: SECRETS.DATABASE_URL,
    'Address at which people': 'https://tontine.example',
    'Which money': 'live',
    'Public key': SECRETS.GETMIPAY_API_KEY,
    'Secret key': SECRETS.GETMIPAY_SECRET_KEY,
    'Secret that signs': SECRETS.GETMIPAY_WEBHOOK_SECRET,
    'Relay that sends': 'https://sms.example/send',
    'first administrator': '+2250708080808',
  };
  const { setup, path, said } = stage([], { variables: {}, asker: scripted(answers) });
  expect(await runSetup(setup)).toBe(0);
  const written = parseEnv(readFileSync(path, 'utf8'));
  expect(written).toMatchObject({ ...SECRETS, GETMIPAY_API_URL: 'https://getmipay.com/api/v1' });
  expect(said.join('\n')).toContain('first administrator: made');
});

test('a demo needs one answer', async () => {
  const { setup, path } = stage([], { variables: {}, asker: scripted({}) });
  expect(await runSetup(setup)).toBe(0);
  expect(parseEnv(readFileSync(path, 'utf8'))).toMatchObject({ MODE: 'demo', GETMIPAY_API_KEY: '' });
});

test('a demo that ran before keeps its secret, and a production never takes it over', async () => {
  const { setup, path } = stage(['--non-interactive', '--mode=demo'], { variables: {} });
  const folder = join(path, '..', 'data');
  mkdirSync(folder);
  writeFileSync(join(folder, 'secret'), 'd'.repeat(43));
  const written = async (args: readonly string[], variables: Record<string, string> = {}) => {
    const flags = readSetupFlags([
      `--file=${path}`,
      '--non-interactive',
      '--replace',
      `--data-dir=${folder}`,
      ...args,
    ]);
    expect(await runSetup({ ...setup, flags, variables })).toBe(0);
    return parseEnv(readFileSync(path, 'utf8')).SECRET_KEY;
  };
  expect(await written(['--mode=demo'])).toBe('d'.repeat(43));
  rmSync(path);
  expect(await written(OPEN, SECRETS)).not.toBe('d'.repeat(43));
});

test('whoever does not want the file replaced, or gives up over wrong keys, keeps everything', async () => {
  const { setup, path } = stage([], { asker: scripted({ exists: false }) });
  writeFileSync(path, 'PORT=8080\n');
  expect(await runSetup(setup)).toBe(1);
  const giveUp = scripted({ 'Write it all the same': false, 'Go through the questions again': false });
  const flags = readSetupFlags([`--file=${path}`, '--replace', '--mode=demo']);
  expect(await runSetup({ ...setup, flags, asker: giveUp, look: () => checks([RED]) })).toBe(1);
  expect(readFileSync(path, 'utf8')).toBe('PORT=8080\n');
});

test.each([
  ['--getmipay-secret-key=abc', 'GETMIPAY_SECRET_KEY is a secret'],
  ['--secret-key', 'SECRET_KEY is a secret'],
  ['--fly', "Unknown option '--fly'"],
  ['word', 'Unexpected argument'],
])('%s is no flag', (arg, words) => {
  expect(() => readSetupFlags([arg])).toThrow(UsageError);
  expect(() => readSetupFlags([arg])).toThrow(words);
});
