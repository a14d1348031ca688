import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeePolicy, quoteFee, splitDeposit } from './fee-policy.ts';

test.each<[FeePolicy, bigint, number, bigint, bigint, bigint]>([
  //  policy     typed  rate   asked  fee   credit
  ['wallet', 10_000n, 150, 10_000n, 150n, 9_850n],
  ['wallet', 1_001n, 150, 1_001n, 16n, 985n],
  ['platform', 10_000n, 150, 10_000n, 150n, 10_000n],
  ['payer', 10_000n, 150, 10_153n, 153n, 10_000n],
  ['payer', 100n, 0, 100n, 0n, 100n],
])(
  '%s: %s at %s hundredths of a percent asks %s, fee %s, credits %s',
  (policy, typed, rate, amount, fee, credit) => {
    expect(quoteFee(policy, typed, rate)).toEqual({ amount, fee, credit });
  },
);

const policies = fc.constantFrom<FeePolicy>('wallet', 'payer', 'platform');

test('whoever bears the fee, what the provider keeps for us is what the books receive', () => {
  fc.assert(
    fc.property(
      policies,
      fc.bigInt(100n, 2_000_000n),
      fc.integer({ min: 0, max: 900 }),
      fc.bigInt(-3n, 3n),
      (policy, typed, rate, surprise) => {
        const quote = quoteFee(policy, typed, rate);
        const fee = quote.fee + surprise < 0n ? 0n : quote.fee + surprise;
        const { credited, legs } = splitDeposit(policy, quote.amount, fee, quote.credit);
        const of = (role: string): bigint => legs.find((leg) => leg.role === role)?.amount ?? 0n;
        expect(of('credit') + of('surplus')).toBe(quote.amount - fee);
        expect(of('credit') + of('fee-borne')).toBe(credited);
        expect(legs.every((leg) => leg.amount > 0n)).toBe(true);
        if (policy !== 'wallet') expect(credited).toBe(quote.credit);
      },
    ),
  );
});

test('the payer policy never leaves the host short when the quote was right', () => {
  fc.assert(
    fc.property(fc.bigInt(100n, 2_000_000n), fc.integer({ min: 0, max: 900 }), (typed, rate) => {
      const quote = quoteFee('payer', typed, rate);
      const { legs } = splitDeposit('payer', quote.amount, quote.fee, quote.credit);
      expect(legs.some((leg) => leg.role === 'fee-borne')).toBe(false);
    }),
  );
});
