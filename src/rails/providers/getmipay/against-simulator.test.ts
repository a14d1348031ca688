import { expect, onTestFinished, test } from 'vitest';
import { seededChance } from '../../../ground/chance.ts';
import { handClock, SECOND_MS } from '../../../ground/clock.ts';
import { money } from '../../../ground/money/money.ts';
import type { CreateAnswer, Provider, StatusAnswer } from '../../provider.ts';
import { CATALOGUE } from '../../simulator/catalogue.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { GetmipayChoices } from './configuration.ts';
import { openSample, payout } from './testing/sample-deposit.ts';

const KEYS = { publicKey: 'sample_public', secretKey: 'sample_secret' };

interface Bench {
  readonly provider: Provider;
  readonly simulator: Simulator;
  /** Sends 5 000 F by MTN in Côte d'Ivoire to a number that ends so. */
  readonly pay: (ending: string) => Promise<CreateAnswer>;
  /** What the status says of the last pay-out, so much later. */
  readonly status: (wait_s: number) => Promise<StatusAnswer>;
}

async function openBench(limits: Partial<GetmipayChoices> = {}): Promise<Bench> {
  const clock = handClock(new Date('2026-01-05T08:00:00Z'));
  const simulator = await startSimulator({
    port: 0,
    clock,
    chance: seededChance('against'),
    ...KEYS,
    webhookSecret: 'sample_webhook',
    webhookRecipe: 'timestamp.body',
    pace_ms: 0,
    openingFloat: { XOF: 20_000n, XAF: 300n },
  });
  onTestFinished(async () => await simulator.close());
  const provider = openSample(`${simulator.url}/api/v1`, clock, { generation: 'jwt', ...KEYS, ...limits });
  const { services } = await provider.listServices();
  const service = services.find(({ name }) => name === 'MOMO CI');
  if (service === undefined) throw new Error('the simulator offers no MOMO CI');
  return {
    provider,
    simulator,
    pay: async (ending) => await provider.createPayout(payout({ service, phone: `+225050000${ending}` })),
    status: async (wait_s) => {
      clock.advance(wait_s * SECOND_MS);
      simulator.books.tick();
      const last = simulator.books.list().at(-1);
      const references = {
        reference: last?.reference ?? 'MPAYOUT_NOTHING',
        upstreamReference: last?.upstreamReference ?? 'MLSnothing',
      };
      return await provider.readStatus('out', references, service);
    },
  };
}

test('every service of the catalogue that the product knows arrives with its step, limits and directions', async () => {
  const { provider } = await openBench();
  const { services } = await provider.listServices();
  const known = CATALOGUE.filter(({ name }) => !name.startsWith('T-MONEY'));
  const facts = services.map((one) => [
    one.name,
    one.country,
    one.amountStep,
    one.maxAmount,
    one.withdrawals,
  ]);
  expect(facts).toEqual(
    known.map((one) => [one.name, one.country, one.stepAmount, one.maxAmount, one.withdrawals]),
  );
  const inFives = services.filter(({ amountStep }) => amountStep === 5n).map(({ country }) => country);
  expect([...new Set(inFives)].toSorted()).toEqual(['BF', 'CM', 'ML', 'SN']);
});

test('an amount between two steps is refused by both, and by us before it is sent', async () => {
  const { provider, simulator } = await openBench();
  const { services } = await provider.listServices();
  const moovBf = services.find(({ name }) => name === 'MOOV BF');
  if (moovBf === undefined) throw new Error('the simulator offers no MOOV BF');
  const amount = money(5_003n, 'XOF');
  const intent = payout({ service: moovBf, phone: '+22670121234', amount });
  expect(await provider.createPayout(intent)).toMatchObject({
    code: 'AMOUNT_STEP',
    detail: 'between-two-steps',
  });
  const unaware = { ...moovBf, amountStep: 1n };
  expect(await provider.createPayout({ ...intent, service: unaware })).toMatchObject({
    code: 'AMOUNT_STEP',
    detail: expect.stringContaining('http-422'),
  });
  expect(simulator.books.list()).toEqual([]);
});

test('a pay-out is accepted, paid two seconds later, and missing from the balance at once', async () => {
  const { pay, provider, simulator, status } = await openBench();
  const answer = await pay('1234');
  const [transaction] = simulator.books.list();
  expect(answer).toEqual({
    answer: 'accepted',
    references: {
      reference: transaction?.reference,
      upstreamReference: transaction?.upstreamReference,
    },
    action: { kind: 'approve-on-phone' },
    status: 'pending',
  });
  expect((await provider.readBalance('XOF'))?.balance).toEqual(money(15_000n, 'XOF'));
  expect((await provider.readBalance('XAF'))?.balance).toEqual(money(300n, 'XAF'));
  expect(await status(1)).toMatchObject({ found: 'yes', status: 'pending' });
  expect(await status(1)).toMatchObject({
    found: 'yes',
    status: 'succeeded',
    paid: money(5_000n, 'XOF'),
    environment: 'sandbox',
  });
});

test.each<[string, object]>([
  ['0003', { answer: 'rejected', code: 'FLOAT_INSUFFICIENT' }],
  ['0020', { answer: 'unknown', phase: 'lost', evidence: 'http-502' }],
  ['0021', { answer: 'rejected', code: 'RECIPIENT_NOT_FOUND' }],
  ['0022', { answer: 'unknown', phase: 'lost' }],
  ['0025', { answer: 'unknown', phase: 'lost', evidence: 'http-429' }],
])('a number ending %s, for which nothing is executed, is answered %j', async (ending, expected) => {
  const { pay, simulator } = await openBench();
  expect(await pay(ending)).toMatchObject(expected);
  expect(simulator.books.balance('XOF').amount).toBe(20_000n);
});

test.each<[string, string]>([
  ['0009', 'und_err_socket'],
  ['0010', 'http-500'],
  ['0011', 'unreadable-200'],
  ['0019', 'empty-200'],
  ['0023', 'http-200 An error occurred.'],
  ['0024', 'http-409'],
])('a number ending %s is paid although the answer is lost: %s', async (ending, evidence) => {
  const { pay, status } = await openBench();
  expect(await pay(ending)).toEqual({ answer: 'unknown', phase: 'lost', evidence });
  expect(await status(2)).toMatchObject({ found: 'yes', status: 'succeeded' });
});

test('an answer that takes too long is lost, and the pay-out is paid', async () => {
  const { pay, status } = await openBench({ connectTimeout_ms: 500, totalTimeout_ms: 1_000 });
  expect(await pay('0015')).toEqual({ answer: 'unknown', phase: 'lost', evidence: 'timeout' });
  expect(await status(2)).toMatchObject({ found: 'yes', status: 'succeeded' });
});

test.each<[string, readonly (readonly [number, object])[]]>([
  ['0001', [[0, { status: 'succeeded', word: 'success' }]]],
  ['0002', [[2, { status: 'failed' }]]],
  ['0004', [[86_400, { status: 'pending', word: 'processing' }]]],
  [
    '0006',
    [
      [2, { status: 'failed' }],
      [60, { status: 'succeeded' }],
    ],
  ],
  ['0012', [[2, { status: 'succeeded', paid: money(4_500n, 'XOF') }]]],
  ['0013', [[2, { status: 'succeeded', paid: money(5_000n, 'XAF') }]]],
  ['0014', [[2, { status: 'unrecognised', word: 'treated' }]]],
  [
    '0016',
    [
      [2, { status: 'succeeded' }],
      [30, { status: 'reversed' }],
    ],
  ],
  [
    '0018',
    [
      [2, { found: 'no' }],
      [28, { status: 'succeeded' }],
    ],
  ],
])('the status of a pay-out to a number ending %s goes as told', async (ending, course) => {
  const { pay, status } = await openBench();
  expect(await pay(ending)).toMatchObject({ answer: 'accepted' });
  for (const [wait_s, expected] of course) expect(await status(wait_s)).toMatchObject(expected);
});

test('a pay-out above what is left is our own empty account', async () => {
  const { pay, simulator } = await openBench();
  for (let paid = 1; paid <= 4; paid++) await pay('1234');
  expect(await pay('1234')).toMatchObject({ answer: 'rejected', code: 'FLOAT_INSUFFICIENT' });
  simulator.books.topUpFloat('XOF', 5_000n);
  expect(await pay('1234')).toMatchObject({ answer: 'accepted' });
});
