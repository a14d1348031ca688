/**
 * Follows the guides: every command that stands in one is executed here, word by word, or by the test that is named for
 * it, or cannot run where tests run, and then the reason stands beside it. A command that nobody answers for fails.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { listPaths, readText } from '../tidy/sources.ts';
import { ELSEWHERE, guideCommands } from './world/guide-commands.ts';
import { addOperator, askAsRead, dropDatabase, makeDatabase } from './world/guide-database.rows.ts';
import { runProgram } from './world/run-program.ts';

const NUMBER = '+2250708090001';

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let restored: string;
const variables: Record<string, string> = {};

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-guides-'));
  restored = `g_${clone.url.split('/t_')[1]}`;
  Object.assign(variables, { DATA_DIR: folder, SIMULATOR_PORT: '0', SEAL_KEYS: TEST_SEAL_KEY });
});
afterAll(async () => {
  await dropDatabase(clone.db, restored);
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Step {
  readonly command: string;
  readonly code: number;
  readonly says: RegExp;
  /** What has to be so before, and what the next ones need from it. */
  readonly before?: () => Promise<void>;
  readonly after?: (output: string) => void;
}

const NOBODY_TO_ASK = { code: 2, says: /There is no terminal/ };

/** In the order of a host's first evening. */
const STEPS: readonly Step[] = [
  { command: 'npm run setup', ...NOBODY_TO_ASK },
  { command: 'npm run setup -- --replace', ...NOBODY_TO_ASK },
  { command: 'npm run setup -- --file /etc/tontine/.env', ...NOBODY_TO_ASK },
  {
    command: 'npm run setup -- --non-interactive',
    code: 0,
    says: /\.env is written, readable by its owner only/,
  },
  {
    command: 'npm run setup -- --non-interactive --port 8080',
    before: async () => await rm(join(folder, '.env')),
    code: 0,
    says: /\.env is written/,
  },
  {
    command: 'npm run migrate',
    before: async () => {
      expect(await readFile(join(folder, '.env'), 'utf8')).toContain('PORT=8080');
      variables.DATABASE_URL = clone.url;
    },
    code: 0,
    says: /^/,
  },
  {
    command: 'npm run person',
    code: 2,
    says: /--phone/,
  },
  {
    command: 'npm run person -- --phone NUMBER',
    before: async () => {
      await addOperator(clone.db, 'per_guide', NUMBER);
    },
    code: 0,
    says: /per_guide/,
  },
  {
    command: 'npm run person -- --phone NUMBER --unlink-authenticator --reason TEXT',
    code: 0,
    says: /./,
  },
  {
    command: 'npm run backup -- --new-key FILE',
    code: 0,
    says: /BACKUP_RECIPIENT=age1/,
    after: (output) => {
      variables.BACKUP_RECIPIENT = /BACKUP_RECIPIENT=(age1\w+)/.exec(output)?.[1] ?? '';
      variables.BACKUP_IDENTITY_FILE = join(folder, 'FILE');
      variables.BACKUP_TO = join(folder, 'backups');
    },
  },
  { command: 'npm run backup -- --new-key backup-identity.txt', code: 0, says: /BACKUP_RECIPIENT=age1/ },
  { command: 'npm run backup', code: 0, says: /books-\S+: \d+ rows/ },
  {
    command: 'npm run backup -- --restart-heads --reason WHY',
    code: 0,
    says: /published in .*: ledger nº 0/,
  },
  {
    command: 'npm run doctor -- --lang fr',
    before: async () => {
      // Nobody listens there, so it has something to say.
      variables.PORT = '9';
    },
    code: 1,
    says: /pas de réponse à l’adresse publique[\s\S]*bons?, \d+ à voir, \d+ mauvais\n$/,
  },
  { command: 'npm run seal-keys', code: 0, says: /0 plain, 0 under another key/ },
  { command: 'npm run seal-keys -- --close', code: 0, says: /0 plain, 0 under another key/ },
  { command: 'npm run restore -- --drill', code: 0, says: /proven, in \d+ ms/ },
  { command: 'npm run restore -- --list', code: 0, says: /proven in \d+ ms/ },
  {
    command: 'npm run restore -- --into DATABASE --identity FILE',
    before: async () => {
      await makeDatabase(clone.db, restored);
    },
    code: 0,
    says: /Withdrawals are frozen/,
  },
];

/** What a reader puts in the place of a word in capitals. */
function filledIn(word: string): string {
  if (word === 'NUMBER') return NUMBER;
  return word === 'DATABASE' ? restored : word;
}

it.each(STEPS)('$command', async ({ command, code, says, before, after }) => {
  await before?.();
  const [, program = '', flags = ''] = /^npm run ([\w-]+)(?: -- (.*))?$/.exec(command) ?? [];
  const args = flags === '' ? [] : flags.split(' ').map(filledIn);
  const ran = await runProgram(program, args, variables, folder);
  expect([ran.code, ran.output]).toEqual([code, expect.stringMatching(says)]);
  after?.(ran.output);
});

it('what the runbooks ask the database is understood by it', async () => {
  const asked = guideCommands().filter(
    (command) => command.startsWith('select ') && !command.includes('pg_promote'),
  );
  expect(asked.length).toBeGreaterThan(1);
  for (const command of asked) await askAsRead(clone.db, command);
});

it('every command of every guide is executed here, or somebody answers for it', () => {
  const known = [...STEPS.map(({ command }) => command), ...Object.keys(ELSEWHERE)];
  const told = guideCommands().filter((command) => !/^select (?!pg_promote)/.test(command));
  expect(told.filter((command) => !known.includes(command))).toEqual([]);
  expect(known.filter((command) => !told.includes(command))).toEqual([]);
  const paths = listPaths();
  for (const [command, { by, proof }] of Object.entries(ELSEWHERE)) {
    if (by === undefined) continue;
    expect(paths, command).toContain(by);
    expect(readText(by), `${command} in ${by}`).toContain(proof);
  }
});
