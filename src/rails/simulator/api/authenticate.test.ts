import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../ground/clock.ts';
import { signRequest } from '../signature.ts';
import {
  PAYIN_HEADERS,
  PUBLIC_KEY,
  payinBody,
  SECRET_KEY,
  send,
  type TestSimulator,
  testSimulator,
} from '../testing/test-simulator.ts';

async function tokenOf(simulator: TestSimulator): Promise<string> {
  const keys = { public_apikey: PUBLIC_KEY, private_secretkey: SECRET_KEY };
  const answer = await send(simulator, '/action/auth', keys, {});
  return ((await answer.json()) as { data: { token: string } }).data.token;
}

async function statusWith(simulator: TestSimulator, headers: Record<string, string>): Promise<number> {
  return (await send(simulator, '/balance', undefined, headers)).status;
}

test('the keys buy a bearer token for a day', async () => {
  const simulator = await testSimulator();
  const answer = await send(
    simulator,
    '/action/auth',
    { public_apikey: PUBLIC_KEY, private_secretkey: SECRET_KEY },
    {},
  );
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      success: true,
      message: expect.any(String),
      data: {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_at: '2026-01-06T08:00:00.000Z',
        token_type: 'bearer',
        token_format: 'JWT',
      },
    },
  ]);
});

test.each([
  { public_apikey: PUBLIC_KEY, private_secretkey: 'wrong' },
  { public_apikey: SECRET_KEY, private_secretkey: PUBLIC_KEY },
  { public_apikey: PUBLIC_KEY },
  {},
])('the keys %j buy nothing', async (keys) => {
  const simulator = await testSimulator();
  const answer = await send(simulator, '/action/auth', keys, {});
  expect([answer.status, await answer.json()]).toMatchObject([401, { error_code: 'INVALID_CREDENTIALS' }]);
});

test('a token works until it expires, survives a restart, and dies when tokens are revoked', async () => {
  const simulator = await testSimulator();
  const authorization = `Bearer ${await tokenOf(simulator)}`;
  expect(await statusWith(simulator, { authorization })).toBe(200);
  const restarted = await testSimulator();
  expect(await statusWith(restarted, { authorization })).toBe(200);
  simulator.revokeTokens();
  expect(await statusWith(simulator, { authorization })).toBe(401);
  restarted.clock.advance(DAY_MS);
  expect(await statusWith(restarted, { authorization })).toBe(401);
});

test.each<[string, (token: string) => Record<string, string>]>([
  ['nothing', () => ({})],
  ['another scheme', (token) => ({ authorization: `Basic ${token}` })],
  ['an altered token', (token) => ({ authorization: `Bearer ${token.slice(0, -2)}xx` })],
  [
    'claims without a signature',
    (token) => ({ authorization: `Bearer ${token.split('.').slice(0, 2).join('.')}` }),
  ],
  ['an unknown key', () => ({ 'x-api-key': 'gmp_pk_other' })],
])('%s opens nothing', async (_name, headersFrom) => {
  const simulator = await testSimulator();
  expect(await statusWith(simulator, headersFrom(await tokenOf(simulator)))).toBe(401);
});

test.each([PUBLIC_KEY, SECRET_KEY])('the older generation opens with the key %s', async (key) => {
  const simulator = await testSimulator();
  expect(await statusWith(simulator, { 'x-api-key': key })).toBe(200);
});

/** The body as the official Python client serialises it: spaces after separators, escapes instead of accents. */
const PYTHON_BODY = JSON.stringify(payinBody())
  .replaceAll('":', '": ')
  .replaceAll(',"', ', "')
  .replaceAll('é', '\\u00e9');

function signedHeaders(
  simulator: TestSimulator,
  changes: { key?: string; age_ms?: number; body?: string } = {},
) {
  const timestamp = String((simulator.clock.now().getTime() - (changes.age_ms ?? 0)) / 1000);
  const signed = { method: 'POST', path: '/payments/payin', timestamp, body: changes.body ?? PYTHON_BODY };
  return {
    'x-api-key': SECRET_KEY,
    'x-timestamp': timestamp,
    'x-signature': signRequest(signed, changes.key ?? SECRET_KEY),
    'x-sdk-version': '1.0.0',
    'x-sdk-language': 'python',
    ...PAYIN_HEADERS,
  };
}

test.each<[string, Parameters<typeof signedHeaders>[1], number, string | undefined]>([
  ['a good signature', {}, 200, undefined],
  ['a signature four minutes old', { age_ms: 4 * MINUTE_MS }, 200, undefined],
  ['a signature by another key', { key: PUBLIC_KEY }, 401, 'SIGNATURE_INVALID'],
  ['a signature over other bytes', { body: JSON.stringify(payinBody()) }, 401, 'SIGNATURE_INVALID'],
  ['a signature too old', { age_ms: 5 * MINUTE_MS + SECOND_MS }, 401, 'TIMESTAMP_INVALID'],
  ['a signature of the future', { age_ms: -5 * MINUTE_MS - SECOND_MS }, 401, 'TIMESTAMP_INVALID'],
])('a signed request with %s', async (_name, changes, status, code) => {
  const simulator = await testSimulator();
  const answer = await send(simulator, '/payments/payin', PYTHON_BODY, signedHeaders(simulator, changes));
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as { error_code?: string }).error_code).toBe(code);
});

test('a signed GET covers its path and no body', async () => {
  const simulator = await testSimulator();
  const timestamp = String(simulator.clock.now().getTime() / 1000);
  const signature = (path: string) => signRequest({ method: 'GET', path, timestamp, body: '' }, SECRET_KEY);
  const headers = { 'x-api-key': SECRET_KEY, 'x-timestamp': timestamp };
  expect(await statusWith(simulator, { ...headers, 'x-signature': signature('/balance') })).toBe(200);
  expect(await statusWith(simulator, { ...headers, 'x-signature': signature('/services') })).toBe(401);
});
