/**
 * Holds the law of the floors: an import points to a lower floor or stays in its own folder.
 *
 * A single import upward is how a ledger learns about web pages; found here it costs a minute.
 */
import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { isForTests, readCode, type TextFile } from './sources.ts';

const FLOORS: Readonly<Record<string, number>> = {
  ground: 0,
  people: 1,
  rails: 1,
  wallet: 2,
  tontine: 3,
  oversight: 4,
  channels: 5,
};

/** The files that put the product together: they know everything, and nothing of the product knows them. */
const BUILDERS = ['src/main.ts', 'src/serve.ts', 'src/product.ts'];
/** The one channel that may call the others: the list of what happens without a person. */
const TIMETABLE = 'src/channels/jobs';

/** Packages that belong behind one door, and the folders that are that door. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  fastify: ['src/channels/', 'src/rails/simulator/'],
  '@fastify/': ['src/channels/', 'src/rails/simulator/'],
  preact: ['src/channels/', 'src/rails/simulator/'],
  undici: ['src/rails/providers/', 'src/rails/simulator/', 'src/channels/'],
  nodemailer: ['src/channels/alarms/'],
  cockatiel: ['src/rails/providers/'],
  pg: ['src/ground/postgres/'],
  '@electric-sql/pglite': ['src/ground/postgres/'],
  'pg-boss': ['src/ground/queue/'],
};

function findBreaches(files: readonly TextFile[]): string[] {
  const breaches: string[] = [];
  for (const file of files) {
    if (!file.path.startsWith('src/')) continue;
    for (const found of importsOf(file)) {
      const reason =
        found.path === undefined ? whyNotPackage(file.path, found.from) : whyNotFile(file.path, found.path);
      if (reason !== undefined) breaches.push(`${file.path}:${found.line} ${reason} (${found.from})`);
    }
  }
  return breaches;
}

function whyNotFile(from: string, to: string): string | undefined {
  if (!to.startsWith('src/')) return 'reaches outside src';
  if (/\/testing\//.test(to) && !isForTests(from)) return 'takes what is made for tests';
  if (BUILDERS.includes(from)) return undefined;
  if (BUILDERS.includes(to)) return isForTests(from) ? undefined : 'imports what builds the product';
  const [here, there] = [from.split('/')[1] ?? '', to.split('/')[1] ?? ''];
  const [floor, below] = [FLOORS[here], FLOORS[there]];
  if (floor === undefined || below === undefined) return 'stands on no floor';
  if (here !== there) return below < floor ? undefined : `points from ${here} up or sideways to ${there}`;
  return here === 'channels' ? whyNotChannel(from, to) : undefined;
}

function whyNotChannel(from: string, to: string): string | undefined {
  const [here, there] = [channelOf(from), channelOf(to)];
  if (there === undefined || here === there || from.startsWith(`${TIMETABLE}/`)) return undefined;
  return here === undefined ? `is of all channels and knows ${there}` : `points from ${here} to ${there}`;
}

/** The channel of a file; nothing for the few files that all channels share. */
function channelOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 3 ? parts[2] : undefined;
}

function whyNotPackage(from: string, name: string): string | undefined {
  if (isForTests(from) || BUILDERS.includes(from)) return undefined;
  const door = Object.entries(DOORS).find(
    ([guarded]) => name === guarded || name.startsWith(guarded.endsWith('/') ? guarded : `${guarded}/`),
  );
  if (door === undefined || door[1].some((folder) => from.startsWith(folder))) return undefined;
  return `opens a door that belongs to ${door[1].join(', ')}`;
}

/** The first ring of imports found, as a list of paths that ends where it began. Types are gone when it runs. */
function findCycle(files: readonly TextFile[]): string[] | undefined {
  const targets = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap((found) => (found.typeOnly ? [] : (found.path ?? []))),
    ]),
  );
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] | undefined => {
    const place = trail.indexOf(path);
    if (place >= 0) return [...trail.slice(place), path];
    if (done.has(path)) return undefined;
    for (const target of targets.get(path) ?? []) {
      const ring = walk(target, [...trail, path]);
      if (ring !== undefined) return ring;
    }
    done.add(path);
    return undefined;
  };
  for (const path of targets.keys()) {
    const ring = walk(path, []);
    if (ring !== undefined) return ring;
  }
  return undefined;
}

test('every import points down or stays in its folder', () => {
  expect(findBreaches(readCode())).toEqual([]);
});

test('no file needs itself, over however many others', () => {
  expect(findCycle(readCode())).toBeUndefined();
});

test.each([
  ['src/ground/a.ts', '../wallet/b.ts', 'points from ground up'],
  ['src/people/a.ts', '../rails/b.ts', 'points from people up or sideways to rails'],
  ['src/rails/payments/a.ts', '../../people/b.ts', 'points from rails up or sideways to people'],
  ['src/wallet/a.ts', '../channels/web/b.ts', 'points from wallet up'],
  ['src/channels/web/a.ts', '../callbacks/b.ts', 'points from web to callbacks'],
  ['src/channels/settings.ts', './web/b.ts', 'knows web'],
  ['src/channels/web/a.ts', '../../main.ts', 'imports what builds the product'],
  ['src/rails/a.ts', './testing/b.ts', 'made for tests'],
  ['src/rails/a.ts', '../../stories/b.ts', 'outside src'],
  ['src/elsewhere/a.ts', '../ground/b.ts', 'stands on no floor'],
  ['src/wallet/a.ts', 'fastify', 'opens a door'],
  ['src/wallet/a.ts', '@fastify/cookie', 'opens a door'],
  ['src/rails/payments/a.ts', 'undici', 'opens a door'],
])('%s may not import %s', (path, from, reason) => {
  const [breach, ...rest] = findBreaches([{ path, text: `import { b } from '${from}';` }]);
  expect(breach).toContain(reason);
  expect(rest).toEqual([]);
});

test.each([
  ['src/wallet/a.ts', '../people/b.ts'],
  ['src/rails/a.test.ts', './testing/b.ts'],
  ['src/channels/jobs/a.ts', '../callbacks/b.ts'],
  ['src/channels/web/login/a.ts', '../wallet/b.ts'],
  ['src/channels/web/a.ts', '../settings.ts'],
  ['src/main.ts', './channels/web/b.ts'],
  ['src/rails/providers/getmipay/a.ts', 'undici'],
  ['src/ground/a.ts', 'pg-format'],
])('%s may import %s', (path, from) => {
  expect(findBreaches([{ path, text: `import { b } from '${from}';` }])).toEqual([]);
});

test('a ring of three files is found', () => {
  const ring = findCycle([
    { path: 'src/ground/a.ts', text: "import './b.ts';" },
    { path: 'src/ground/b.ts', text: "import './c.ts';" },
    { path: 'src/ground/c.ts', text: "import { a } from './a.ts';" },
  ]);
  expect(ring).toEqual(['src/ground/a.ts', 'src/ground/b.ts', 'src/ground/c.ts', 'src/ground/a.ts']);
  const types = [
    { path: 'src/ground/a.ts', text: "import './b.ts';" },
    { path: 'src/ground/b.ts', text: "import type { A } from './a.ts';" },
  ];
  expect(findCycle(types)).toBeUndefined();
});
