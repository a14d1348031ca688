import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buyInOf } from './substitution.ts';

test.each([
  ['unserved after five rounds', 125_000n, 0n, 0n, 'newcomer', 125_000n],
  ['the same with its caution', 125_000n, 0n, 25_000n, 'newcomer', 150_000n],
  ['served, five rounds paid', 125_000n, 300_000n, 0n, 'leaver', 175_000n],
  ['served and paid up', 300_000n, 300_000n, 0n, 'nobody', 0n],
])('%s', (_name, paid, received, guarantee, payer, amount) => {
  expect(buyInOf({ paid, received, guarantee })).toEqual({ payer, amount });
});

test('a leaver ends with nothing won or lost, and the newcomer as if they had been there from the start', () => {
  const amounts = fc.bigInt(0n, 1_000_000n);
  fc.assert(
    fc.property(amounts, amounts, amounts, (paid, received, guarantee) => {
      const { payer, amount } = buyInOf({ paid, received, guarantee });
      const toLeaver = payer === 'newcomer' ? amount : payer === 'leaver' ? -amount : 0n;
      expect(received - paid - guarantee + toLeaver).toBe(0n);
    }),
  );
});
