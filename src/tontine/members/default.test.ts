import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payoutPerShare, payoutsUpTo, type Rotation } from '../cycles/rotation.ts';
import { type CoverSource, type DefaultPlan, missingAfter, planDefault, planRepayment } from './default.ts';

const orderOf = (count: number): string[] => Array.from({ length: count }, (_, place) => `shr-${place + 1}`);
const stars: Rotation = { shares: 12, rounds: 12, contribution: 25_000n };

interface Stopped {
  readonly rotation: Rotation;
  readonly order: readonly string[];
  readonly shares: readonly string[];
  readonly afterRound: number;
}
const planOf = (
  { rotation, order, shares, afterRound }: Stopped,
  sources: readonly CoverSource[],
): DefaultPlan => planDefault(missingAfter(rotation, order, shares, afterRound), sources, 'XOF');

const served2 = {
  rotation: stars,
  order: orderOf(12),
  shares: ['shr-2'],
  afterRound: 5,
} as const;
const sum = (parts: readonly { amount: bigint }[]): bigint =>
  parts.reduce((all, part) => all + part.amount, 0n);

test('served at turn 2, stops after round 5: owes 175 000, seven claims of 25 000', () => {
  const plan = planOf(served2, []);
  expect(plan.debt).toBe(175_000n);
  expect(plan.claims).toEqual(
    orderOf(12)
      .slice(5)
      .map((shareId) => ({ shareId, amount: 25_000n })),
  );
  expect(plan.open).toEqual(plan.claims);
});

test('covered in the group’s order: own caution, then the guarantor, then the fund', () => {
  const plan = planOf(served2, [
    { kind: 'own-caution', available: 25_000n },
    { kind: 'guarantor', available: 50_000n },
    { kind: 'guarantee-fund', available: 275_000n },
  ]);
  expect(plan.covers).toEqual([
    { kind: 'own-caution', amount: 25_000n },
    { kind: 'guarantor', amount: 50_000n },
    { kind: 'guarantee-fund', amount: 100_000n },
  ]);
  expect(sum(plan.open)).toBe(0n);
});

test('a caution of 25 000 alone is shared by seven to the franc, and 150 000 stay claims', () => {
  const plan = planOf(served2, [{ kind: 'own-caution', available: 25_000n }]);
  expect(plan.covered.map((part) => part.amount)).toEqual([
    3_572n,
    3_572n,
    3_572n,
    3_571n,
    3_571n,
    3_571n,
    3_571n,
  ]);
  expect(sum(plan.open)).toBe(150_000n);
});

test('18 shares, 12 rounds: two pots of one round bear a missing contribution together', () => {
  const rotation: Rotation = { shares: 18, rounds: 12, contribution: 10_001n };
  const plan = planOf({ ...served2, rotation, order: orderOf(18), shares: ['shr-1'], afterRound: 9 }, []);
  expect(plan.debt).toBe(30_003n);
  expect(plan.claims.map((claim) => claim.amount)).toEqual([5_001n, 5_000n, 10_001n, 5_001n, 5_000n]);
});

test('8 shares, 12 rounds: a round without a pot leaves its gap to the next one', () => {
  const rotation: Rotation = { shares: 8, rounds: 12, contribution: 10_000n };
  const plan = planOf({ ...served2, rotation, order: orderOf(8), shares: ['shr-1'], afterRound: 9 }, []);
  expect(plan.claims).toEqual([
    { shareId: 'shr-7', amount: 20_000n },
    { shareId: 'shr-8', amount: 10_000n },
  ]);
});

test('the defaulter pays back once: the short pots first, then the fund, and not a franc more than the debt', () => {
  const plan = planOf(served2, [
    { kind: 'own-caution', available: 25_000n },
    { kind: 'guarantee-fund', available: 80_000n },
  ]);
  const first = planRepayment(100_000n, plan.open, plan.covers, 'XOF');
  expect(sum(first.toShares)).toBe(70_000n);
  expect(first.toCovers).toEqual([{ kind: 'guarantee-fund', amount: 30_000n }]);
  const rest = planRepayment(
    100_000n,
    [],
    [
      { kind: 'own-caution', amount: 25_000n },
      { kind: 'guarantee-fund', amount: 50_000n },
    ],
    'XOF',
  );
  expect(rest.toCovers).toEqual([
    { kind: 'guarantee-fund', amount: 50_000n },
    { kind: 'own-caution', amount: 25_000n },
  ]);
  expect(rest.tooMuch).toBe(25_000n);
});

test('what is missing in one’s own pot is owed, and nobody’s claim', () => {
  const missing = [
    { amount: 25_000n, shareIds: [], isOwnPot: true },
    { amount: 25_000n, shareIds: ['shr-12'] },
  ];
  const plan = planDefault(missing, [{ kind: 'guarantee-fund', available: 40_000n }], 'XOF');
  expect(plan).toMatchObject({ debt: 50_000n, claims: [{ shareId: 'shr-12', amount: 25_000n }] });
  expect(sum(plan.covers)).toBe(40_000n);
  expect(sum(plan.open)).toBe(0n);
  expect(planDefault(missing.slice(0, 1), [], 'XOF')).toMatchObject({ debt: 25_000n, claims: [], open: [] });
});

test('a share that was not served cannot default after its pot', () => {
  expect(() => planOf({ ...served2, shares: ['shr-7'] }, [])).toThrow();
});

const defaults = fc
  .record({
    shares: fc.integer({ min: 2, max: 60 }),
    rounds: fc.integer({ min: 1, max: 60 }),
    contribution: fc.bigInt(1n, 500_000n),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    who: fc.nat(),
    sources: fc.array(
      fc.record({
        kind: fc.constantFrom<CoverSource['kind']>(
          'own-caution',
          'guarantor',
          'guarantee-fund',
          'common-fund',
        ),
        available: fc.bigInt(0n, 1_000_000n),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ shares, rounds, contribution, at, who, sources }) => {
    const rotation: Rotation = { shares, rounds, contribution };
    const afterRound = Math.min(rounds, Math.max(1, Math.ceil(at * rounds)));
    const served = payoutsUpTo(rotation, afterRound);
    const order = orderOf(shares);
    const share = served === 0 ? undefined : order[who % served];
    return {
      case: {
        rotation,
        currency: 'XOF' as const,
        order,
        shares: share === undefined ? [] : [share],
        afterRound,
      },
      sources,
    };
  });

test('claims are the debt, covers and open claims are the debt, and the pots are whole again with both', () => {
  fc.assert(
    fc.property(defaults, fc.bigInt(0n, 5_000_000n), ({ case: defaulted, sources }, paid) => {
      fc.pre(defaulted.shares.length > 0);
      const plan = planOf(defaulted, sources);
      const { rotation, afterRound } = defaulted;
      expect(plan.debt).toBe(payoutPerShare(rotation) - BigInt(afterRound) * rotation.contribution);
      expect(sum(plan.claims)).toBe(plan.debt);
      expect(sum(plan.covers)).toBe(sum(plan.covered));
      expect(sum(plan.covered) + sum(plan.open)).toBe(plan.debt);
      expect(plan.open.every((claim) => claim.amount >= 0n)).toBe(true);
      const back = planRepayment(paid, plan.open, plan.covers, 'XOF');
      expect(sum(back.toShares) + sum(back.toCovers) + back.tooMuch).toBe(paid);
      expect(back.tooMuch).toBe(paid > plan.debt ? paid - plan.debt : 0n);
    }),
  );
});

test('cautions of one contribution each cover any one default where each round pays one pot', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.bigInt(1n, 500_000n), (shares, contribution) => {
      const rotation: Rotation = { shares, rounds: shares, contribution };
      const fund = BigInt(shares) * contribution;
      const plan = planOf({ rotation, order: orderOf(shares), shares: ['shr-1'], afterRound: 1 }, [
        { kind: 'guarantee-fund', available: fund },
      ]);
      expect(plan.debt).toBe(BigInt(shares - 1) * contribution);
      expect(sum(plan.open)).toBe(0n);
    }),
  );
});
