import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { money } from './money.ts';

test.each<[bigint, bigint[], bigint[]]>([
  [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
  [10n, [1n, 2n, 3n, 4n], [1n, 2n, 3n, 4n]],
  [5n, [6n, 3n, 1n], [3n, 2n, 0n]],
  [1n, [0n, 1n, 0n], [0n, 1n, 0n]],
  [0n, [1n, 5n], [0n, 0n]],
  [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
])('%s over %o gives %o', (total, weights, shares) => {
  expect(allocate(money(total, 'XOF'), weights).map((share) => share.amount)).toEqual(shares);
});

const totals = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const weightLists = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 60 })
  .filter((weights) => weights.some((weight) => weight > 0n));

test('no franc is lost or created, and nobody is a whole franc away from the exact share', () => {
  fc.assert(
    fc.property(totals, weightLists, (total, weights) => {
      const shares = allocate(money(total, 'XOF'), weights).map((share) => share.amount);
      const sum = weights.reduce((left, right) => left + right, 0n);
      expect(shares.reduce((left, right) => left + right, 0n)).toBe(total);
      shares.forEach((share, place) => {
        const distance = share * sum - total * (weights[place] ?? 0n);
        expect((distance < 0n ? -distance : distance) < sum).toBe(true);
      });
    }),
  );
});

test('who weighs more never receives less', () => {
  fc.assert(
    fc.property(totals, weightLists, (total, weights) => {
      const size = total < 0n ? -total : total;
      const shares = allocate(money(size, 'XOF'), weights);
      const byWeight = weights
        .map((weight, place) => ({ weight, share: shares[place]?.amount ?? 0n, place }))
        .toSorted((left, right) => Number(left.weight - right.weight) || right.place - left.place);
      byWeight.reduce((lighter, heavier) => {
        expect(heavier.share >= lighter.share).toBe(true);
        return heavier;
      });
    }),
  );
});

test.each<[string, bigint[]]>([
  ['no weight', []],
  ['only zero weights', [0n, 0n]],
  ['a negative weight', [2n, -1n]],
])('%s is a broken invariant', (_name, weights) => {
  expect(() => allocate(money(100n, 'XOF'), weights)).toThrow();
});
