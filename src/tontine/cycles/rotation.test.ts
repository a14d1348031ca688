import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  carryAfter,
  collectedPerRound,
  creditAt,
  payoutPerShare,
  payoutsIn,
  placesIn,
  type Rotation,
  rotationTable,
  roundOfPlace,
  spreadShares,
} from './rotation.ts';

test.each<[number, number, bigint, bigint, number[], bigint[]]>([
  // N   S   c        each share  payouts in the first rounds, carry after them
  [12, 12, 25_000n, 300_000n, [1, 1, 1], [0n, 0n, 0n]],
  [18, 12, 10_000n, 120_000n, [1, 2, 1, 2], [60_000n, 0n, 60_000n, 0n]],
  [8, 12, 10_000n, 120_000n, [0, 1, 1, 0, 1, 1], [80_000n, 40_000n, 0n, 80_000n, 40_000n, 0n]],
  [3, 1, 500n, 500n, [3], [0n]],
])('%s shares, %s rounds of %s: %s each', (shares, rounds, contribution, each, payouts, carry) => {
  const rotation: Rotation = { shares, rounds, contribution };
  expect(payoutPerShare(rotation)).toBe(each);
  const table = rotationTable(rotation).slice(0, payouts.length);
  expect(table.map((row) => row.payouts)).toEqual(payouts);
  expect(table.map((row) => row.carry)).toEqual(carry);
  expect(carryAfter(rotation, rounds)).toBe(0n);
});

test.each([
  [1, 275_000n],
  [6, 150_000n],
  [12, 0n],
])('of 12 shares at 25 000, the one served at round %s holds a credit of %s (A4)', (round, credit) => {
  expect(creditAt({ shares: 12, rounds: 12, contribution: 25_000n }, round)).toBe(credit);
});

const rotations = fc.record({
  shares: fc.integer({ min: 2, max: 60 }),
  rounds: fc.integer({ min: 1, max: 60 }),
  contribution: fc.bigInt(1n, 1_000_000n),
});

test('A1, A2: what is paid in is paid out, each share exactly once', () => {
  fc.assert(
    fc.property(rotations, (rotation) => {
      const { shares, rounds } = rotation;
      const table = rotationTable(rotation);
      const payouts = table.reduce((sum, row) => sum + row.payouts, 0);
      expect(payouts).toBe(shares);
      expect(BigInt(payouts) * payoutPerShare(rotation)).toBe(BigInt(rounds) * collectedPerRound(rotation));
      expect(table.every((row) => row.carry >= 0n)).toBe(true);
      expect(table.at(-1)?.carry).toBe(0n);
      const places = table.flatMap((row) => placesIn(rotation, row.round));
      expect(places).toEqual(Array.from({ length: shares }, (_, index) => index + 1));
      for (const row of table) {
        for (const place of placesIn(rotation, row.round)) {
          expect(roundOfPlace(rotation, place)).toBe(row.round);
        }
      }
    }),
  );
});

test('A3: what the served have received too much is what the unserved have paid, less the carry', () => {
  fc.assert(
    fc.property(rotations, fc.nat(59), (rotation, chosen) => {
      const round = (chosen % rotation.rounds) + 1;
      const paidEach = BigInt(round) * rotation.contribution;
      const served = rotationTable(rotation)
        .slice(0, round)
        .reduce((sum, row) => sum + row.payouts, 0);
      const tooMuch = BigInt(served) * (payoutPerShare(rotation) - paidEach);
      expect(tooMuch).toBe(BigInt(rotation.shares - served) * paidEach - carryAfter(rotation, round));
      expect(payoutsIn(rotation, round)).toBeGreaterThanOrEqual(0);
    }),
  );
});

const sharesOf = (counts: readonly number[]): { id: string; memberId: string }[] =>
  counts.flatMap((count, member) =>
    Array.from({ length: count }, (_, own) => ({ id: `${member}-${own}`, memberId: String(member) })),
  );

test('ten people with twelve shares: the two doubles are far apart, everyone else keeps the order', () => {
  const order = spreadShares(sharesOf([2, 1, 1, 1, 1, 2, 1, 1, 1, 1])).map((share) => share.id);
  expect(order).toHaveLength(12);
  expect(order.indexOf('0-1') - order.indexOf('0-0')).toBeGreaterThan(3);
  expect(order.indexOf('5-1') - order.indexOf('5-0')).toBeGreaterThan(3);
  const singles = order.filter((id) => !['0', '5'].includes(id.slice(0, 1)));
  expect(singles).toEqual(singles.toSorted());
});

test('nobody has two turns in a row where that is possible, and no share is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 15 }), (counts) => {
      const shares = sharesOf(counts);
      const order = spreadShares(shares);
      expect(order.map((share) => share.id).toSorted()).toEqual(shares.map((share) => share.id).toSorted());
      if (Math.max(...counts) > Math.ceil(shares.length / 2)) return;
      order.reduce((before, share) => {
        expect(share.memberId).not.toBe(before.memberId);
        return share;
      });
    }),
  );
});

test('one share each keeps its order', () => {
  const shares = sharesOf([1, 1, 1, 1, 1]);
  expect(spreadShares(shares)).toEqual(shares);
});
