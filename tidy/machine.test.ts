/**
 * Keeps the machine on which something was written out of what was written: no folders of it, no hosts, no keys.
 *
 * What works only here is found by the first newcomer; a key that was committed is everybody's for ever.
 */
import { expect, test } from 'vitest';
import type { Finding } from './exceptions.ts';
import { isForTests, listPaths, readText, type TextFile } from './sources.ts';

const TEXT = /\.(ts|tsx|mts|js|mjs|json|jsonl|sql|md|css|svg|html|txt|ya?ml|toml|sh|example)$|(^|\/)[^.]+$/;
/** It is read apart: it is the one file that names hosts by its nature. */
const LOCK = 'package-lock.json';

const TRACES: Readonly<Record<string, RegExp>> = {
  'a folder of one machine':
    /(?<![\w.@/-])(?:\/(?:home|root|Users|work|workspace|tmp|mnt)\/[\w.-]|[A-Z]:\\Users\\)/,
  'an address of a private network':
    /(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])/,
  'a package registry': /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio)[\w.-]*(?:[:/]|\b)/i,
  'a live key':
    /(?:sk|pk|key)_live_[A-Za-z0-9]{12,}|\bAKIA[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abpr]-[\w-]{20,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a signed token': /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{15,}/,
};

function findTraces(files: readonly TextFile[]): Finding[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, place) =>
        Object.entries(TRACES).flatMap(([what, trace]) =>
          trace.test(line) ? [{ path, line: place + 1, what }] : [],
        ),
      ),
  );
}

/** Hosts from which the lock file would fetch; it should leave that to whoever installs. */
function findLockHosts(lock: string): string[] {
  return [...lock.matchAll(/"resolved":\s*"([a-z+]+:\/\/[^/"]*)/g)].map((found) => found[1] ?? '');
}

test('no file names a folder, a host or a key of one machine', () => {
  const paths = listPaths().filter((path) => TEXT.test(path) && path !== LOCK && !/(^|\/)\.env$/.test(path));
  // A test may make up addresses of callers; a private one stands for nobody.
  const madeUp = (finding: Finding): boolean =>
    isForTests(finding.path) && finding.what === 'an address of a private network';
  const found = findTraces(paths.map((path) => ({ path, text: readText(path) })));
  expect(
    found.filter((finding) => !madeUp(finding)).map(({ path, line, what }) => `${path}:${line} ${what}`),
  ).toEqual([]);
});

test('the lock file names no host to fetch from', () => {
  expect(new Set(findLockHosts(readText(LOCK)))).toEqual(new Set());
});

test('settings of one machine are not part of the project', () => {
  expect(listPaths().filter((path) => /(^|\/)\.npmrc$/.test(path))).toEqual([]);
});

test.each([
  [['', 'home', 'awa', 'tontine'].join('/'), 'a folder of one machine'],
  [`see ${['', 'Users', 'awa'].join('/')}.`, 'a folder of one machine'],
  [`"${['', 'tmp', 'books.json'].join('/')}"`, 'a folder of one machine'],
  [['192', '168', '1', '20'].join('.'), 'an address of a private network'],
  [['https:', '', 'npm-registry.example.org', 'a'].join('/'), 'a package registry'],
  [`gmp_sk_${'live'}_0123456789abcdef`, 'a live key'],
  [`-----BEGIN RSA PRIVATE ${'KEY'}-----`, 'a private key'],
  [`${'eyJ'}hbGciOiJIUzI1NiJ9.${'eyJ'}zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N`, 'a signed token'],
  ["import { registerHome } from './home/route.tsx';", undefined],
  ['https://tontine.example/home/page/', undefined],
  ['gmp_sk_live_x', undefined],
])('%s', (text, what) => {
  expect(findTraces([{ path: 'a.md', text }]).map((found) => found.what)).toEqual(
    what === undefined ? [] : [what],
  );
});

test('a lock file with hosts is found', () => {
  expect(findLockHosts('{"resolved": "https://packages.example/a.tgz"}')).toEqual([
    'https://packages.example',
  ]);
});
