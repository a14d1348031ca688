import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { allocate } from '../../ground/money/allocate.ts';
import { money } from '../../ground/money/money.ts';
import { type AuctionRules, type Bid, outcomeOf, whyNotBid, winnerOf } from './auction.ts';
import { newSeed } from './draw.ts';
import { type ShareStanding, whyNotEligible } from './eligibility.ts';

const chit: AuctionRules = {
  kind: 'discount',
  bidding: 'open',
  currency: 'XOF',
  pot: 300_000n,
  leastBid: 15_000n,
  mostBid: 90_000n,
  increment: 1_000n,
  commissionBasisPoints: 0,
};
const seed = newSeed(seededChance('auction'));
const bid = (id: string, shareId: string, amount: bigint): Bid => ({ id, shareId, amount });

test('C1: 300 000 sold for 36 000 gives the winner 264 000 and lowers twelve dues by 3 000', () => {
  const outcome = outcomeOf(chit, 36_000n, 12);
  expect(outcome.received).toBe(264_000n);
  expect(outcome.toFund).toBe(0n);
  expect(outcome.dividends).toEqual(Array.from({ length: 12 }, () => 3_000n));
  const net = outcome.dividends.map((dividend) => 25_000n - dividend);
  expect(net.reduce((sum, due) => sum + due, 0n)).toBe(264_000n);
});

test('C1: with 5 % commission the dividend is 1 750, and the fund has 15 000', () => {
  const outcome = outcomeOf({ ...chit, commissionBasisPoints: 500 }, 36_000n, 12);
  expect(outcome).toMatchObject({ received: 264_000n, toFund: 15_000n });
  expect(outcome.dividends).toEqual(Array.from({ length: 12 }, () => 1_750n));
  const net = outcome.dividends.reduce((sum, dividend) => sum + 25_000n - dividend, 0n);
  expect(net).toBe(264_000n + 15_000n);
});

test('C3: twelve turns sold at premiums of 266 000 in all are shared 22 166 each, eight with one franc more', () => {
  const prices = [40, 38, 36, 32, 30, 26, 22, 18, 12, 8, 4, 0].map((thousands) => BigInt(thousands) * 1_000n);
  const rules: AuctionRules = { ...chit, kind: 'premium', leastBid: 0n };
  const outcomes = prices.map((price) => outcomeOf(rules, price, 12));
  for (const [turn, outcome] of outcomes.entries()) {
    expect(outcome.received).toBe(300_000n - (prices[turn] ?? 0n));
    expect(outcome.dividends.every((dividend) => dividend === 0n)).toBe(true);
  }
  const fund = outcomes.reduce((sum, outcome) => sum + outcome.toFund, 0n);
  expect(fund).toBe(266_000n);
  const parts = allocate(
    money(fund, 'XOF'),
    Array.from({ length: 12 }, () => 1n),
  ).map((part) => part.amount);
  expect(parts.filter((part) => part === 22_167n)).toHaveLength(8);
  expect(parts.filter((part) => part === 22_166n)).toHaveLength(4);
});

test.each<[string, Partial<AuctionRules>, Bid[], bigint, string | undefined]>([
  ['below the reserve', {}, [], 14_999n, 'bid-outside-bounds'],
  ['the reserve', {}, [], 15_000n, undefined],
  ['above the ceiling', {}, [], 90_001n, 'bid-outside-bounds'],
  ['less than one increment more', {}, [bid('1', 'a', 20_000n)], 20_999n, 'bid-too-low'],
  ['one increment more', {}, [bid('1', 'a', 20_000n)], 21_000n, undefined],
  ['no room is left above the highest', {}, [bid('1', 'a', 90_000n)], 90_000n, 'bid-outside-bounds'],
  ['sealed: equal to another', { bidding: 'sealed' }, [bid('1', 'a', 20_000n)], 20_000n, undefined],
  [
    'sealed: a second of the same share',
    { bidding: 'sealed' },
    [bid('1', 'x', 20_000n)],
    30_000n,
    'bid-sealed-already',
  ],
])('%s', (_name, change, bids, amount, code) => {
  expect(whyNotBid({ ...chit, ...change }, bids, 'x', amount)?.code).toBe(code);
});

const free: ShareStanding = { served: false, behind: false, ownerActive: true, guaranteed: true };
test.each<[Partial<ShareStanding>, string | undefined]>([
  [{}, undefined],
  [{ served: true }, 'share-served'],
  [{ behind: true }, 'share-behind'],
  [{ ownerActive: false }, 'share-owner-inactive'],
  [{ guaranteed: false }, 'share-guarantee-missing'],
])('a share %o', (change, code) => {
  expect(whyNotEligible({ ...free, ...change })?.code).toBe(code);
});

test('the highest bid wins, equal ones by the sealed lot, and none at all by the lot for nothing', () => {
  const bids = [bid('1', 'a', 20_000n), bid('2', 'b', 36_000n), bid('3', 'c', 30_000n)];
  expect(winnerOf(bids, ['a', 'b', 'c', 'd'], seed)).toEqual({ shareId: 'b', price: 36_000n, byLot: false });
  expect(winnerOf(bids, ['a', 'c'], seed)).toEqual({ shareId: 'c', price: 30_000n, byLot: false });
  const tied = [bid('1', 'a', 36_000n), bid('2', 'b', 36_000n), bid('3', 'c', 30_000n)];
  const lot = winnerOf(tied, ['a', 'b', 'c'], seed);
  expect(['a', 'b']).toContain(lot?.shareId);
  expect(lot).toMatchObject({ price: 36_000n, byLot: true });
  expect(winnerOf(tied, ['c', 'b', 'a'], seed)).toEqual(lot);
  expect(winnerOf([], ['a', 'b', 'c'], seed)).toMatchObject({ price: 0n, byLot: true });
  expect(winnerOf([], ['c'], seed)).toEqual({ shareId: 'c', price: 0n, byLot: false });
  expect(winnerOf(bids, [], seed)).toBeUndefined();
});

test('the lot between two equal bids favours neither', () => {
  const chance = seededChance('ties');
  let first = 0;
  for (let auction = 0; auction < 2_000; auction++) {
    const winner = winnerOf([bid('1', 'a', 5n), bid('2', 'b', 5n)], ['a', 'b'], newSeed(chance));
    if (winner?.shareId === 'a') first += 1;
  }
  expect(Math.abs(first - 1_000)).toBeLessThan(5 * Math.sqrt(500));
});

const cycles = fc.record({
  shares: fc.integer({ min: 2, max: 60 }),
  contribution: fc.bigInt(100n, 50_000n),
  kind: fc.constantFrom<'discount' | 'premium'>('discount', 'premium'),
  commissionBasisPoints: fc.integer({ min: 0, max: 1_000 }),
  prices: fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 60, maxLength: 60 }),
});

test('C1, C2: every pot conserves, and over the cycle shares lose together exactly what the fund gains', () => {
  fc.assert(
    fc.property(cycles, ({ shares, contribution, kind, commissionBasisPoints, prices }) => {
      const pot = BigInt(shares) * contribution;
      const rules: AuctionRules = { ...chit, kind, commissionBasisPoints, pot };
      const paid = Array.from({ length: shares }, () => 0n);
      const received = Array.from({ length: shares }, () => 0n);
      const dividends = Array.from({ length: shares }, () => 0n);
      let fund = 0n;
      for (let turn = 0; turn < shares; turn++) {
        const price = (pot * BigInt(prices[turn] ?? 0)) / 10_000n;
        const outcome = outcomeOf(rules, price, shares);
        const lowered = outcome.dividends.reduce((sum, dividend) => sum + dividend, 0n);
        expect(outcome.received + outcome.toFund + lowered).toBe(pot);
        fund += outcome.toFund;
        received[turn] = outcome.received;
        outcome.dividends.forEach((dividend, share) => {
          dividends[share] = (dividends[share] ?? 0n) + dividend;
          paid[share] = (paid[share] ?? 0n) + contribution - dividend;
        });
        const net = outcome.dividends.reduce((sum, dividend) => sum + contribution - dividend, 0n);
        expect(net).toBe(outcome.received + outcome.toFund);
      }
      const lost = paid.map((each, share) => each - (received[share] ?? 0n));
      expect(lost.reduce((sum, each) => sum + each, 0n)).toBe(fund);
      lost.forEach((each, share) => {
        const own = pot - (received[share] ?? 0n);
        expect(each).toBe(own - (dividends[share] ?? 0n));
      });
    }),
    { numRuns: 60 },
  );
});
