import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import { accountId } from '../ground/ledger/account.ts';
import { openAccount } from '../ground/ledger/open-account.ts';
import { postOrThrow } from '../ground/ledger/post-or-throw.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import type { Answer } from '../ground/refusal.ts';
import {
  AWA as AWA_WALLET,
  approve,
  balanceOf,
  depositStage,
  expectBooksInOrder,
  paymentOf,
  poll,
  type Stage,
  type StageOptions,
  send,
} from '../rails/testing/deposit-stage.ts';
import { quoteDeposit } from './quote-deposit.ts';
import { requestDeposit } from './request-deposit.ts';
import { AWA, granted, outcome, sampleTown, type Town } from './testing/sample-town.ts';
import type { IdentifiedOwner } from './wallet.ts';

async function recharge(town: Town, amount: bigint): Promise<string> {
  const { ground, rails, awa } = town;
  const quote = granted(
    await quoteDeposit(rails, {
      owner: awa.person,
      payerCountry: 'CI',
      method: 'mtn_money',
      amount: String(amount),
    }),
  );
  const asked = { owner: awa.person, paymentId: ground.ids.next('pay'), phone: AWA, quote };
  return outcome(await town.inTx(async (tx) => await requestDeposit(tx, ground, rails, asked)));
}

test.each([
  ['none', 200_000n],
  ['verified', 2_000_000n],
] as const)('with the identification %s a wallet holds %s at most', async (identification, most) => {
  const town = await sampleTown({ identification, service: { feeBasisPoints: 0 } });
  await town.fund(town.awa.person, most - 10_000n);
  expect(await recharge(town, 10_001n)).toBe('deposit-holding-exceeded');
  expect(await recharge(town, 10_000n)).toBe('ok');
  // What is on its way fills the wallet too.
  expect(await recharge(town, 100n)).toBe('deposit-holding-exceeded');
});

const OWNER: IdentifiedOwner = { id: 'per_awa', country: 'CI', identification: 'verified' };

interface Form {
  readonly paymentId: string;
  readonly amount?: string;
  readonly phone?: string;
  readonly owner?: IdentifiedOwner;
}

/** One form, sent. */
async function fill(stage: Stage, form: Form): Promise<Answer<string>> {
  const { ground, rails } = stage;
  const { paymentId, amount = '10000', phone = AWA, owner = OWNER } = form;
  const quote = granted(
    await quoteDeposit(rails, { owner, payerCountry: 'CI', method: 'mtn_money', amount }),
  );
  return await inTransaction(
    stage.db,
    async (tx) => await requestDeposit(tx, ground, rails, { owner, paymentId, phone, quote }),
  );
}

const code = (answer: Answer<string>): string => (answer.ok ? 'ok' : answer.refusal.code);
const free: StageOptions = { service: { feeBasisPoints: 0, maxAmount: 20_000_000n } };

/** Numbers of many phones, so that only the ceilings say no. */
const phone = (count: number): string => `+22507000${String(10_000 + count)}`;

test('one form sent fifty times at once is one payment with one answer', async () => {
  const stage = await depositStage();
  const paymentId = stage.ground.ids.next('pay');
  const answers = await Promise.all(Array.from({ length: 50 }, async () => fill(stage, { paymentId })));
  expect(new Set(answers.map((answer) => (answer.ok ? answer.value : answer.refusal.code)))).toEqual(
    new Set([paymentId]),
  );
  await send(stage);
  expect(stage.provider.creates).toBe(1);
});

test.each<[string, Partial<Form>]>([
  ['amount', { amount: '10001' }],
  ['number', { phone: '+2250700000009' }],
])('the same form with another %s is refused, and the first stays as it was', async (_what, change) => {
  const stage = await depositStage();
  const paymentId = stage.ground.ids.next('pay');
  await fill(stage, { paymentId });
  stage.clock.advance(DAY_MS + MINUTE_MS);
  expect(code(await fill(stage, { paymentId, ...change }))).toBe('request-changed');
  expect(await paymentOf(stage, paymentId)).toMatchObject({ amount: 10_000n, phone: AWA });
  expect(code(await fill(stage, { paymentId }))).toBe('ok');
});

test('another person’s payment is not touched by its id', async () => {
  const stage = await depositStage();
  const paymentId = stage.ground.ids.next('pay');
  await fill(stage, { paymentId });
  const kofi: IdentifiedOwner = { ...OWNER, id: 'per_kofi' };
  expect(code(await fill(stage, { paymentId, owner: kofi }))).toBe('payment-id-taken');
  expect(await paymentOf(stage, paymentId)).toMatchObject({ ownerId: 'per_awa' });
});

test('forms sent at once cannot together exceed what a wallet may hold', async () => {
  const stage = await depositStage(free);
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, count) =>
      fill(stage, { paymentId: stage.ground.ids.next('pay'), amount: '700000', phone: phone(count) }),
    ),
  );
  expect(answers.map(code).sort()).toEqual([
    ...Array.from({ length: 6 }, () => 'deposit-holding-exceeded'),
    'ok',
    'ok',
  ]);
});

test('nor while earlier ones are being settled at the same moment', async () => {
  const stage = await depositStage(free);
  for (let round = 0; round < 4; round++) {
    await fill(stage, {
      paymentId: stage.ground.ids.next('pay'),
      amount: '450000',
      phone: phone(round),
    });
  }
  await send(stage);
  for (const payment of stage.provider.truth) payment.status = 'succeeded';
  stage.clock.advance(MINUTE_MS);
  const forms = Array.from({ length: 6 }, async (_, count) =>
    fill(stage, { paymentId: stage.ground.ids.next('pay'), amount: '450000', phone: phone(10 + count) }),
  );
  const [answers] = await Promise.all([Promise.all(forms), poll(stage)]);
  expect(new Set(answers.map(code))).toEqual(new Set(['deposit-holding-exceeded']));
  await expectBooksInOrder(stage);
});

async function spendAll(tx: Tx, ground: Ground, amount: bigint): Promise<void> {
  const pot = accountId('pot', 'cyc_1', 'XOF');
  await openAccount(tx, ground, pot);
  const journal = { id: ground.ids.next('jrn'), kind: 'contribution.paid', occurredAt: ground.clock.now() };
  await postOrThrow(tx, ground, [
    { id: ground.ids.uuid(), kind: 'single', debit: AWA_WALLET, credit: pot, amount, journal },
  ]);
}

test('what may be loaded in a month is counted from its first day, spent or not', async () => {
  const stage = await depositStage(free);
  const { db, ground } = stage;
  for (let round = 0; round < 5; round++) {
    await fill(stage, { paymentId: ground.ids.next('pay'), amount: '2000000', phone: phone(round) });
    await send(stage);
    approve(stage);
    stage.clock.advance(MINUTE_MS);
    await poll(stage);
    const all = await balanceOf(stage, AWA_WALLET);
    await inTransaction(db, async (tx) => await spendAll(tx, ground, all));
  }
  // The provider kept 1.5 % of each: 9 850 000 have arrived.
  const form = async (amount: string): Promise<string> =>
    code(await fill(stage, { paymentId: ground.ids.next('pay'), amount, phone: phone(9) }));
  expect(await form('150001')).toBe('deposit-monthly-load-exceeded');
  expect(await form('150000')).toBe('ok');
  expect(await form('100')).toBe('deposit-monthly-load-exceeded');
  stage.clock.set(new Date('2026-02-01T00:00:00.000Z'));
  expect(await form('1000')).toBe('ok');
});

test('a phone is asked three times in ten minutes, by however many people at once', async () => {
  const stage = await depositStage();
  const ask = async (owner: string): Promise<string> =>
    code(
      await fill(stage, {
        paymentId: stage.ground.ids.next('pay'),
        owner: { ...OWNER, id: `per_${owner}` },
      }),
    );
  const answers = await Promise.all(['awa', 'kofi', 'ama', 'yao', 'adjoua', 'koffi'].map(ask));
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(3);
  expect(answers.filter((answer) => answer === 'deposit-too-many-pushes')).toHaveLength(3);
  stage.clock.advance(10 * MINUTE_MS + 1);
  expect(await ask('awa')).toBe('ok');
});

test('a refused form may be mended and sent again under the same id', async () => {
  const stage = await depositStage(free);
  const paymentId = stage.ground.ids.next('pay');
  expect(code(await fill(stage, { paymentId, amount: '2000001' }))).toBe('deposit-holding-exceeded');
  expect(code(await fill(stage, { paymentId, amount: '2000000' }))).toBe('ok');
});
