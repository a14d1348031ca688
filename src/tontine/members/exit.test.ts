import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payoutPerShare, payoutsUpTo, type Rotation, roundOfPlace } from '../cycles/rotation.ts';
import { type ExitCase, type ExitPlan, heldAsPlanned, planExit } from './exit.ts';

const orderOf = (count: number): string[] => Array.from({ length: count }, (_, place) => `shr-${place + 1}`);

interface Asked extends Omit<ExitCase, 'held'> {
  readonly afterRound: number;
}
/** An exit from a cycle in which everybody has paid everything. */
const plan = ({ afterRound, ...exit }: Asked): ExitPlan =>
  planExit({ ...exit, held: heldAsPlanned(exit.rotation, exit.order, afterRound, exit.leaving.length) });

const stars: Rotation = { shares: 12, rounds: 12, contribution: 25_000n };

test('an unserved member leaves after round 5: 125 000 back, 25 000 owed by each of the five served', () => {
  const left = plan({
    rotation: stars,
    order: orderOf(12),
    afterRound: 5,
    leaving: ['shr-9'],
    retainedBasisPoints: 0,
  });
  expect(left).toMatchObject({ paid: 125_000n, retained: 0n, refund: 125_000n, fromPot: 0n });
  expect(left.owed).toEqual(orderOf(5).map((shareId) => ({ shareId, amount: 25_000n })));
  expect(left.laterPayout).toBe(275_000n);
  expect(left.rotation).toEqual({ shares: 11, rounds: 11, contribution: 25_000n });
  expect(left.order).toEqual(orderOf(12).filter((shareId) => shareId !== 'shr-9'));
});

test('both shares of a member leave: each served share owes twice', () => {
  const left = plan({
    rotation: stars,
    order: orderOf(12),
    afterRound: 3,
    leaving: ['shr-7', 'shr-11'],
    retainedBasisPoints: 0,
  });
  expect(left.refund).toBe(150_000n);
  expect(left.owed.map((each) => each.amount)).toEqual([50_000n, 50_000n, 50_000n]);
  expect(left.laterPayout).toBe(250_000n);
});

test('two parts of three are kept by the by-law: the refund is a third, the fund has the rest', () => {
  const left = plan({
    rotation: stars,
    order: orderOf(12),
    afterRound: 5,
    leaving: ['shr-9'],
    retainedBasisPoints: 6_667,
  });
  expect(left.retained).toBe(83_337n);
  expect(left.refund).toBe(41_663n);
});

test('18 shares, 12 rounds: nobody owes, and the pot holds the refund at the end', () => {
  const left = plan({
    rotation: { shares: 18, rounds: 12, contribution: 10_000n },
    order: orderOf(18),
    afterRound: 5,
    leaving: ['shr-18'],
    retainedBasisPoints: 0,
  });
  expect(left).toMatchObject({ refund: 50_000n, fromPot: 50_000n, owed: [], laterPayout: 120_000n });
});

test.each([
  ['a served share', ['shr-3']],
  ['a share of another cycle', ['shr-99']],
  ['nobody', []],
  ['everybody', orderOf(12)],
])('%s cannot leave', (_name, leaving) => {
  expect(() =>
    plan({ rotation: stars, order: orderOf(12), afterRound: 5, leaving, retainedBasisPoints: 0 }),
  ).toThrow();
});

const cases = fc
  .record({
    shares: fc.integer({ min: 2, max: 60 }),
    others: fc.integer({ min: 1, max: 60 }),
    equal: fc.boolean(),
    contribution: fc.bigInt(1n, 500_000n),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    grain: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    retainedBasisPoints: fc.constantFrom(0, 0, 1_000, 6_667),
  })
  .map(({ shares, others, equal, contribution, at, grain, retainedBasisPoints }) => {
    const rotation: Rotation = { shares, rounds: equal ? shares : others, contribution };
    const afterRound = Math.min(rotation.rounds - 1, Math.floor(at * rotation.rounds));
    const order = orderOf(shares);
    const free = order.slice(payoutsUpTo(rotation, afterRound));
    const leaving = [...new Set(grain.map((grain) => free[grain % free.length] ?? ''))].slice(0, shares - 1);
    return { rotation, order, afterRound, leaving, retainedBasisPoints };
  });

test('the refund is the sum of what is owed, and everybody who stays ends with what they paid', () => {
  fc.assert(
    fc.property(cases, (exit) => {
      const left = plan(exit);
      const { contribution } = exit.rotation;
      const owed = left.owed.reduce((sum, each) => sum + each.amount, 0n);
      expect(left.refund + left.retained).toBe(owed + left.fromPot);
      expect(left.paid).toBe(BigInt(exit.leaving.length * exit.afterRound) * contribution);

      // The cycle to its end: rounds already held by all, the rest by those who stay, then what is owed.
      const served = payoutsUpTo(exit.rotation, exit.afterRound);
      const later = BigInt((left.rotation.rounds - exit.afterRound) * left.rotation.shares) * contribution;
      const held = BigInt(exit.afterRound * exit.rotation.shares) * contribution;
      const paidOut =
        BigInt(served) * payoutPerShare(exit.rotation) +
        BigInt(left.rotation.shares - served) * left.laterPayout;
      expect(held + later + owed).toBe(paidOut + left.refund + left.retained);
      for (const shareId of left.order) {
        const back = left.owed.find((each) => each.shareId === shareId)?.amount ?? 0n;
        const paid = BigInt(left.rotation.rounds) * contribution + back;
        const early = exit.order.indexOf(shareId) < served;
        expect(paid).toBe(early ? payoutPerShare(exit.rotation) : left.laterPayout);
      }
      // Nobody who waits gets a turn in a round that is over.
      if (left.order.length > served) {
        expect(roundOfPlace(left.rotation, served + 1)).toBeGreaterThan(exit.afterRound);
      }
    }),
  );
});
