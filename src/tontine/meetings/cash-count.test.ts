import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedIn, FRANC_NOTES, sumOfNotes, varianceOf } from './cash-count.ts';

test.each([
  [40_000n, 215_000n, 180_000n, 74_500n, 75_000n, -500n],
  [40_000n, 215_000n, 180_000n, 75_000n, 75_000n, 0n],
  [0n, 25_000n, 0n, 25_100n, 25_000n, 100n],
])(
  'opening %s + in %s − out %s, counted %s: %s expected, %s differs',
  (opening, cameIn, wentOut, counted, expected, variance) => {
    const movements = { opening, cameIn, wentOut };
    expect(expectedIn(movements)).toBe(expected);
    expect(varianceOf(movements, counted)).toBe(variance);
  },
);

test('a box cannot give what it does not hold', () => {
  expect(() => expectedIn({ opening: 10n, cameIn: 0n, wentOut: 11n })).toThrow();
});

test('notes and coins add up', () => {
  const notes = [
    { value: 10_000n, pieces: 7 },
    { value: 2_000n, pieces: 2 },
    { value: 500n, pieces: 1 },
  ];
  expect(sumOfNotes(notes)).toBe(74_500n);
  expect(() => sumOfNotes([{ value: 500n, pieces: 1.5 }])).toThrow();
});

test('every amount can be laid out in notes and coins', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 3_000_000n), (amount) => {
      let left = amount;
      const laid = FRANC_NOTES.map((value) => {
        const pieces = Number(left / value);
        left %= value;
        return { value, pieces };
      });
      expect(left).toBe(0n);
      expect(sumOfNotes(laid)).toBe(amount);
    }),
  );
});
