import { expect, test } from 'vitest';
import { groundSettings, readSettings } from '../../../ground/configuration.ts';
import { money } from '../../../ground/money/money.ts';
import type { ServerFacts } from '../../../ground/postgres/examine-server.ts';
import type { Examination } from '../../../rails/providers/getmipay/examine-access.ts';
import { railsSettings } from '../../../rails/settings.ts';
import { TEST_SERVICE } from '../../../rails/testing/scripted-provider.ts';
import { checkLines, exitCodeOf, summaryOf } from '../check.ts';
import { plainly } from '../words/said.ts';
import { judgeProvider } from './judge-provider.ts';
import { judgeSkew } from './try-clock.ts';
import { databaseAway, judgeServer } from './try-database.ts';
import { judgeQueue } from './try-jobs.ts';

const RAILS = readSettings(railsSettings, { GETMIPAY_API_URL: 'https://provider.example' });
const PRODUCTION = readSettings(groundSettings, { MODE: 'production' });
const SERVICE = { ...TEST_SERVICE, method: 'wave', withdrawals: true } as const;
const NOW = new Date('2026-01-05T08:00:00Z');
const SERVER: ServerFacts = {
  majorVersion: 18,
  isReadOnly: false,
  isDurable: true,
  standbys: 1,
  synchronousStandbys: 1,
  mayCreateDatabases: true,
  connections: 10,
  mostConnections: 100,
};

function examined(change: Partial<Examination> = {}): Examination {
  const services = [SERVICE];
  return { access: 'accepted', evidence: 'http-200', services, balances: [money(5000n, 'XOF')], ...change };
}

test.each([
  ['refused', 'compare both keys'],
  ['unreachable', 'GETMIPAY_API_URL'],
  ['strange', 'GETMIPAY_GENERATION'],
] as const)('a provider that is %s has its own cure, and nothing else is told', (access, words) => {
  const [check, ...rest] = judgeProvider(examined({ access, evidence: 'http-401' }), RAILS);
  expect([check?.state, rest]).toEqual(['red', []]);
  expect(check?.seen.fr).toContain('http-401');
  expect(check?.cure?.en).toContain(words);
});

test('services are a table, and what is missing is said', () => {
  const states = (change: Partial<Examination>) =>
    judgeProvider(examined(change), RAILS).map(({ state }) => state);
  expect(states({})).toEqual(['green', 'green', 'green']);
  expect(states({ services: [] })).toEqual(['green', 'red', 'green']);
  expect(states({ services: [{ ...SERVICE, withdrawals: false }] })).toEqual(['green', 'amber', 'green']);
  expect(states({ balances: [] })).toEqual(['green', 'green', 'amber']);
  expect(states({ balances: [money(0n, 'XOF')] })).toEqual(['green', 'green', 'amber']);
  expect(judgeProvider(examined(), RAILS)[1]?.seen.en).toMatch(/CI +wave +in \+ out/);
});

test.each<[string, Partial<ServerFacts>, string]>([
  ['as it should be', {}, 'green'],
  ['no synchronous standby', { synchronousStandbys: 0 }, 'amber'],
  ['too old', { majorVersion: 14 }, 'red'],
  ['a standby', { isReadOnly: true }, 'red'],
  ['one that forgets', { isDurable: false }, 'red'],
  ['one that is full', { connections: 95 }, 'red'],
])('a server that is %s', (_what, change, state) => {
  expect(judgeServer({ ...SERVER, ...change }, PRODUCTION).state).toBe(state);
});

test('a database that cannot be reached is told without its address', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED db.example user:secret'), {
    code: 'ECONNREFUSED',
  });
  const check = databaseAway(error);
  expect(checkLines(check).en).toContain('nothing listens there');
  expect(checkLines(check).en).not.toContain('secret');
});

test('jobs are watched by the last turn of the timetable', () => {
  const at = (quiet_s: number, failed = 0) =>
    judgeQueue(
      { lastProofAt: new Date(NOW.getTime() - quiet_s * 1000), openProofs: 0, waiting: 0, failed },
      NOW,
    ).state;
  expect([at(30), at(30, 1), at(600)]).toEqual(['green', 'amber', 'red']);
  expect(judgeQueue(undefined, NOW).state).toBe('red');
});

test.each([
  [0.4, 'green'],
  [-40, 'amber'],
  [200, 'red'],
])('a clock that is off by %d s', (skew_s, state) => {
  expect(judgeSkew(skew_s, 300).state).toBe(state);
});

test('one red check is a failure, any number of amber ones is not', () => {
  const check = (state: 'green' | 'amber' | 'red') => ({
    name: plainly('one'),
    state,
    seen: plainly('two\nthree'),
  });
  expect(exitCodeOf([check('green'), check('amber')])).toBe(0);
  expect(exitCodeOf([check('amber'), check('red')])).toBe(1);
  expect(summaryOf([check('amber'), check('red')])).toEqual({
    fr: '0 bon, 1 à voir, 1 mauvais',
    en: '0 good, 1 to watch, 1 wrong',
  });
  expect(checkLines({ ...check('red'), cure: plainly('four') }).en).toBe(
    '✘ wrong  one: two\n          three\n          → four',
  );
});
