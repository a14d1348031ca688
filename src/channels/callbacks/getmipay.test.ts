import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, openPostgres } from '../../ground/postgres/database.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { makeCallbackToken } from '../../rails/inbox/callback-token.ts';
import { openBody } from '../../rails/inbox/provider-callback.rows.ts';
import { verifySignature } from '../../rails/providers/getmipay/signature.ts';
import { scriptedProvider } from '../../rails/testing/scripted-provider.ts';
import { CALLBACK_PATH } from '../callback-path.ts';
import { callbackUrlOf, registerGetmipayCallbacks } from './getmipay.ts';

const KEY = new Uint8Array(32).fill(3);
const BODY = '{"order_id":"MPAYIN_000001","status":"success","amount":5000.0,"libellé":"Dépôt"}';

interface Door {
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly counted: string[];
  readonly paymentId: string;
}

/** The door of a provider that signs, when there is a secret. */
async function openDoor(webhookSecret?: string, given?: Db, requestsPerMinute = 1000): Promise<Door> {
  const db = given ?? (await freshDatabase()).db;
  const ground = testGround();
  const provider = scriptedProvider(ground.clock);
  if (webhookSecret !== undefined) {
    const settings = {
      webhookSecret,
      webhookRecipe: 'timestamp.body',
      webhookTolerance_s: 300,
      environment: 'sandbox',
    } as const;
    provider.verifyCallback = (request) => verifySignature(request, settings);
  }
  const rails = {
    provider,
    feePolicy: 'wallet',
    fallbackFeeBasisPoints: 300,
    callbackUrl: () => '',
  } as const;
  const counted: string[] = [];
  const app = fastify();
  await registerGetmipayCallbacks(app, {
    db,
    ground,
    rails,
    callbackKey: KEY,
    requestsPerMinute,
    count: (verdict) => counted.push(verdict),
  });
  onTestFinished(async () => await app.close());
  return { app, db, counted, paymentId: ground.ids.next('pay') };
}

async function kept(
  door: Door,
): Promise<{ body: string | undefined; seen: number; payment: string | null }[]> {
  const rows = await door.db
    .selectFrom('provider_callbacks')
    .select(['id', 'body', 'seen', 'payment_id as payment'])
    .execute();
  return rows.map(({ id, body, seen, payment }) => ({
    body: body === null ? undefined : Buffer.from(openBody(door.db, id, body)).toString(),
    seen,
    payment,
  }));
}

test.each([
  ['POST', 'application/json'],
  ['PUT', 'application/json'],
  ['POST', 'application/x-www-form-urlencoded'],
  ['POST', 'text/plain; charset=latin1'],
  ['POST', 'image/png'],
] as const)('%s of %s is kept byte by byte', async (method, contentType) => {
  const door = await openDoor();
  const answer = await door.app.inject({
    method,
    url: CALLBACK_PATH,
    headers: { 'content-type': contentType },
    payload: Buffer.from(BODY),
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, { received: true }]);
  expect(await kept(door)).toEqual([{ body: BODY, seen: 1, payment: null }]);
});

test('a body that is no JSON at all is kept too: it is not ours to judge here', async () => {
  const door = await openDoor();
  const answer = await door.app.inject({
    method: 'POST',
    url: CALLBACK_PATH,
    headers: { 'content-type': 'application/json' },
    payload: '{"truncated',
  });
  expect(answer.statusCode).toBe(200);
  expect((await kept(door))[0]?.body).toBe('{"truncated');
});

test('twenty equal ones at once: twenty times 200, one row', async () => {
  const door = await openDoor();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () =>
      door.app.inject({ method: 'POST', url: CALLBACK_PATH, payload: Buffer.from(BODY) }),
    ),
  );
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([200]));
  expect(await kept(door)).toMatchObject([{ seen: 20 }]);
  expect(door.counted.filter((verdict) => verdict === 'new')).toHaveLength(1);
});

test('a payment’s own address names it; any other address is nobody’s', async () => {
  const door = await openDoor();
  const { paymentId } = door;
  const own = new URL(callbackUrlOf('https://example.test', KEY, paymentId)).pathname;
  const post = async (url: string): Promise<number> =>
    (await door.app.inject({ method: 'POST', url, payload: Buffer.from(BODY) })).statusCode;
  expect(await post(own)).toBe(200);
  expect(await kept(door)).toMatchObject([{ payment: paymentId }]);
  const foreign = makeCallbackToken(new Uint8Array(32).fill(4), paymentId);
  const token = makeCallbackToken(KEY, paymentId);
  for (const wrong of [foreign, paymentId, `${token}0`, `${token}.x`, token.toUpperCase(), 'x', '%00']) {
    expect(await post(`${CALLBACK_PATH}${wrong}/`), wrong).toBe(404);
  }
  expect(await kept(door)).toHaveLength(1);
});

test('probes with an empty body and visits by GET are answered and change nothing', async () => {
  const door = await openDoor();
  const { app } = door;
  expect((await app.inject({ method: 'POST', url: CALLBACK_PATH })).statusCode).toBe(200);
  expect((await app.inject({ method: 'PUT', url: CALLBACK_PATH, payload: '' })).statusCode).toBe(200);
  expect((await app.inject({ method: 'GET', url: CALLBACK_PATH })).json()).toEqual({ ready: true });
  expect((await app.inject({ method: 'DELETE', url: CALLBACK_PATH })).statusCode).toBe(404);
  expect(await kept(door)).toEqual([]);
});

test('64 KiB are taken, one byte more is not', async () => {
  const door = await openDoor();
  const post = async (bytes: number): Promise<number> => {
    const payload = Buffer.alloc(bytes, 'a');
    return (await door.app.inject({ method: 'POST', url: CALLBACK_PATH, payload })).statusCode;
  };
  expect(await post(64 * 1024)).toBe(200);
  expect(await post(64 * 1024 + 1)).toBe(413);
  expect(await post(1024 * 1024)).toBe(413);
  expect(await kept(door)).toHaveLength(1);
});

test('when the database is away the provider is told to come again', async () => {
  const away = openPostgres('postgres://nobody@127.0.0.1:1/nothing', { onError: () => undefined });
  onTestFinished(async () => await away.close());
  const door = await openDoor(undefined, away.db);
  const answer = await door.app.inject({ method: 'POST', url: CALLBACK_PATH, payload: Buffer.from(BODY) });
  expect(answer.statusCode).toBeGreaterThanOrEqual(500);
  expect(door.counted).toEqual([]);
});

const SECRET = 'whsec_of_this_test_only';
const NOW_S = 1_767_600_000;

function signed(body: string, timestamp_s = NOW_S, secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`${timestamp_s}.${body}`).digest('hex');
  return { 'x-getmipay-timestamp': String(timestamp_s), 'x-getmipay-signature': `sha256=${signature}` };
}

test('a signed one is believed; its bytes count, not their meaning', async () => {
  const door = await openDoor(SECRET);
  const answer = await door.app.inject({
    method: 'POST',
    url: CALLBACK_PATH,
    headers: { ...signed(BODY), 'content-type': 'application/json' },
    payload: Buffer.from(BODY),
  });
  expect(answer.statusCode).toBe(200);
  expect(await kept(door)).toMatchObject([{ body: BODY }]);
});

test.each<[string, Record<string, string>, string]>([
  ['not signed', {}, BODY],
  ['signed by somebody else', signed(BODY, NOW_S, 'another secret'), BODY],
  ['changed by one byte', signed(BODY), BODY.replace('5000', '9000')],
  ['written anew by a parser', signed(BODY), JSON.stringify(JSON.parse(BODY))],
  ['replayed after its window', signed(BODY, NOW_S - 301), BODY],
  ['from the future', signed(BODY, NOW_S + 301), BODY],
  [
    'with a timestamp that was not signed',
    { ...signed(BODY), 'x-getmipay-timestamp': String(NOW_S + 1) },
    BODY,
  ],
])('%s: 401, and only a fingerprint is kept', async (_what, headers, body) => {
  const door = await openDoor(SECRET);
  const answer = await door.app.inject({
    method: 'POST',
    url: CALLBACK_PATH,
    headers,
    payload: Buffer.from(body),
  });
  expect([answer.statusCode, answer.json()]).toEqual([401, { received: false }]);
  expect(await kept(door)).toMatchObject([{ body: undefined }]);
  expect(door.counted).toEqual(['refused']);
});

test('a signature header sent twice fits nothing, even when both are right', async () => {
  const door = await openDoor(SECRET);
  const url = await door.app.listen({ port: 0, host: '127.0.0.1' });
  const headers = signed(BODY);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const call = request(`${url}${CALLBACK_PATH}`, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.on('error', reject);
    call.setHeader('x-getmipay-timestamp', headers['x-getmipay-timestamp'] ?? '');
    const signature = headers['x-getmipay-signature'] ?? '';
    call.setHeader('x-getmipay-signature', [signature, signature]);
    call.end(BODY);
  });
  expect(status).toBe(401);
});

test('a signed one is never turned away for coming often; one that is not signed is', async () => {
  const door = await openDoor(SECRET, undefined, 3);
  const post = async (headers: Record<string, string>): Promise<number> => {
    const { statusCode } = await door.app.inject({
      method: 'POST',
      url: CALLBACK_PATH,
      headers,
      payload: Buffer.from(BODY),
    });
    return statusCode;
  };
  for (const status of [401, 401, 401, 429, 429]) expect(await post({})).toBe(status);
  for (let turn = 0; turn < 5; turn++) expect(await post(signed(BODY))).toBe(200);
  expect(door.counted).toEqual([
    ...Array.from({ length: 3 }, () => 'refused'),
    'new',
    ...Array.from({ length: 4 }, () => 'again'),
  ]);
});
