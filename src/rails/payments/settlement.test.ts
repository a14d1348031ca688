import { expect, test } from 'vitest';
import { money } from '../../ground/money/money.ts';
import { testGround } from '../../ground/testing/fresh-database.ts';
import { samplePayment } from '../testing/sample-payment.ts';
import type { FeePolicy } from './fee-policy.ts';
import type { Payment } from './payment.ts';
import { creditTransfers, reversalTransfers, suspenseTransfer } from './settlement.ts';

const WALLET = 'member:per_awa:XOF';
const FLOAT = 'float:scripted:XOF';
const PROVIDER_FEES = 'fees-provider:all:XOF';
const PLATFORM_FEES = 'fees-platform:all:XOF';
const CLAIM = 'receivable:per_awa:XOF';

type Leg = readonly [debit: string, credit: string, amount: bigint];

function legsOf(transfers: readonly { debit: string; credit: string; amount: bigint }[]): Leg[] {
  return transfers.map((transfer) => [transfer.debit, transfer.credit, transfer.amount]);
}

function depositOf(feePolicy: FeePolicy, amount: bigint, wantedCredit: bigint): Payment {
  return samplePayment({ feePolicy, amount, wantedCredit, quotedFee: amount - wantedCredit });
}

const CASES: [string, Payment, bigint, bigint, Leg[]][] = [
  ['the wallet bears the fee', depositOf('wallet', 10_000n, 9_850n), 150n, 9_850n, [[FLOAT, WALLET, 9_850n]]],
  [
    'the wallet bears a higher fee',
    depositOf('wallet', 10_000n, 9_850n),
    300n,
    9_700n,
    [[FLOAT, WALLET, 9_700n]],
  ],
  ['no fee at all', depositOf('wallet', 10_000n, 9_850n), 0n, 10_000n, [[FLOAT, WALLET, 10_000n]]],
  [
    'the host bears it',
    depositOf('platform', 10_000n, 10_000n),
    150n,
    10_000n,
    [
      [FLOAT, WALLET, 9_850n],
      [PROVIDER_FEES, WALLET, 150n],
    ],
  ],
  ['the payer bears it', depositOf('payer', 10_153n, 10_000n), 153n, 10_000n, [[FLOAT, WALLET, 10_000n]]],
  [
    'the payer was quoted too much',
    depositOf('payer', 10_153n, 10_000n),
    100n,
    10_000n,
    [
      [FLOAT, WALLET, 10_000n],
      [FLOAT, PLATFORM_FEES, 53n],
    ],
  ],
  [
    'the payer was quoted too little',
    depositOf('payer', 10_153n, 10_000n),
    200n,
    10_000n,
    [
      [FLOAT, WALLET, 9_953n],
      [PROVIDER_FEES, WALLET, 47n],
    ],
  ],
];

test.each(CASES)('%s', (_name, payment, fee, credited, legs) => {
  const ground = testGround();
  const settlement = creditTransfers(payment, fee, ground);
  expect(settlement.credited).toBe(credited);
  expect(legsOf(settlement.transfers)).toEqual(legs);
  // One fact, whole or not at all.
  expect(settlement.transfers.map((leg) => leg.linked)).toEqual(
    legs.map((_, place) => place < legs.length - 1),
  );
  expect(new Set(settlement.transfers.map((leg) => leg.journal.id)).size).toBe(1);
});

test.each(CASES)('taken back untouched: %s', (_name, payment, fee, credited, legs) => {
  const reversed = reversalTransfers(
    { ...payment, fee, credited, state: 'succeeded' },
    credited,
    testGround(),
  );
  expect(legsOf(reversed)).toEqual(legs.map(([debit, credit, amount]) => [credit, debit, amount]));
});

test.each(CASES)('taken back after all was spent: %s', (_name, payment, fee, credited, legs) => {
  const reversed = reversalTransfers({ ...payment, fee, credited, state: 'succeeded' }, 0n, testGround());
  expect(legsOf(reversed)).toEqual(
    legs.map(([debit, credit, amount]) => [credit === WALLET ? CLAIM : credit, debit, amount]),
  );
});

test('taken back when a part was spent: the rest becomes a claim, and the wallet never goes below zero', () => {
  const payment = { ...depositOf('platform', 10_000n, 10_000n), fee: 150n, credited: 10_000n };
  expect(legsOf(reversalTransfers(payment, 9_900n, testGround()))).toEqual([
    [WALLET, FLOAT, 9_850n],
    [WALLET, PROVIDER_FEES, 50n],
    [CLAIM, PROVIDER_FEES, 100n],
  ]);
});

test('of a resolved review only what was credited is taken back', () => {
  const payment = samplePayment({ state: 'succeeded', reason: 'resolved', fee: 0n, credited: 7_880n });
  expect(legsOf(reversalTransfers(payment, 7_880n, testGround()))).toEqual([[WALLET, FLOAT, 7_880n]]);
});

test('whoever settles, and however often, uses the same ids; every role has its own', () => {
  const payment = depositOf('platform', 10_000n, 10_000n);
  const ids = (seed: string): string[] => {
    const ground = testGround(seed);
    return [
      ...creditTransfers(payment, 150n, ground).transfers,
      ...reversalTransfers({ ...payment, fee: 150n }, 9_900n, ground),
      suspenseTransfer(payment, money(5n, 'XAF'), 'own', ground),
      suspenseTransfer(payment, money(5n, 'XAF'), 'R2', ground),
    ].map((transfer) => transfer.id);
  };
  expect(ids('one')).toEqual(ids('two'));
  expect(new Set(ids('one')).size).toBe(ids('one').length);
});

test('suspense is kept in the currency in which the money came', () => {
  const transfer = suspenseTransfer(samplePayment(), money(5n, 'XAF'), 'own', testGround());
  expect(legsOf([transfer])).toEqual([['float:scripted:XAF', 'suspense:scripted:XAF', 5n]]);
});
