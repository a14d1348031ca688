import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type HandClock, HOUR_MS, handClock, MINUTE_MS } from '../../../ground/clock.ts';
import type { Provider } from '../../provider.ts';
import { readSample } from './testing/read-sample.ts';
import { deposit, IMPATIENT, openSample } from './testing/sample-deposit.ts';
import { openScriptedServer, type Reply, type ScriptedServer } from './testing/scripted-server.ts';

const AUTH = '/action/auth';
const PAYIN = '/payins';
const PENDING: Reply = { status: 200, body: readSample('payin-pending') };
const UNAUTHORISED: Reply = { status: 401, body: '{"success":false,"message":"Token expired"}' };

let server: ScriptedServer;
let clock: HandClock;
let provider: Provider;

beforeEach(async () => {
  server = await openScriptedServer();
  clock = handClock(new Date('2026-01-01T00:00:00Z'));
  provider = openSample(server.url, clock, { generation: 'jwt' });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

/** A token answer; `expires_at` is written as given. */
const token = (name: string, expiresAt = '"2026-01-02T00:00:00Z"'): Reply => ({
  status: 200,
  body: `{"success":true,"data":{"token":"${name}","expires_at":${expiresAt},"token_type":"bearer"}}`,
});

const bearers = (): unknown[] => server.seenAt(PAYIN).map((one) => one.headers.authorization);

test('however many start at once, one token is asked for, with both keys', async () => {
  server.on(AUTH, { status: 200, body: readSample('auth') });
  server.on(PAYIN, PENDING);
  await Promise.all([1, 2, 3].map(async () => await provider.createDeposit(deposit())));
  await provider.createDeposit(deposit());
  expect(server.seenAt(AUTH).map((one) => one.body)).toEqual([
    '{"public_apikey":"sample_public","private_secretkey":"sample_secret"}',
  ]);
  expect(bearers()).toEqual(Array.from({ length: 4 }, () => 'Bearer sample.token.one'));
});

test('a 401 was not executed: the token is renewed and the create is sent once more', async () => {
  server.on(AUTH, token('one'), token('two'));
  server.on(PAYIN, UNAUTHORISED, PENDING);
  expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'accepted' });
  expect(bearers()).toEqual(['Bearer one', 'Bearer two']);
});

test('a second 401 means that our keys are wrong: no third try', async () => {
  server.on(AUTH, token('one'), token('two'));
  server.on(PAYIN, UNAUTHORISED);
  expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'rejected', code: 'AUTH_CONFIG' });
  expect(server.seenAt(PAYIN)).toHaveLength(2);
  expect(server.seenAt(AUTH)).toHaveLength(2);
});

test('a create that is lost after the renewal is lost', async () => {
  server.on(AUTH, token('one'), token('two'));
  server.on(PAYIN, UNAUTHORISED, 'reset');
  expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'unknown', phase: 'lost' });
  expect(server.seenAt(PAYIN)).toHaveLength(2);
});

test('a token that dies under many calls is renewed once', async () => {
  server.on(AUTH, token('one'), token('two'));
  server.on(PAYIN, (seen) => (seen.headers.authorization === 'Bearer two' ? PENDING : UNAUTHORISED));
  const answers = await Promise.all([1, 2, 3, 4].map(async () => await provider.createDeposit(deposit())));
  expect(answers.map((answer) => answer.answer)).toEqual(Array.from({ length: 4 }, () => 'accepted'));
  expect(server.seenAt(AUTH)).toHaveLength(2);
});

test.each<[string, Reply, object]>([
  ['refused', { status: 401, body: '{"success":false}' }, { answer: 'rejected', code: 'AUTH_CONFIG' }],
  [
    'refused in a 200',
    { status: 200, body: '{"success":false}' },
    { answer: 'rejected', code: 'AUTH_CONFIG' },
  ],
  ['at a wrong path', { status: 404 }, { answer: 'rejected', code: 'AUTH_CONFIG' }],
  ['down', { status: 503 }, { phase: 'not-sent', evidence: 'auth-http-503' }],
  ['busy', { status: 429 }, { phase: 'not-sent', evidence: 'auth-http-429' }],
  ['silent', 'silence', { phase: 'not-sent', evidence: 'auth-timeout' }],
  ['unreadable', { status: 200, body: '<html>' }, { phase: 'not-sent', evidence: 'auth-http-200' }],
  ['giving a token that splits the header', token('one\\r\\nx: y'), { phase: 'not-sent' }],
])('with an authentication that is %s no create leaves', async (_what, reply, answer) => {
  server.on(AUTH, reply);
  if (reply === 'silence') provider = openSample(server.url, clock, { generation: 'jwt', ...IMPATIENT });
  expect(await provider.createDeposit(deposit())).toMatchObject(answer);
  expect(server.seenAt(PAYIN)).toHaveLength(0);
});

test('a renewal that fails after a 401 leaves a create that was never executed', async () => {
  server.on(AUTH, token('one'), { status: 503 });
  server.on(PAYIN, UNAUTHORISED, PENDING);
  expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'unknown', phase: 'not-sent' });
  expect(server.seenAt(PAYIN)).toHaveLength(1);
});

test.each([
  ['ISO text', '"2026-01-01T06:00:00Z"', 6 * HOUR_MS],
  ['ISO text with microseconds', '"2026-01-01T06:00:00.000000Z"', 6 * HOUR_MS],
  ['text without a zone', '"2026-01-01 06:00:00"', 6 * HOUR_MS],
  ['text with an offset', '"2026-01-01T07:00:00+01:00"', 6 * HOUR_MS],
  ['seconds', '1767247200', 6 * HOUR_MS],
  ['seconds as text', '"1767247200"', 6 * HOUR_MS],
  ['milliseconds', '1767247200000', 6 * HOUR_MS],
  ['nothing', 'null', 12 * HOUR_MS],
  ['nonsense', '"soon"', 12 * HOUR_MS],
  ['a year', '"2027-01-01T00:00:00Z"', 24 * HOUR_MS],
])('an end of life written as %s is kept until five minutes before it', async (_what, written, life_ms) => {
  // Where the machine stands must not matter.
  vi.stubEnv('TZ', 'Asia/Tokyo');
  server.on(AUTH, token('one', written), token('two'));
  server.on('/balance', { status: 200, body: readSample('balance') });
  await provider.readBalance('XOF');
  clock.advance(life_ms - 5 * MINUTE_MS - 1);
  await provider.readBalance('XOF');
  expect(server.seenAt(AUTH)).toHaveLength(1);
  clock.advance(1);
  await provider.readBalance('XOF');
  expect(server.seenAt(AUTH)).toHaveLength(2);
});
