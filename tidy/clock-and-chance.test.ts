/**
 * Keeps time, chance and the environment handed in: nothing but their own files asks the machine for them.
 *
 * One forgotten `new Date()` and a failing universe can no longer be played again; one `setTimeout` in a test and the
 * suite is slow and still fails on a busy machine.
 */
import { expect, test } from 'vitest';
import { type Exception, type Finding, judge } from './exceptions.ts';
import { readCode, type TextFile } from './sources.ts';
import { dottedName, lineOf, nodeIn, nodesIn, parse, type SyntaxNode, textIn } from './syntax.ts';

const READS = new Set([
  'Date.now',
  'performance.now',
  'process.hrtime',
  'process.hrtime.bigint',
  'process.uptime',
  'Math.random',
  'crypto.getRandomValues',
  'crypto.randomUUID',
]);
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const DRAWN = new Set([
  'randomBytes',
  'randomUUID',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
]);

const EXCEPTIONS: readonly Exception[] = [
  { path: 'src/ground/clock.ts', what: 'new Date()', reason: 'this is the clock' },
  { path: 'src/ground/clock.ts', what: 'setTimeout', reason: 'this is the clock' },
  { path: 'src/ground/chance.ts', what: 'randomBytes', reason: 'this is chance' },
  {
    path: 'bench/measure.ts',
    what: 'node:timers/promises',
    reason: 'work that arrives on a schedule needs one: nothing is judged by it but speed',
  },
  {
    path: 'src/ground/ledger/posting-crash.test.ts',
    what: 'process.env',
    reason: 'LEDGER_KILLS sets how many kills',
  },
  { path: 'src/serve.ts', what: 'process.env', reason: 'the environment is read once, here, and handed in' },
  {
    path: 'src/channels/cli/run-command.ts',
    what: 'process.env',
    reason: 'every program begins here, and the terminal says in it which language it speaks',
  },
  {
    path: 'src/channels/cli/migrate.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/setup.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/backup.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/doctor.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/healthy.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/seal-keys.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/person.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/restore.ts',
    what: 'process.env',
    reason: 'it is a program of its own, beside `serve.ts`: its environment is read here and handed in',
  },
  {
    path: 'src/channels/cli/setup.ts',
    what: 'node:timers/promises',
    reason: 'it watches a running product from outside, and looks again until it is so',
  },
  {
    path: 'scripts/take-screenshot.mjs',
    what: 'process.env',
    reason: 'the product that it starts finds its programs by PATH and gets nothing else of the environment',
  },
  {
    path: 'src/ground/testing/fresh-database.ts',
    what: 'randomUUID',
    reason: 'names of test databases must differ between runs on one server',
  },
  {
    path: 'src/rails/simulator/server.ts',
    what: 'node:timers/promises',
    reason: 'the simulated provider is a world of its own: silence on its wire takes real time',
  },
  {
    path: 'src/rails/simulator/server.ts',
    what: 'setInterval',
    reason: 'the simulated provider runs its own loop, as the real one does',
  },
  {
    path: 'src/channels/web/comfort.client.js',
    what: 'setTimeout',
    reason: 'it runs on the phone, and looks again while the person waits',
  },
  {
    path: 'src/channels/web/console/now/feed.ts',
    what: 'node:timers/promises',
    reason: 'an open stream looks at the board every few seconds while somebody watches it',
  },
  {
    path: 'src/ground/ledger/equivalence.test.ts',
    what: 'process.env',
    reason: 'how many streams and which seed is said on the command line, to play a failure again',
  },
  {
    path: 'src/ground/testing/postgres-server.ts',
    what: 'process.env',
    reason: 'whoever has a PostgreSQL server at hand names it, and none is started',
  },
  {
    path: 'src/rails/simulator/server.test.ts',
    what: 'setImmediate',
    reason: 'it gives way until the request has arrived at the other end of a real connection',
  },
  {
    path: 'stories/world/until.ts',
    what: 'node:timers/promises',
    reason: 'stories watch real processes and a real browser: they look again until it is so',
  },
  {
    path: 'stories/crash.story.ts',
    what: 'node:timers/promises',
    reason: 'the process is killed at a drawn moment; nothing is waited for',
  },
  {
    path: 'stories/withdrawal-crash.story.ts',
    what: 'node:timers/promises',
    reason: 'the process is killed at a drawn moment; nothing is waited for',
  },
  {
    path: 'stories/failover.story.ts',
    what: 'node:timers/promises',
    reason: 'a recovery is killed a moment after it began; nothing is waited for',
  },
  {
    path: 'stories/races.story.ts',
    what: 'node:timers/promises',
    reason: 'two requests of one race leave a drawn moment apart; nothing is waited for',
  },
  {
    path: 'faults/run-on.ts',
    what: 'setImmediate',
    reason: 'it gives way until everything in this thread stands still; no time passes in the universe',
  },
  {
    path: 'faults/simulate.ts',
    what: 'process.uptime',
    reason: 'the command ends after so many real minutes; the universes know nothing of it',
  },
  {
    path: 'faults/progress.ts',
    what: 'process.uptime',
    reason: 'it tells how many universes a second of the machine plays',
  },
];

/** Stories and measurements start real processes, and have an end in real time; they draw and sleep no more than others. */
const IN_REAL_TIME = /^(stories|bench)\//;
const REAL_TIME = new Set(['Date.now', 'performance.now', 'new Date()', 'process.env']);

function findReads(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) =>
    parse(file).nodes.flatMap((node) =>
      readsIn(node)
        .filter((what) => !(IN_REAL_TIME.test(file.path) && REAL_TIME.has(what)))
        .map((what) => ({ path: file.path, line: lineOf(file.text, node.start), what })),
    ),
  );
}

function readsIn(node: SyntaxNode): string[] {
  switch (node.type) {
    case 'NewExpression': {
      const isNow = dottedName(nodeIn(node, 'callee')) === 'Date' && nodesIn(node, 'arguments').length === 0;
      return isNow ? ['new Date()'] : [];
    }
    case 'MemberExpression': {
      const name = dottedName(node)?.replace(/^globalThis\./, '');
      if (name === 'process.env') return [name];
      return name !== undefined && READS.has(name) ? [name] : [];
    }
    case 'CallExpression': {
      const name = dottedName(nodeIn(node, 'callee'))?.replace(/^globalThis\./, '');
      return name !== undefined && TIMERS.has(name) ? [name] : [];
    }
    case 'ImportDeclaration':
      return importedReads(node);
    default:
      return [];
  }
}

function importedReads(node: SyntaxNode): string[] {
  const from = textIn(nodeIn(node, 'source'), 'value') ?? '';
  if (/^(node:)?timers/.test(from)) return [from];
  if (!/^(node:)?(crypto|process)$/.test(from)) return [];
  return nodesIn(node, 'specifiers').flatMap((specifier) => {
    const name = textIn(nodeIn(specifier, 'imported'), 'name') ?? '';
    if (name === 'env') return ['process.env'];
    return DRAWN.has(name) ? [name] : [];
  });
}

test('time, chance and the environment are handed in', () => {
  expect(judge(findReads(readCode()), EXCEPTIONS)).toEqual([]);
});

test.each([
  ['const at = new Date();', 'new Date()'],
  ['const at_ms = Date.now();', 'Date.now'],
  ['const now = Date.now;', 'Date.now'],
  ['const at_ms = performance.now();', 'performance.now'],
  ['const age_s = process.uptime();', 'process.uptime'],
  ['const drawn = Math.random();', 'Math.random'],
  ["import { randomUUID as draw } from 'node:crypto';", 'randomUUID'],
  ["import { setTimeout as wait } from 'node:timers/promises';", 'node:timers/promises'],
  ['await new Promise((done) => setTimeout(done, 50));', 'setTimeout'],
  ['globalThis.setTimeout(act, 5);', 'setTimeout'],
  ["const url = process.env['DATABASE_URL'];", 'process.env'],
])('%s is found', (text, what) => {
  expect(findReads([{ path: 'src/wallet/a.ts', text }])).toEqual([
    { path: 'src/wallet/a.ts', line: 1, what },
  ]);
});

test.each([
  "const born = new Date('2026-01-01T00:00:00Z');",
  'const at = ground.clock.now();',
  "import { createHash } from 'node:crypto';",
  '// new Date() is forbidden here',
])('%s is fine', (text) => {
  expect(findReads([{ path: 'src/wallet/a.ts', text }])).toEqual([]);
});

test('a story may look at the time, and may neither draw nor sleep', () => {
  const found = (text: string) => findReads([{ path: 'stories/a.story.ts', text }]).map(({ what }) => what);
  expect(found('const started_ms = performance.now();')).toEqual([]);
  expect(found('const drawn = Math.random();')).toEqual(['Math.random']);
  expect(found('setTimeout(act, 5);')).toEqual(['setTimeout']);
});
