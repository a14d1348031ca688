import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HandClock, handClock, SECOND_MS } from '../../../ground/clock.ts';
import type { DepositIntent } from '../../provider.ts';
import { openMuteServer } from './testing/mute-server.ts';
import { readSample } from './testing/read-sample.ts';
import { deposit, IMPATIENT, ORANGE_CI, openSample, WAVE_CI } from './testing/sample-deposit.ts';
import { openScriptedServer, type Reply, type ScriptedServer } from './testing/scripted-server.ts';

const PAYIN = '/payments/payin';
const STATUS = '/payments/direct-status';
const PENDING: Reply = { status: 200, body: readSample('payin-pending') };
const REFERENCES = { reference: 'MPAYIN_SAMPLE0001', upstreamReference: 'MLSsample0001' };

const waitFor = (reply: Reply) => (reply === 'silence' || reply === 'half-body' ? IMPATIENT : {});

let server: ScriptedServer;
let clock: HandClock;

beforeEach(async () => {
  server = await openScriptedServer();
  clock = handClock(new Date('2026-01-01T10:00:00Z'));
});

afterEach(async () => {
  await server.close();
});

describe('a deposit is asked for', () => {
  test('with whole francs, digits, the service and the code where the API wants them', async () => {
    server.on(PAYIN, PENDING);
    const answer = await openSample(server.url, clock).createDeposit(
      deposit({ service: ORANGE_CI, otp: '4821' }),
    );
    expect(answer).toMatchObject({ answer: 'accepted', references: REFERENCES });
    const [sent] = server.seen;
    expect(sent?.headers).toMatchObject({
      'x-api-key': 'sample_public',
      operation: '2',
      service: '3',
      otp: '4821',
      'content-type': 'application/json',
    });
    expect(sent?.body).toBe(
      '{"amount":5000,"currency":"XOF","wallet":"2250700000001","description":"Recharge",' +
        '"customer_name":"Awa Échantillon","callback_url":"https://tontine.example/webhook/getmipay/?t=sample-token"}',
    );
  });

  test('below the path of the configured address, with or without a final slash', async () => {
    server.on(`/api/v1${PAYIN}`, PENDING);
    for (const apiUrl of [`${server.url}/api/v1`, `${server.url}/api/v1/`]) {
      expect(await openSample(apiUrl, clock).createDeposit(deposit())).toMatchObject({ answer: 'accepted' });
    }
  });

  test.each<[string, Partial<DepositIntent>, string]>([
    [
      'a franc below the service’s smallest amount',
      { amount: { amount: 99n, currency: 'XOF' } },
      'AMOUNT_OUT_OF_RANGE',
    ],
    ['a franc above its largest', { amount: { amount: 2_000_001n, currency: 'XOF' } }, 'AMOUNT_OUT_OF_RANGE'],
    [
      'an amount between two steps',
      { service: { ...WAVE_CI, amountStep: 5n }, amount: { amount: 5_003n, currency: 'XOF' } },
      'AMOUNT_STEP',
    ],
    ['another currency', { amount: { amount: 5_000n, currency: 'XAF' } }, 'CURRENCY_UNSUPPORTED'],
    ['a number of another country', { phone: '+221770000001' }, 'INVALID_MSISDN'],
    ['no code where one is needed', { service: ORANGE_CI }, 'OTP_INVALID'],
    ['a code of nine signs', { service: ORANGE_CI, otp: '123456789' }, 'OTP_INVALID'],
    ['a code that would split the header', { service: ORANGE_CI, otp: '12\r\nx: y' }, 'OTP_INVALID'],
  ])('never with %s', async (_what, varied, code) => {
    const answer = await openSample(server.url, clock).createDeposit(deposit(varied));
    expect(answer).toMatchObject({ answer: 'rejected', code });
    expect(server.seen).toHaveLength(0);
  });
});

describe('when the answer does not come as it should', () => {
  const page = (status: number, body = ''): Reply => ({ status, body });

  test.each<[string, Reply, string]>([
    ['silence', 'silence', 'timeout'],
    ['a connection that breaks', 'reset', 'econnreset'],
    ['a body that never ends', 'half-body', 'timeout'],
    ['a body of 300 KiB', page(200, `{"a":"${'a'.repeat(300 * 1024)}"}`), 'und_err_res_exceeded_max_size'],
    ['an empty 200', page(200), 'empty-200'],
    ['cut-off JSON', page(200, readSample('payin-pending').slice(0, 120)), 'unreadable-200'],
    ['a 500', page(500, readSample('payin-refused')), 'http-500'],
    ['a 502 of HTML', page(502, '<html><h1>502 Bad Gateway</h1></html>'), 'http-502'],
    ['a 409', page(409), 'http-409'],
    ['a 429', page(429), 'http-429'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'http-302'],
    ['a redirect that repeats the POST', { status: 307, headers: { location: '/elsewhere' } }, 'http-307'],
  ])('%s is a lost answer, and nothing is sent twice', async (_what, reply, evidence) => {
    server.on(PAYIN, reply);
    server.on('/elsewhere', PENDING);
    const answer = await openSample(server.url, clock, waitFor(reply)).createDeposit(deposit());
    expect(answer).toEqual({ answer: 'unknown', phase: 'lost', evidence });
    expect(server.seen.map((one) => one.path)).toEqual([PAYIN]);
  });

  test('a refusal and refused rights are refusals', async () => {
    const provider = openSample(server.url, clock);
    server.on(PAYIN, page(200, readSample('payin-refused')));
    expect(await provider.createDeposit(deposit())).toEqual({
      answer: 'rejected',
      code: 'INSUFFICIENT_FUNDS',
      detail: 'http-200 insufficient_balance · Insufficient balance on wallet …',
    });
    server.on(PAYIN, page(403));
    expect(await provider.createDeposit(deposit())).toMatchObject({
      answer: 'rejected',
      code: 'AUTH_CONFIG',
    });
    server.on(PAYIN, page(401));
    expect(await provider.createDeposit(deposit())).toMatchObject({
      answer: 'rejected',
      code: 'AUTH_CONFIG',
    });
    expect(server.seen).toHaveLength(3);
  });

  test('each create has its own connection: an idle one that the server closed loses no answer', async () => {
    server.on(PAYIN, { ...PENDING, headers: { connection: 'keep-alive' } });
    const provider = openSample(server.url, clock);
    await provider.createDeposit(deposit());
    await provider.createDeposit(deposit());
    expect(server.seen.map((one) => one.headers.connection)).toEqual(['close', 'close']);
  });
});

describe('without a connection nothing was sent', () => {
  test('when it is refused', async () => {
    const { url } = server;
    await server.close();
    const answer = await openSample(url, clock).createDeposit(deposit());
    expect(answer).toEqual({ answer: 'unknown', phase: 'not-sent', evidence: 'econnrefused' });
    server = await openScriptedServer();
  });

  test('when the name is not known', async () => {
    const answer = await openSample('http://getmipay.invalid', clock, {
      totalTimeout_ms: 5_000,
    }).createDeposit(deposit());
    expect(answer).toMatchObject({ answer: 'unknown', phase: 'not-sent' });
  });

  test('when the other side does not speak TLS', async () => {
    const answer = await openSample(server.url.replace('http:', 'https:'), clock).createDeposit(deposit());
    expect(answer).toMatchObject({ answer: 'unknown', phase: 'not-sent' });
    expect(server.seen).toHaveLength(0);
  });

  test('when it is never completed', async () => {
    const mute = await openMuteServer();
    const limits = { connectTimeout_ms: 100, totalTimeout_ms: 5_000 };
    const answer = await openSample(mute.tlsUrl, clock, limits).createDeposit(deposit());
    expect(answer).toEqual({ answer: 'unknown', phase: 'not-sent', evidence: 'und_err_connect_timeout' });
    await mute.close();
  });
});

describe('when creates are lost one after the other', () => {
  test('they are held back, questions are not, and one trial reopens', async () => {
    const provider = openSample(server.url, clock);
    server.on(PAYIN, { status: 502 });
    server.on(STATUS, { status: 200, body: readSample('status-success') });
    for (let failure = 1; failure <= 5; failure++) await provider.createDeposit(deposit());
    server.on(PAYIN, PENDING);

    const held = await provider.createDeposit(deposit());
    expect(held).toEqual({ answer: 'unknown', phase: 'not-sent', evidence: 'breaker-open' });
    expect(server.seenAt(PAYIN)).toHaveLength(5);
    expect(await provider.readStatus('in', REFERENCES, { id: '32' })).toMatchObject({ found: 'yes' });

    clock.advance(30 * SECOND_MS);
    const answers = await Promise.all([provider.createDeposit(deposit()), provider.createDeposit(deposit())]);
    expect(answers).toMatchObject([{ answer: 'accepted' }, { evidence: 'breaker-open' }]);
    expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'accepted' });
    expect(server.seenAt(PAYIN)).toHaveLength(7);
  });

  test('a trial that fails closes the door again for as long', async () => {
    const provider = openSample(server.url, clock);
    server.on(PAYIN, { status: 503 });
    for (let failure = 1; failure <= 5; failure++) await provider.createDeposit(deposit());
    clock.advance(30 * SECOND_MS);
    expect(await provider.createDeposit(deposit())).toMatchObject({ evidence: 'http-503' });
    clock.advance(30 * SECOND_MS - 1);
    expect(await provider.createDeposit(deposit())).toMatchObject({ evidence: 'breaker-open' });
    clock.advance(1);
    expect(await provider.createDeposit(deposit())).toMatchObject({ evidence: 'http-503' });
  });

  test('refusals are answers: they hold nothing back, and end a row of losses', async () => {
    const provider = openSample(server.url, clock);
    const refused: Reply = { status: 400, body: '{"success":false}' };
    const lost: Reply = { status: 502 };
    server.on(
      PAYIN,
      refused,
      refused,
      refused,
      refused,
      refused,
      lost,
      lost,
      lost,
      lost,
      refused,
      lost,
      PENDING,
    );
    for (let call = 1; call <= 11; call++) await provider.createDeposit(deposit());
    expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'accepted' });
  });
});

describe('questions', () => {
  test('the status is asked for with the references that the provider gave', async () => {
    server.on(STATUS, { status: 200, body: readSample('status-success') });
    const provider = openSample(server.url, clock);
    const answer = await provider.readStatus('in', REFERENCES, { id: '3' });
    expect(answer).toMatchObject({
      found: 'yes',
      status: 'succeeded',
      paid: { amount: 5_000n, currency: 'XOF' },
    });
    await provider.readStatus('out', { reference: 'MPAYOUT_SAMPLE0001' }, { id: '3' });
    expect(server.seen.map((one) => one.body)).toEqual([
      '{"order_id":"MPAYIN_SAMPLE0001","pay_id":"MLSsample0001","operation":"2","service":"3"}',
      '{"order_id":"MPAYOUT_SAMPLE0001","operation":"4","service":"3"}',
    ]);
  });

  test.each<[string, Reply]>([
    ['silence', 'silence'],
    ['a reset', 'reset'],
    ['half a body', 'half-body'],
    ['a 503', { status: 503 }],
    ['a 401', { status: 401 }],
    ['cut-off JSON', { status: 200, body: '{"success":true,"da' }],
  ])('%s leaves the state of a payment as it was', async (_what, reply) => {
    server.on(STATUS, reply);
    const provider = openSample(server.url, clock, waitFor(reply));
    const answer = await provider.readStatus('in', REFERENCES, { id: '3' });
    expect(answer).toMatchObject({ found: 'unavailable' });
  });

  test('the balance, or nothing', async () => {
    server.on(
      '/balance',
      { status: 200, body: readSample('balance') },
      { status: 200, body: '{"success":true,"data":{"balance":12.5,"currency":"XOF"}}' },
      { status: 500, body: readSample('balance') },
      'reset',
    );
    const provider = openSample(server.url, clock);
    expect(await provider.readBalance('XOF')).toEqual({
      balance: { amount: 1_250_000n, currency: 'XOF' },
      asOf: clock.now(),
    });
    expect(await provider.readBalance('XOF')).toBeUndefined();
    expect(await provider.readBalance('XOF')).toBeUndefined();
    expect(await provider.readBalance('XOF')).toBeUndefined();
  });

  test('services survive a provider that is down', async () => {
    server.on('/services', { status: 200, body: readSample('services-all') }, { status: 502 });
    const provider = openSample(server.url, clock);
    const { services, fetchedAt } = await provider.listServices();
    expect(services.map((service) => service.id)).toEqual(['3', '32', '1', '71']);
    clock.advance(900 * SECOND_MS);
    expect(await provider.listServices()).toEqual({ services, fetchedAt });
    expect(server.seenAt('/services')).toHaveLength(2);
  });
});

test('the flags say what it cannot do, and whether callbacks are signed', () => {
  expect(openSample(server.url, clock).capabilities).toEqual({
    clientReference: false,
    idempotentCreate: false,
    lookupByClientReference: false,
    signedCallbacks: false,
    perRequestCallbackUrl: true,
    amountInStatus: true,
  });
  const signed = openSample(server.url, clock, { webhookSecret: 'sample webhook secret' });
  expect(signed.capabilities.signedCallbacks).toBe(true);
});
