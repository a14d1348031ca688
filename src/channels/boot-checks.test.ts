import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigurationError, groundSettings, readSettings } from '../ground/configuration.ts';
import { inFrench } from '../ground/configuration-words.ts';
import type { Sentence } from '../ground/refusal.ts';
import { railsSettings } from '../rails/settings.ts';
import { checkBoot } from './boot-checks.ts';
import { channelSettings } from './settings.ts';

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
};

function boot(variables: Record<string, string>): void {
  checkBoot({
    ground: readSettings(groundSettings, variables),
    rails: readSettings(railsSettings, variables),
    channels: readSettings(channelSettings, variables),
  });
}

function refusalOf(variables: Record<string, string>): Sentence {
  try {
    boot(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.said;
    throw error;
  }
  return { fr: '', en: '' };
}

test('no configuration at all is a demo, and a complete production starts', () => {
  expect(() => boot({})).not.toThrow();
  expect(() => boot(PRODUCTION)).not.toThrow();
});

test.each<[string, Record<string, string>, string]>([
  ['http in production', { PUBLIC_URL: 'http://tontine.example' }, 'PUBLIC_URL'],
  ['no public address', { PUBLIC_URL: '' }, 'PUBLIC_URL'],
  ['no PostgreSQL', { DATABASE_URL: '' }, 'DATABASE_URL'],
  ['no seal keys', { SEAL_KEYS: '' }, 'SEAL_KEYS'],
  ['a short seal key', { SEAL_KEYS: `${'d'.repeat(40)},short` }, 'SEAL_KEYS'],
  ['no secret', { SECRET_KEY: '' }, 'SECRET_KEY'],
  ['a short secret', { SECRET_KEY: 'short' }, 'SECRET_KEY'],
  ['the simulator', { GETMIPAY_API_URL: '' }, 'GETMIPAY_API_URL'],
  ['no webhook secret', { GETMIPAY_WEBHOOK_SECRET: '' }, 'GETMIPAY_WEBHOOK_SECRET'],
  ['no SMS gateway', { SMS_GATEWAY_URL: '' }, 'SMS_GATEWAY_URL'],
  ['no API key', { GETMIPAY_API_KEY: '' }, 'GETMIPAY_API_KEY'],
  ['a placeholder key', { GETMIPAY_SECRET_KEY: 'your_secret_key_here' }, 'GETMIPAY_SECRET_KEY'],
  ['sandbox money in production', { GETMIPAY_ENVIRONMENT: 'sandbox' }, 'GETMIPAY_ENVIRONMENT'],
  ['sandbox keys for live money', { GETMIPAY_SECRET_KEY: 'gmp_sk_test_x' }, 'GETMIPAY_SECRET_KEY'],
  [
    'live keys for sandbox money',
    { GETMIPAY_ENVIRONMENT: 'sandbox', GETMIPAY_REHEARSAL: 'true', GETMIPAY_API_KEY: 'gmp_pk_live_x' },
    'GETMIPAY_API_KEY',
  ],
  ['live money in demo mode', { MODE: 'demo' }, 'MODE'],
  ['backups for nobody', { BACKUP_TO: '/var/backups' }, 'BACKUP_RECIPIENT'],
  ['a recipient that is none', { BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1X' }, 'BACKUP_RECIPIENT'],
  ['a store without keys', { BACKUP_TO: 's3://safe', BACKUP_RECIPIENT: 'age1x' }, 'S3_SECRET_ACCESS_KEY'],
  ['a port that is none', { PORT: '99999' }, 'PORT'],
  ['an unknown fee policy', { FEE_POLICY: 'nobody' }, 'FEE_POLICY'],
])('refuses %s and names the variable, in both languages', (_why, change, name) => {
  const { fr, en } = refusalOf({ ...PRODUCTION, ...change });
  expect(en).toContain(name);
  expect(fr).toContain(name);
  expect(fr).toMatch(/^Cette configuration/);
  expect(fr).not.toMatch(/\b(must|missing|expected|needs)\b/i);
});

test('a rehearsal is a production on sandbox money that says so', () => {
  const sandbox = { GETMIPAY_ENVIRONMENT: 'sandbox', GETMIPAY_SECRET_KEY: 'gmp_sk_test_x' };
  expect(() => boot({ ...PRODUCTION, ...sandbox, GETMIPAY_REHEARSAL: 'true' })).not.toThrow();
});

test('every demand of the shapes has its French', () => {
  const texts = ['ground/configuration.ts', 'rails/settings.ts', 'channels/settings.ts'].map((path) =>
    readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'),
  );
  const demands = texts.flatMap((text) =>
    [...text.matchAll(/'(must [^']+)'/g)].map(([, demand = '']) => demand),
  );
  expect(demands.length).toBeGreaterThan(15);
  const french = demands.map((message) => inFrench({ code: 'custom', message, path: [], input: undefined }));
  expect(french.filter((text) => !text.startsWith('doit '))).toEqual([]);
});

test('a live key on the embedded database is refused even without the word live elsewhere', () => {
  const variables = {
    GETMIPAY_API_URL: 'https://provider.example',
    GETMIPAY_API_KEY: 'gmp_pk_live_x',
    GETMIPAY_SECRET_KEY: 'gmp_sk_live_x',
  };
  expect(() => boot(variables)).toThrow('DATABASE_URL');
});

test('a refusal never repeats the value of a secret', () => {
  const secret = 'short-and-secret';
  expect(() => boot({ ...PRODUCTION, SECRET_KEY: secret })).toThrow();
  try {
    boot({ ...PRODUCTION, SECRET_KEY: secret });
  } catch (error) {
    expect(String(error)).not.toContain(secret);
  }
});
