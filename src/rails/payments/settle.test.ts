import { expect, test } from 'vitest';
import { after, DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { money } from '../../ground/money/money.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { StatusAnswer } from '../provider.ts';
import {
  ASKED,
  AWA,
  acceptedDeposit,
  approve,
  balanceOf,
  depositStage,
  eventsOf,
  expectBooksInOrder,
  FLOAT,
  letQuietTimePass,
  NET,
  paidDeposit,
  paymentOf,
  RECEIVABLE,
  type Stage,
  SUSPENSE,
  settleWith,
} from '../testing/deposit-stage.ts';

const POT = accountId('pot', 'cyc_1', 'XOF');
const REFERENCES = { reference: 'MPAYIN_000001' };

function said(
  status: 'pending' | 'succeeded' | 'failed' | 'reversed',
  paid = money(ASKED, 'XOF'),
): StatusAnswer {
  return { found: 'yes', status, word: status, paid, references: REFERENCES };
}

/** Awa spends; true when she could. */
async function spend(stage: Stage, amount: bigint): Promise<boolean> {
  const { db, ground } = stage;
  return await inTransaction(db, async (tx) => {
    await openAccount(tx, ground, POT);
    const journal = { id: ground.ids.next('jrn'), kind: 'contribution.paid', occurredAt: stage.clock.now() };
    const move = { id: ground.ids.uuid(), kind: 'single', debit: AWA, credit: POT, amount, journal } as const;
    return (await postTransfers(tx, ground, [move]))[0] === 'posted';
  });
}

test('a success credits the net, once, and asks no more', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  expect(await settleWith(stage, id, said('succeeded'))).toBe('succeed');
  expect(await settleWith(stage, id, said('succeeded'))).toBe('keep');
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'succeeded',
    fee: 150n,
    credited: NET,
    settledAt: stage.clock.now(),
    nextActionAt: undefined,
  });
  expect(await balanceOf(stage, AWA)).toBe(NET);
  expect(await balanceOf(stage, FLOAT)).toBe(NET);
  await expectBooksInOrder(stage);
});

test('fifty settles of one payment at once credit once', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const decisions = await Promise.all(
    Array.from({ length: 50 }, async () => settleWith(stage, id, said('succeeded'))),
  );
  expect(decisions.filter((decision) => decision === 'succeed')).toHaveLength(1);
  expect(decisions.filter((decision) => decision === 'keep')).toHaveLength(49);
  expect(await balanceOf(stage, AWA)).toBe(NET);
  expect((await eventsOf(stage, id)).filter((name) => name === 'payment.succeeded')).toHaveLength(1);
  await expectBooksInOrder(stage);
});

test('twenty payments of one wallet settled at once all arrive', async () => {
  const stage = await depositStage();
  const ids: string[] = [];
  for (let count = 0; count < 20; count++) ids.push(await acceptedDeposit(stage));
  await Promise.all(ids.map(async (id) => settleWith(stage, id, said('succeeded'))));
  expect(await balanceOf(stage, AWA)).toBe(20n * NET);
  await expectBooksInOrder(stage);
});

test.each<['wallet' | 'payer' | 'platform', bigint]>([
  ['wallet', NET],
  ['payer', 10_000n],
  ['platform', 10_000n],
])('under the fee policy %s the wallet receives what was shown', async (feePolicy, shown) => {
  const stage = await depositStage({ feePolicy });
  const id = await acceptedDeposit(stage);
  const { amount } = await paymentOf(stage, id);
  await settleWith(stage, id, said('succeeded', money(amount, 'XOF')));
  expect(await balanceOf(stage, AWA)).toBe(shown);
  await expectBooksInOrder(stage);
});

test.each<'failed' | 'pending'>(['failed', 'pending'])(
  'closed by "%s" and paid after all: a late success still credits, once',
  async (word) => {
    const stage = await depositStage();
    const id = await acceptedDeposit(stage);
    stage.clock.advance(16 * MINUTE_MS);
    await settleWith(stage, id, said(word));
    expect((await paymentOf(stage, id)).state).toBe(word === 'failed' ? 'failed' : 'expired');
    stage.clock.advance(DAY_MS);
    await settleWith(stage, id, said('succeeded'));
    await settleWith(stage, id, said('succeeded'));
    expect(await paymentOf(stage, id)).toMatchObject({ state: 'succeeded', reason: 'late-success' });
    expect(await balanceOf(stage, AWA)).toBe(NET);
  },
);

test.each<'failed' | 'pending'>(['failed', 'pending'])(
  'a "%s" that comes after the success changes nothing',
  async (word) => {
    const stage = await depositStage();
    const id = await paidDeposit(stage);
    await settleWith(stage, id, said(word));
    expect((await paymentOf(stage, id)).state).toBe('succeeded');
    expect(await balanceOf(stage, AWA)).toBe(NET);
    expect((await eventsOf(stage, id)).includes('payment.contradicted')).toBe(word === 'failed');
  },
);

test.each([
  ['another amount', money(1_000_000n, 'XOF'), 'amount-differs', 985_000n],
  ['another currency', money(ASKED, 'XAF'), 'currency-differs', NET],
])('%s goes to suspense and to people, never to the wallet', async (_what, paid, reason, held) => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  expect(await settleWith(stage, id, said('succeeded', paid))).toBe('review');
  expect(await settleWith(stage, id, said('succeeded', paid))).toBe('keep');
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'review', reason, credited: undefined });
  expect(await balanceOf(stage, AWA)).toBe(0n);
  expect(await balanceOf(stage, accountId('suspense', 'scripted', paid.currency))).toBe(held);
  expect(await balanceOf(stage, accountId('float', 'scripted', paid.currency))).toBe(held);
  await expectBooksInOrder(stage);
});

test('an unreadable amount is reviewed without a figure in the books', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  await settleWith(stage, id, {
    found: 'yes',
    status: 'succeeded',
    word: 'SUCCESS',
    paid: 'unreadable',
    references: REFERENCES,
  });
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'review', reason: 'amount-unreadable' });
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
});

test('taken back by the provider: untouched money returns', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  expect(await settleWith(stage, id, said('reversed'))).toBe('reverse');
  expect(await settleWith(stage, id, said('reversed'))).toBe('keep');
  expect((await paymentOf(stage, id)).state).toBe('reversed');
  expect(await balanceOf(stage, AWA)).toBe(0n);
  expect(await balanceOf(stage, FLOAT)).toBe(0n);
  expect(await balanceOf(stage, RECEIVABLE)).toBe(0n);
  await expectBooksInOrder(stage);
});

test('taken back after a part was spent: the rest is owed, and the wallet is not below zero', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  await spend(stage, 6_000n);
  await settleWith(stage, id, said('reversed'));
  expect(await balanceOf(stage, AWA)).toBe(0n);
  expect(await balanceOf(stage, RECEIVABLE)).toBe(6_000n);
  expect(await balanceOf(stage, FLOAT)).toBe(0n);
  await expectBooksInOrder(stage);
});

test('taken back while the person is spending: both go through, in whatever order', async () => {
  const stage = await depositStage();
  const ids: string[] = [];
  for (let count = 0; count < 6; count++) ids.push(await paidDeposit(stage));
  const reversals = ids.map(async (id) => settleWith(stage, id, said('reversed')));
  const spendings = Array.from({ length: 12 }, async () => spend(stage, 4_000n));
  expect(new Set(await Promise.all(reversals))).toEqual(new Set(['reverse']));
  const spent = (await Promise.all(spendings)).filter(Boolean).length;
  expect(await balanceOf(stage, AWA)).toBe(0n);
  expect(await balanceOf(stage, RECEIVABLE)).toBe(BigInt(spent) * 4_000n);
  expect(await balanceOf(stage, FLOAT)).toBe(0n);
  await expectBooksInOrder(stage);
});

test.each<[string, StatusAnswer, string]>([
  ['no answer', { found: 'unavailable', evidence: 'http-503' }, 'never-confirmed'],
  [
    'an unknown word',
    { found: 'yes', status: 'unrecognised', word: 'TREATED', references: REFERENCES },
    'TREATED',
  ],
])(
  '%s for a week: the person is told that it is over, and what was paid is still asked for',
  async (_what, answer, reason) => {
    const stage = await depositStage();
    const id = await acceptedDeposit(stage);
    stage.provider.statusInstead = answer;
    await letQuietTimePass(stage);
    expect(await paymentOf(stage, id)).toMatchObject({ state: 'expired', reason });
    stage.provider.statusInstead = undefined;
    approve(stage);
    await letQuietTimePass(stage);
    expect(await paymentOf(stage, id)).toMatchObject({ state: 'succeeded', reason: 'late-success' });
    expect(await balanceOf(stage, AWA)).toBe(NET);
    await expectBooksInOrder(stage);
  },
);

test('what was never answered is asked about for ninety days, and no more; a success still counts', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  stage.provider.statusInstead = { found: 'unavailable', evidence: 'http-503' };
  for (let week = 0; week < 12; week++) await letQuietTimePass(stage);
  expect((await paymentOf(stage, id)).nextActionAt).toBeUndefined();
  await settleWith(stage, id, said('succeeded'));
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('a status of another environment never settles', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  stage.provider.statusInstead = { ...said('succeeded'), environment: 'live' } as StatusAnswer;
  await letQuietTimePass(stage);
  expect((await paymentOf(stage, id)).state).toBe('expired');
  expect(await eventsOf(stage, id)).toContain('payment.contradicted');
  expect(await balanceOf(stage, AWA)).toBe(0n);
});

test('what is soft is asked about for a week, and then no more', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const { createdAt } = await paymentOf(stage, id);
  await settleWith(stage, id, said('failed'));
  expect((await paymentOf(stage, id)).nextActionAt).toBeDefined();
  stage.clock.set(after(createdAt, 7 * DAY_MS));
  await settleWith(stage, id, said('failed'));
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'failed', nextActionAt: undefined });
});
