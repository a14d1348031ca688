/**
 * Holds the documents to the project: links, commands, variables, files and words that they name must exist.
 *
 * A newcomer believes a document once. What can be compared with the source is compared; the rest is for reviewers.
 */
import { posix } from 'node:path';
import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import {
  BACKUP_FLAGS,
  PERSON_FLAGS,
  RESTORE_FLAGS,
  SEAL_KEYS_FLAGS,
} from '../src/channels/cli/backup-flags.ts';
import { readSetupFlags } from '../src/channels/cli/setup-flags.ts';
import { channelSettings } from '../src/channels/settings.ts';
import { groundSettings, readSettings } from '../src/ground/configuration.ts';
import { railsSettings } from '../src/rails/settings.ts';
import { commandsIn } from '../stories/world/guide-commands.ts';
import { listPaths, readText, type TextFile } from './sources.ts';
import { readUnion } from './syntax.ts';

const paths = listPaths();
const documents: TextFile[] = paths
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readText(path) }));
const settings = { ...groundSettings.shape, ...railsSettings.shape, ...channelSettings.shape };

/** Text without the blocks of code in it, every line where it was. */
function prose(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, (block) => block.replaceAll(/[^\n]/g, ''));
}

/** The name that a heading can be linked by. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** Relative links that lead nowhere, images included. */
function findDeadLinks({ path, text }: TextFile, existing: readonly string[]): string[] {
  const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1] ?? '');
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = decodeURI(link).split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
      if (!existing.includes(target) && !existing.some((other) => other.startsWith(`${target}/`)))
        return true;
      if (anchor === undefined) return false;
      const body = target === path ? text : readText(target);
      const headings = [...body.matchAll(/^#+ (.+)$/gm)].map((found) => anchorOf(found[1] ?? ''));
      return !headings.includes(anchor);
    })
    .map((link) => `${path}: ${link}`);
}

/** Commands of npm that a document names and package.json does not have. */
function findUnknownCommands({ path, text }: TextFile, scripts: readonly string[]): string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:--\S+ )*([\w:-]+)|(start|test)\b)/g)];
  return named
    .map((found) => found[1] ?? found[2] ?? '')
    .filter((script) => !scripts.includes(script))
    .map((script) => `${path}: npm run ${script}`);
}

/** Which flags the programs behind npm's scripts take; a document that names another one sends its reader into an error. */
const FLAGS: Readonly<Record<string, (args: readonly string[]) => void>> = {
  setup: (args) => void readSetupFlags(args),
  backup: (args) => void parseArgs({ args: [...args], options: BACKUP_FLAGS }),
  'seal-keys': (args) => void parseArgs({ args: [...args], options: SEAL_KEYS_FLAGS }),
  person: (args) => void parseArgs({ args: [...args], options: PERSON_FLAGS }),
  restore: (args) => void parseArgs({ args: [...args], options: RESTORE_FLAGS }),
};

/** Commands with flags, in backticks or blocks, that their programs would not understand. */
function findWrongFlags({ path, text }: TextFile): string[] {
  const commands = [...text.matchAll(/\bnpm run (setup|backup|seal-keys|person|restore) -- ([^`\n]+)/g)];
  return commands.flatMap(([command, program = '', flags = '']) => {
    try {
      FLAGS[program]?.(flags.trim().split(/\s+/));
      return [];
    } catch (error) {
      return [`${path}: ${command}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

/** Files in backticks that no file of the project ends with. Patterns such as `noun.rows.ts` and `…-once.ts` name none. */
function findUnknownFiles({ path, text }: TextFile, existing: readonly string[]): string[] {
  const patterns = /^(noun|verb-noun|page|form|route)\.|[…<*]/;
  return [...prose(text).matchAll(/`([^`\s]+\.(?:tsx?|sql|mjs|css))`/g)]
    .map((found) => found[1] ?? '')
    .filter((file) => !patterns.test(file))
    .filter((file) => !existing.some((other) => other === file || other.endsWith(`/${file}`)))
    .map((file) => `${path}: ${file}`);
}

/** Codes that the glossary does not have in backticks. */
function findUnexplained(codes: readonly string[], glossary: string): string[] {
  return codes.filter((code) => !glossary.includes(`\`${code}\``));
}

/** Variables that have a row in the table of a document. */
function documentedVariables(text: string): string[] {
  return [...text.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map((found) => found[1] ?? '').toSorted();
}

function exampleVariables(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];
  return Object.fromEntries(lines.map((found) => [found[1] ?? '', found[2] ?? '']));
}

test('every relative link leads somewhere', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(documents.flatMap((document) => findDeadLinks(document, paths))).toEqual([]);
});

test('every command of npm that is named exists', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const known = Object.keys(scripts);
  expect(documents.flatMap((document) => findUnknownCommands(document, known))).toEqual([]);
});

test('every flag that is named is one', () => {
  const guides = documents.filter(({ path }) => path.startsWith('docs/') || path.startsWith('README'));
  expect(guides.flatMap(findWrongFlags)).toEqual([]);
  const wrong = {
    path: 'a.md',
    text: '`npm run setup -- --fly` `npm run backup -- --new-key F` `npm run restore -- x`',
  };
  expect(findWrongFlags(wrong)).toHaveLength(2);
});

/** Of a guide: the examination is for auditors, and decisions are for those who build. */
const ENGLISH_ONLY = /^docs\/(?:fr|decisions)\/|^docs\/ASVS\.md$|^docs\/PERFORMANCE\.md$/;

test('every guide and every runbook is there in French as well, and tells the same commands and alarms', () => {
  const guides = documents.filter(({ path }) => path.startsWith('docs/') && !ENGLISH_ONLY.test(path));
  expect(guides.length).toBeGreaterThan(10);
  for (const { path, text } of guides) {
    const french = path.replace('docs/', 'docs/fr/');
    expect(paths, path).toContain(french);
    const told = readText(french);
    expect(told, french).toContain('[English](');
    expect(text, path).toContain('[Français](');
    expect(new Set(commandsIn(told)), french).toEqual(new Set(commandsIn(text)));
    const alarms = /^\*(?:Alarms?:\*|.* \*Alarm:\*)(.*)$/m.exec(text)?.[1] ?? '';
    for (const [code] of alarms.matchAll(/`[a-z-]+`/g)) expect(told, french).toContain(code);
  }
});

test('every source file that is named exists', () => {
  expect(documents.flatMap((document) => findUnknownFiles(document, paths))).toEqual([]);
});

test.each(['README.md', 'README.fr.md'])('%s explains every variable and no other', (path) => {
  expect(documentedVariables(readText(path))).toEqual(Object.keys(settings).toSorted());
});

test('the example of an environment has every variable, with its default', () => {
  const example = exampleVariables(readText('.env.example'));
  expect(Object.keys(example).toSorted()).toEqual(Object.keys(settings).toSorted());
  for (const shape of [groundSettings, railsSettings, channelSettings]) {
    expect(readSettings(shape, example)).toEqual(readSettings(shape, {}));
  }
});

/** The unions of words that people meet on a page, in a row or in a log, by the file that has them. */
const GLOSSED: Readonly<Record<string, readonly string[]>> = {
  'src/ground/events/event.ts': ['EventName'],
  'src/people/identification.ts': ['Identification'],
  'src/people/pin-guard.ts': ['PinDoor'],
  'src/rails/payments/payment.ts': ['PaymentState'],
  'src/rails/payments/judge-status.ts': ['ReviewReason'],
  'src/rails/payments/review.rows.ts': ['ReviewOutcome'],
  'src/rails/payments/postpone-payout.ts': ['PostponeReason'],
  'src/rails/payments/freeze.rows.ts': ['FreezeScope'],
  'src/oversight/alerts/alert-rule.ts': ['AlertRule', 'AlertState'],
  'src/oversight/access/permission.ts': ['Permission'],
  'src/wallet/withdrawal-request.ts': ['WithdrawalRequestState'],
  'src/wallet/withdrawal-hold.ts': ['HoldReason'],
  'src/tontine/members/membership.ts': ['MembershipState'],
  'src/tontine/cycles/cycle.ts': ['CycleState'],
  'src/tontine/cycles/share.rows.ts': ['ShareState'],
  'src/tontine/rounds/round.ts': ['RoundState'],
  'src/tontine/rounds/due.ts': ['DueState', 'ExpectedFor'],
  'src/tontine/rounds/contribution.ts': ['ContributionState'],
  'src/tontine/rounds/payout.ts': ['PayoutState'],
  'src/tontine/rounds/cash-handout.ts': ['HandoutState'],
  'src/tontine/approvals/approval.ts': ['ApprovalState'],
  'src/tontine/rounds/moves.ts': ['TontineJournal'],
  'src/tontine/turns/draw.rows.ts': ['DrawState'],
  'src/tontine/turns/auction.rows.ts': ['AuctionState'],
  'src/tontine/turns/ballot.rows.ts': ['BallotState'],
  'src/tontine/turns/swap.rows.ts': ['SwapState'],
  'src/tontine/turns/substitution.rows.ts': ['SubstitutionState'],
  'src/tontine/members/exit.rows.ts': ['ExitState'],
  'src/tontine/members/default.rows.ts': ['CoverSourceName'],
  'src/tontine/solidarity/aid-claim.rows.ts': ['AidClaimState'],
  'src/tontine/meetings/meeting.rows.ts': ['Presence'],
};

test('the glossary has every state, every event and every reason', () => {
  const glossary = readText('GLOSSARY.md');
  const unions = Object.entries(GLOSSED).flatMap(([path, names]) =>
    names.map((name) => readUnion({ path, text: readText(path) }, name)),
  );
  for (const words of unions) expect(words.length).toBeGreaterThan(1);
  expect(findUnexplained(unions.flat(), glossary)).toEqual([]);
});

test('the changelog has a place for what comes next, above everything else', () => {
  const [first] = readText('CHANGELOG.md').match(/^## .*$/m) ?? [];
  expect(first).toBe('## [Unreleased]');
});

test('every decision has its number once, and stands in the list', () => {
  const decisions = paths
    .filter((path) => /^docs\/decisions\/\d/.test(path))
    .map((path) => posix.basename(path));
  const numbers = decisions.map((name) => name.slice(0, 4));
  expect(numbers).toEqual([...new Set(numbers)]);
  const list = readText('docs/decisions/README.md');
  for (const name of decisions) {
    expect(list).toContain(`](${name})`);
    const text = readText(`docs/decisions/${name}`);
    for (const part of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`**${part}.**`);
  }
});

test('a dead link, a dead anchor and a missing picture are found, the rest is left alone', () => {
  const text =
    '[a](gone.md) [b](b.md) [c](#here) [d](#there) ![e](gone.png) [f](https://x.example) [g](docs/)\n## Here\n';
  const found = findDeadLinks({ path: 'a.md', text }, ['a.md', 'b.md', 'docs/c.md']);
  expect(found).toEqual(['a.md: gone.md', 'a.md: #there', 'a.md: gone.png']);
  expect(findDeadLinks({ path: 'docs/a.md', text: '[b](../b.md) [c](b.md)' }, ['b.md'])).toEqual([
    'docs/a.md: b.md',
  ]);
});

test('commands, files and codes that do not exist are found', () => {
  const text = '`npm run fly` `npm test` `npm run --silent tidy` `src/gone.ts` `kept.ts` `noun.rows.ts`';
  const document = { path: 'a.md', text };
  expect(findUnknownCommands(document, ['test', 'tidy'])).toEqual(['a.md: npm run fly']);
  expect(findUnknownFiles(document, ['src/kept.ts'])).toEqual(['a.md: src/gone.ts']);
  expect(findUnexplained(['created', 'lost'], '| `created` | lost |')).toEqual(['lost']);
  expect(documentedVariables('| `PORT` | x |\n`HOST`\n')).toEqual(['PORT']);
  expect(exampleVariables('# A=1\nPORT=3000\nHOST=\n')).toEqual({ PORT: '3000', HOST: '' });
});

test('a union of words is read from its source', () => {
  const text = "export type A =\n  | 'on' // it runs\n  | 'off'; // it does not\n";
  expect(readUnion({ path: 'a.ts', text }, 'A')).toEqual(['on', 'off']);
  expect(() => readUnion({ path: 'a.ts', text }, 'B')).toThrow('no union B');
});
