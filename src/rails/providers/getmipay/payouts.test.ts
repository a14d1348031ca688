import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HandClock, handClock, SECOND_MS } from '../../../ground/clock.ts';
import type { PayoutIntent } from '../../provider.ts';
import { openMuteServer } from './testing/mute-server.ts';
import { readSample } from './testing/read-sample.ts';
import { deposit, IMPATIENT, openSample, payout, WAVE_CI } from './testing/sample-deposit.ts';
import { openScriptedServer, type Reply, type ScriptedServer } from './testing/scripted-server.ts';

const PAYOUT = '/payouts';
const PENDING: Reply = { status: 200, body: readSample('payout-pending') };
const JWT = { generation: 'jwt' } as const;

let server: ScriptedServer;
let clock: HandClock;

beforeEach(async () => {
  server = await openScriptedServer();
  clock = handClock(new Date('2026-01-01T10:00:00Z'));
});

afterEach(async () => {
  await server.close();
});

describe('a pay-out is asked for', () => {
  test('with the operation of pay-outs, the service, whole francs and nothing else', async () => {
    server.on(PAYOUT, PENDING);
    const answer = await openSample(server.url, clock).createPayout(payout());
    expect(answer).toMatchObject({
      answer: 'accepted',
      references: { reference: 'MPAYOUT_SAMPLE0001', upstreamReference: 'MLSsample0011' },
    });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: PAYOUT,
        headers: { 'x-api-key': 'sample_public', operation: '4', service: '32', connection: 'close' },
        body:
          '{"amount":5000,"currency":"XOF","wallet":"2250700000001","description":"Retrait",' +
          '"customer_name":"Awa Échantillon"}',
      },
    ]);
  });

  test('at the path that is configured, the number written as it is configured', async () => {
    server.on('/payout', PENDING);
    const varied = { paths: { payout: '/payout' }, walletFormat: 'national' } as const;
    await openSample(server.url, clock, varied).createPayout(payout());
    expect(server.seen).toMatchObject([{ path: '/payout', body: expect.stringContaining('"0700000001"') }]);
  });

  test.each<[string, Partial<PayoutIntent>, string]>([
    ['a franc below the smallest', { amount: { amount: 99n, currency: 'XOF' } }, 'AMOUNT_OUT_OF_RANGE'],
    ['a franc above the largest', { amount: { amount: 2_000_001n, currency: 'XOF' } }, 'AMOUNT_OUT_OF_RANGE'],
    [
      'an amount between two steps',
      { service: { ...WAVE_CI, amountStep: 5n }, amount: { amount: 5_004n, currency: 'XOF' } },
      'AMOUNT_STEP',
    ],
    ['another currency', { amount: { amount: 5_000n, currency: 'XAF' } }, 'CURRENCY_UNSUPPORTED'],
    ['a number of another country', { phone: '+221770000001' }, 'INVALID_MSISDN'],
    ['a service that only takes deposits', { service: { ...WAVE_CI, withdrawals: false } }, 'RAIL_DOWN'],
  ])('never with %s', async (_what, varied, code) => {
    const answer = await openSample(server.url, clock).createPayout(payout(varied));
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
    ['an empty 200', page(200), 'empty-200'],
    ['cut-off JSON', page(200, readSample('payout-pending').slice(0, 110)), 'unreadable-200'],
    ['a vague no', page(200, '{"success":false,"message":"Erreur"}'), 'http-200 Erreur'],
    ['a 403 of a door keeper', page(403, '<html>Forbidden</html>'), 'http-403'],
    ['a 409', page(409, readSample('payout-refused')), 'http-409'],
    ['a 429', page(429, readSample('payout-refused')), 'http-429'],
    ['a 500', page(500, readSample('payout-refused')), 'http-500'],
    ['a 502 of HTML', page(502, '<html><h1>502 Bad Gateway</h1></html>'), 'http-502'],
    ['a redirect that repeats the POST', { status: 307, headers: { location: '/elsewhere' } }, 'http-307'],
  ])('%s is a lost answer, and nothing is sent twice', async (_what, reply, evidence) => {
    server.on(PAYOUT, reply);
    server.on('/elsewhere', PENDING);
    const impatient = reply === 'silence' || reply === 'half-body' ? IMPATIENT : {};
    const answer = await openSample(server.url, clock, impatient).createPayout(payout());
    expect(answer).toEqual({ answer: 'unknown', phase: 'lost', evidence });
    expect(server.seen.map((one) => one.path)).toEqual([PAYOUT]);
  });

  test('our own empty account is told as ours, and nobody’s number remains in the evidence', async () => {
    const message = 'Insufficient balance to pay 2250700000001';
    server.on(PAYOUT, page(200, JSON.stringify({ success: false, message })));
    expect(await openSample(server.url, clock).createPayout(payout())).toEqual({
      answer: 'rejected',
      code: 'FLOAT_INSUFFICIENT',
      detail: 'http-200 Insufficient balance to pay …',
    });
  });
});

describe('without execution nothing can be lost', () => {
  test('a refused connection and an endless handshake are not sent', async () => {
    const mute = await openMuteServer();
    const { url } = server;
    await server.close();
    const refused = await openSample(url, clock).createPayout(payout());
    expect(refused).toEqual({ answer: 'unknown', phase: 'not-sent', evidence: 'econnrefused' });
    const limits = { connectTimeout_ms: 100, totalTimeout_ms: 5_000 };
    const endless = await openSample(mute.tlsUrl, clock, limits).createPayout(payout());
    expect(endless).toEqual({
      answer: 'unknown',
      phase: 'not-sent',
      evidence: 'und_err_connect_timeout',
    });
    await mute.close();
    server = await openScriptedServer();
  });

  test('a token that died is renewed once and the pay-out sent once more, because a 401 executes nothing', async () => {
    server.on('/action/auth', { status: 200, body: readSample('auth') });
    server.on(PAYOUT, { status: 401 }, PENDING);
    const answer = await openSample(server.url, clock, JWT).createPayout(payout());
    expect(answer).toMatchObject({ answer: 'accepted' });
    expect(server.seenAt(PAYOUT)).toHaveLength(2);
  });

  test('keys refused again end it, and the operator is told', async () => {
    server.on('/action/auth', { status: 200, body: readSample('auth') });
    server.on(PAYOUT, { status: 401 });
    const answer = await openSample(server.url, clock, JWT).createPayout(payout());
    expect(answer).toMatchObject({ answer: 'rejected', code: 'AUTH_CONFIG' });
    expect(server.seenAt(PAYOUT)).toHaveLength(2);
  });

  test('a token that died, then silence, is a lost answer', async () => {
    server.on('/action/auth', { status: 200, body: readSample('auth') });
    server.on(PAYOUT, { status: 401 }, 'reset');
    const answer = await openSample(server.url, clock, JWT).createPayout(payout());
    expect(answer).toEqual({ answer: 'unknown', phase: 'lost', evidence: 'econnreset' });
  });
});

describe('pay-outs that are lost one after the other', () => {
  test('are held back for half a minute, while deposits and questions go through', async () => {
    const provider = openSample(server.url, clock);
    server.on(PAYOUT, { status: 503 });
    server.on('/payments/payin', { status: 200, body: readSample('payin-pending') });
    for (let failure = 1; failure <= 5; failure++) await provider.createPayout(payout());
    server.on(PAYOUT, PENDING);
    const held = await provider.createPayout(payout());
    expect(held).toEqual({ answer: 'unknown', phase: 'not-sent', evidence: 'breaker-open' });
    expect(server.seenAt(PAYOUT)).toHaveLength(5);
    expect(await provider.createDeposit(deposit())).toMatchObject({ answer: 'accepted' });
    server.on('/balance', { status: 200, body: readSample('balance') });
    expect(await provider.readBalance('XOF')).toMatchObject({ balance: { amount: 1_250_000n } });
    clock.advance(30 * SECOND_MS);
    expect(await provider.createPayout(payout())).toMatchObject({ answer: 'accepted' });
  });

  test('are no reason to hold back deposits, nor lost deposits to hold back pay-outs', async () => {
    const provider = openSample(server.url, clock);
    server.on('/payments/payin', { status: 503 });
    server.on(PAYOUT, PENDING);
    for (let failure = 1; failure <= 6; failure++) await provider.createDeposit(deposit());
    expect(server.seenAt('/payments/payin')).toHaveLength(5);
    expect(await provider.createPayout(payout())).toMatchObject({ answer: 'accepted' });
  });
});

test('a pay-out cannot be found by our own name for it', async () => {
  const provider = openSample(server.url, clock);
  expect(provider.capabilities.lookupByClientReference).toBe(false);
  expect(await provider.lookup('out', 'pay_sample_out')).toEqual({
    found: 'unavailable',
    evidence: 'no lookup',
  });
  expect(server.seen).toHaveLength(0);
});
