import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '../../ground/money/money.ts';
import { shareOut } from './share-out.ts';

const holdingsOf = (shares: readonly number[]) =>
  shares.map((count, place) => ({ memberId: `m${place}`, shares: count }));
const amounts = (total: bigint, shares: readonly number[]): bigint[] =>
  shareOut(money(total, 'XOF'), holdingsOf(shares)).map((part) => part.amount);

test('fines of 7 500 are 625 for each of twelve', () => {
  expect(
    amounts(
      7_500n,
      Array.from({ length: 12 }, () => 1),
    ),
  ).toEqual(Array.from({ length: 12 }, () => 625n));
});

test('E3: 1 113 100 over 504 shares, without the 7 francs that cutting down would lose', () => {
  const parts = amounts(1_113_100n, [60, 60, 60, 48, 48, 48, 36, 36, 36, 24, 24, 24]);
  expect(parts).toEqual([
    132_512n,
    132_512n,
    132_512n,
    106_010n,
    106_009n,
    106_009n,
    79_507n,
    79_507n,
    79_507n,
    53_005n,
    53_005n,
    53_005n,
  ]);
});

test('whoever shares, the fund is empty afterwards', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10_000_000n),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
      (fund, shares) => {
        expect(amounts(fund, shares).reduce((sum, part) => sum + part, 0n)).toBe(fund);
      },
    ),
  );
});
