import { expect, test } from 'vitest';
import { type Money, money } from '../../ground/money/money.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { StatusAnswer } from '../provider.ts';
import {
  AWA,
  balanceOf,
  depositStage,
  expectBooksInOrder,
  FLOAT,
  NET,
  paidDeposit,
  paymentOf,
  type Stage,
  SUSPENSE,
} from '../testing/deposit-stage.ts';
import { recordStrayMoney } from './record-stray-money.ts';

function paid(amount: Money | 'unreadable', fee?: Money): StatusAnswer {
  return {
    found: 'yes',
    status: 'succeeded',
    word: 'SUCCESS',
    paid: amount,
    references: { reference: 'STRAY_1' },
    ...(fee === undefined ? {} : { fee }),
  };
}

async function record(stage: Stage, id: string, reference: string, answer: StatusAnswer): Promise<boolean> {
  const payment = await paymentOf(stage, id);
  return await inTransaction(
    stage.db,
    async (tx) => await recordStrayMoney(tx, stage.ground, { payment, reference, answer }),
  );
}

test.each<[string, StatusAnswer, bigint]>([
  ['its fee named', paid(money(5_000n, 'XOF'), money(100n, 'XOF')), 4_900n],
  ['its fee not named', paid(money(5_000n, 'XOF')), 4_925n],
  ['a fee that cannot be', paid(money(5_000n, 'XOF'), money(5_000n, 'XOF')), 5_000n],
  ['unreadable', paid('unreadable'), 0n],
  ['nothing', paid(money(0n, 'XOF')), 0n],
  ['not found', { found: 'no' }, 0n],
])('%s', async (_what, answer, held) => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  expect(await record(stage, id, 'STRAY_1', answer)).toBe(held > 0n);
  expect(await balanceOf(stage, SUSPENSE)).toBe(held);
  expect(await balanceOf(stage, FLOAT)).toBe(NET + held);
  expect(await balanceOf(stage, AWA)).toBe(NET);
  await expectBooksInOrder(stage);
});

test('ten at once count one stray transaction once, and two strays twice', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  const answer = paid(money(5_000n, 'XOF'), money(0n, 'XOF'));
  const recorded = await Promise.all(
    Array.from({ length: 10 }, async (_, count) => record(stage, id, `STRAY_${count % 2}`, answer)),
  );
  expect(recorded.filter(Boolean)).toHaveLength(2);
  expect(await balanceOf(stage, SUSPENSE)).toBe(10_000n);
});

test('the transaction of another payment of ours is no stray', async () => {
  const stage = await depositStage();
  const id = await paidDeposit(stage);
  await paidDeposit(stage);
  expect(await record(stage, id, 'MPAYIN_000002', paid(money(5_000n, 'XOF')))).toBe(false);
});
