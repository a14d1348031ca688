import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../ground/clock.ts';
import { money } from '../../../ground/money/money.ts';
import type { ServerFacts } from '../../../ground/postgres/examine-server.ts';
import type { HeadsVerdict } from '../../../oversight/heads/check-heads.ts';
import { TEST_SERVICE } from '../../../rails/testing/scripted-provider.ts';
import { readAllSettings } from '../../boot-checks.ts';
import { exitCodeOf } from '../check.ts';
import { type DatabaseFacts, type Facts, IN_USE } from './facts.ts';
import { judgeFacts } from './judge-facts.ts';

const NOW = new Date('2026-01-05T08:00:00Z');
const PRODUCTION = {
  MODE: 'production',
  PUBLIC_URL: 'https://tontine.example',
  DATABASE_URL: 'postgres://localhost/tontine',
  SECRET_KEY: 'a'.repeat(40),
  SEAL_KEYS: 'd'.repeat(40),
  SMS_GATEWAY_URL: 'https://sms.example/send',
  GETMIPAY_API_URL: 'https://provider.example/api/v1',
  GETMIPAY_API_KEY: 'public-key-of-a-test',
  GETMIPAY_SECRET_KEY: 'secret-key-of-a-test',
  GETMIPAY_WEBHOOK_SECRET: 'webhook-secret-of-a-test',
  GETMIPAY_ENVIRONMENT: 'live',
  BACKUP_TO: '/var/backups',
  BACKUP_RECIPIENT: 'age1x',
};
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
const SCHEMA = { last: '0014-reconciled-days.sql', missing: [], unknown: [], edited: [] };
const DATABASE: DatabaseFacts = {
  server: SERVER,
  schema: SCHEMA,
  queue: { lastProofAt: after(NOW, -20_000), openProofs: 0, waiting: 0, failed: 0 },
  admins: 2,
  adminsWithoutSecondFactor: 0,
  demoPeople: 0,
  headKey: 'f00d',
  heads: { found: { ok: true, checked: 3, newestAt: after(NOW, -2 * MINUTE_MS) } },
  writesPlainly: false,
  months: [
    { kind: 'journal', ahead: 12, oldestUnarchivedAt: after(NOW, -390 * DAY_MS) },
    { kind: 'events', ahead: 12, oldestUnarchivedAt: after(NOW, -5 * DAY_MS) },
  ],
};
const DRILL = {
  name: 'x',
  triedAt: after(NOW, -3 * DAY_MS).toISOString(),
  took_ms: 900,
  proven: true,
  seen: '',
};
const GOOD: Facts = {
  settings: readAllSettings(PRODUCTION),
  product: { version: '0.1.0', engines: '>=20', triedNode: '^24.21.0' },
  now: NOW,
  nodeVersion: 'v24.21.0',
  envFileMode: 0o100600,
  disk: { found: { freeBytes: 50e9, totalBytes: 100e9 } },
  provider: {
    found: {
      access: 'accepted',
      evidence: 'http-200',
      services: [TEST_SERVICE],
      balances: [money(900_000n, 'XOF')],
    },
  },
  skew: { found: 0.2 },
  site: { found: { health: 200, certificateUntil: after(NOW, 60 * DAY_MS) } },
  database: { found: DATABASE },
  backups: { found: { newestAt: after(NOW, -5 * HOUR_MS), drill: DRILL } },
};

test('a production as it should be is green from end to end', () => {
  const checks = judgeFacts(GOOD);
  expect(checks.filter(({ state }) => state !== 'green')).toEqual([]);
  expect(new Set(checks.map(({ name }) => name.en)).size).toBe(checks.length);
  expect(exitCodeOf(checks)).toBe(0);
});

const settings = (change: Record<string, string>) => ({
  settings: readAllSettings({ ...PRODUCTION, ...change }),
});
const database = (change: Partial<DatabaseFacts>) => ({ database: { found: { ...DATABASE, ...change } } });
const months = (ahead: number, days: number) =>
  database({ months: [{ kind: 'events', ahead, oldestUnarchivedAt: after(NOW, -days * DAY_MS) }] });
const REWRITTEN: HeadsVerdict = {
  ok: false,
  conviction: { name: 'head-x.json', chain: 'ledger', seq: 7n, reason: 'differs' },
};
const heads = (minutes: number | undefined) => {
  const newestAt = minutes === undefined ? undefined : after(NOW, -minutes * MINUTE_MS);
  return database({ heads: { found: { ok: true, checked: 1, newestAt } } });
};
const site = (health: number, days: number) => ({
  site: { found: { health, certificateUntil: after(NOW, days * DAY_MS) } },
});
const backups = (hours: number | undefined, drill: typeof DRILL | undefined) => ({
  backups: { found: { newestAt: hours === undefined ? undefined : after(NOW, -hours * HOUR_MS), drill } },
});

test.each<[string, Partial<Facts>, string, 'amber' | 'red']>([
  [
    'sandbox keys',
    settings({ GETMIPAY_ENVIRONMENT: 'sandbox', GETMIPAY_REHEARSAL: 'true' }),
    'mode',
    'amber',
  ],
  ['a log that tells too much', settings({ LOG_LEVEL: 'debug' }), 'log', 'amber'],
  [
    'a secret that is being changed',
    settings({ GETMIPAY_WEBHOOK_SECRET_PREVIOUS: 'x'.repeat(20) }),
    'webhook secret',
    'amber',
  ],
  ['a file that others read', { envFileMode: 0o100644 }, 'configuration file', 'red'],
  ['an old Node', { nodeVersion: 'v20.1.0' }, 'Node', 'red'],
  ['little room', { disk: { found: { freeBytes: 10e9, totalBytes: 100e9 } } }, 'disk', 'amber'],
  ['hardly any room', { disk: { found: { freeBytes: 1e9, totalBytes: 100e9 } } }, 'disk', 'red'],
  ['a provider that cannot be reached', { provider: { unknown: 'ECONNREFUSED' } }, 'authentication', 'red'],
  ['a clock that is off', { skew: { found: 290 } }, 'clock', 'red'],
  ['a site that is down', site(0, 60), 'site', 'red'],
  ['a certificate that ends soon', site(200, 10), 'certificate', 'amber'],
  ['a certificate that has ended', site(200, -1), 'certificate', 'red'],
  ['a Node that nobody tried', { nodeVersion: 'v26.0.0' }, 'Node', 'amber'],
  ['a schema that is old', database({ schema: { ...SCHEMA, missing: ['0015-x.sql'] } }), 'migrations', 'red'],
  [
    'a schema of a newer version',
    database({ schema: { ...SCHEMA, unknown: ['0099-x.sql'] } }),
    'migrations',
    'red',
  ],
  [
    'a migration that was edited',
    database({ schema: { ...SCHEMA, edited: ['0003-x.sql'] } }),
    'migrations',
    'red',
  ],
  ['an old PostgreSQL', database({ server: { ...SERVER, majorVersion: 14 } }), 'database', 'red'],
  [
    'a PostgreSQL that nobody tried',
    database({ server: { ...SERVER, majorVersion: 19 } }),
    'database',
    'amber',
  ],
  ['demo people', database({ demoPeople: 9 }), 'demo people', 'red'],
  ['nobody in charge', database({ admins: 0 }), 'administrators', 'red'],
  ['one person in charge', database({ admins: 1 }), 'administrators', 'amber'],
  [
    'an administrator without a second factor',
    database({ adminsWithoutSecondFactor: 1 }),
    'second factors',
    'red',
  ],
  ['books that were rewritten', database({ heads: { found: REWRITTEN } }), 'published heads', 'red'],
  ['a place of heads that is away', database({ heads: { unknown: 'ENOENT' } }), 'published heads', 'red'],
  ['heads that nobody publishes', database({ heads: undefined }), 'published heads', 'amber'],
  ['no head yet', heads(undefined), 'published heads', 'red'],
  ['an old head', heads(100), 'published heads', 'amber'],
  ['few months ahead', months(2, 5), 'months ahead', 'amber'],
  ['no month ahead', months(0, 5), 'months ahead', 'red'],
  ['a month that nobody archives', months(12, 40), 'archived months', 'amber'],
  ['a database that is away', { database: { unknown: 'ECONNREFUSED' } }, 'database', 'red'],
  ['a demo that runs meanwhile', { database: { unknown: IN_USE } }, 'database', 'amber'],
  ['no backups', { backups: undefined }, 'backups', 'red'],
  ['no backup yet', backups(undefined, undefined), 'backups', 'red'],
  ['a night without one', backups(30, DRILL), 'backups', 'amber'],
  ['two nights without one', backups(60, DRILL), 'backups', 'red'],
  ['backups that nobody tried', backups(5, undefined), 'restore drill', 'amber'],
  ['a backup that cannot be restored', backups(5, { ...DRILL, proven: false }), 'restore drill', 'red'],
  [
    'a drill of long ago',
    backups(5, { ...DRILL, triedAt: after(NOW, -40 * DAY_MS).toISOString() }),
    'restore drill',
    'amber',
  ],
])('%s', (_what, change, name, state) => {
  const check = judgeFacts({ ...GOOD, ...change }).find((one) => one.name.en === name);
  expect(check?.state).toBe(state);
  expect(check?.cure?.fr).toMatch(/\S/);
  expect(check?.cure?.en).toMatch(/\S/);
});

test('what a demo may do without is amber there', () => {
  const demo: Facts = {
    ...GOOD,
    settings: readAllSettings({}),
    site: { found: { health: 200, certificateUntil: undefined } },
    database: { found: { ...DATABASE, server: undefined, admins: 1, demoPeople: 9 } },
    backups: undefined,
  };
  const checks = judgeFacts(demo);
  expect(exitCodeOf(checks)).toBe(0);
  const amber = checks.filter(({ state }) => state === 'amber').map(({ name }) => name.en);
  expect(amber).toEqual(['mode', 'certificate', 'database', 'seal keys', 'administrators', 'backups']);
});
