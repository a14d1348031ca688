import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageOf, readLanguage } from '../language.ts';
import { isOlder } from '../oldest-node.ts';
import { misuse } from '../run-command.ts';
import { QUESTIONS } from '../setup-questions.ts';
import { EN_CHECKS } from './en-checks.ts';
import { EN_COMMANDS } from './en-commands.ts';
import { EN_SETUP } from './en-setup.ts';
import { FR_CHECKS } from './fr-checks.ts';
import { FR_COMMANDS } from './fr-commands.ts';
import { FR_SETUP } from './fr-setup.ts';
import { SETUP } from './setup.ts';

/** Every text under its path; one that is made by a function is made with plain values. */
function texts(entry: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof entry === 'string') return [[path, entry]];
  if (typeof entry === 'function') return [[path, String(entry(3, 4, 5, 6, 7))]];
  return Object.entries(entry as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

/** Names of programs and services, and signs. */
const SAME = new Set([
  '.mode.name',
  '.node.name',
  '.site.name',
  '.migrations.name',
  '.services.name',
  '.sms.name',
]);

describe.each([
  ['checks', FR_CHECKS, EN_CHECKS],
  ['commands', FR_COMMANDS, EN_COMMANDS],
  ['setup', FR_SETUP, EN_SETUP],
])('the dictionaries of %s', (_what, fr, en) => {
  test('say the same things in both languages, and nothing is empty or left untranslated', () => {
    const [french, english] = [texts(fr), texts(en)];
    expect(english.map(([path]) => path)).toEqual(french.map(([path]) => path));
    const empty = [...french, ...english].filter(([, text]) => text === '' || text.includes('undefined'));
    expect(empty).toEqual([]);
    const inFrench = new Map(french);
    const untranslated = english.filter(
      ([path, text]) => inFrench.get(path) === text && /[a-z]{3}/i.test(text) && !SAME.has(path),
    );
    // A command to be typed and a pair of names are what they are.
    expect(untranslated.filter(([, text]) => !/^(npm run|GetMiPay,)/.test(text))).toEqual([]);
  });
});

test('every question of setup is asked in both languages', () => {
  const asked = QUESTIONS.map(({ variable }) => SETUP.questions[variable]);
  expect(asked.filter(({ fr, en }) => fr === en)).toEqual([]);
  expect(asked).toHaveLength(Object.keys(FR_SETUP.questions).length);
});

test('no program says anything that is not in a dictionary', () => {
  const folder = join(import.meta.dirname, '..');
  const programs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('words'),
  );
  expect(programs.length).toBeGreaterThan(25);
  const spoken =
    /(?:say|complain|Hindrance|UsageError)\(\s*['"`]|(?:seen|cure|message): ['"`]|stdout\.write\(['"]/;
  const bare = programs.filter((path) => spoken.test(readFileSync(join(folder, path), 'utf8')));
  expect(bare).toEqual([]);
});

test('every program looks at its Node before anything else is loaded', () => {
  const folder = join(import.meta.dirname, '../../..');
  const programs = [
    'main.ts',
    ...readdirSync(join(folder, 'channels/cli')).map((name) => `channels/cli/${name}`),
  ];
  const firstImports = programs.flatMap((path) => {
    const text = path.endsWith('.ts') ? readFileSync(join(folder, path), 'utf8') : '';
    return /^await (?:runCommand|import)\(/m.test(text) ? [/^import .*$/m.exec(text)?.[0] ?? ''] : [];
  });
  expect(firstImports.length).toBeGreaterThan(7);
  expect(firstImports.filter((line) => !line.includes('require-node.ts'))).toEqual([]);
});

test.each<[Record<string, string>, string]>([
  [{}, 'en'],
  [{ LANG: 'fr_CI.UTF-8' }, 'fr'],
  [{ LANG: 'fr' }, 'fr'],
  [{ LANG: 'fry_NL' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR', LC_ALL: 'en_GB' }, 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'fr_SN', LC_ALL: '' }, 'fr'],
])('a terminal with %o is spoken to in %s', (variables, language) => {
  expect(languageOf(variables)).toBe(language);
});

test('--lang wins over the terminal, wherever it stands, and is refused when it is no language', () => {
  const read = (...args: string[]) => readLanguage(args, { LANG: 'fr_CI' });
  expect(read('--list', '--lang', 'en', '--name', 'x')).toEqual({
    language: 'en',
    rest: ['--list', '--name', 'x'],
  });
  expect(read('--lang=en')).toEqual({ language: 'en', rest: [] });
  expect(read('--list')).toEqual({ language: 'fr', rest: ['--list'] });
  for (const args of [['--lang'], ['--lang', 'de'], ['--lang=']])
    expect(() => read(...args)).toThrow('--lang');
});

test('what is wrong with flags is said in both languages', () => {
  const fly = Object.assign(new Error("Unknown option '--fly'. To specify"), {
    code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
  });
  expect(misuse(fly)).toEqual({ fr: 'option inconnue : --fly', en: "Unknown option '--fly'" });
  expect(misuse(new Error('else'))).toBeUndefined();
});

test.each([
  ['v20.20.2', '24.7.0', true],
  ['v24.6.9', '24.7.0', true],
  ['v24.7.0', '24.7.0', false],
  ['v24.21.0', '24.7.0', false],
  ['>=20', '24.7.0', true],
])('%s is older than %s: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
