import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS } from '../../ground/clock.ts';
import { feeToLevy, type LateFeeKind, type LateFeeTariff, lateFee } from './late-fee.ts';

const graceEndsAt = new Date('2026-04-07T18:00:00Z');
const stars: LateFeeTariff = { kind: 'fixed', beforePot: 500n, afterPot: 1_000n };
const percent: LateFeeTariff = { kind: 'percent', beforePot: 250n, afterPot: 500n };
const daily: LateFeeTariff = { kind: 'per-day', beforePot: 100n, afterPot: 200n, cap: 1_000n };

test.each<[string, LateFeeTariff, string, bigint, boolean, bigint]>([
  ['paid within the grace', stars, '2026-04-07T18:00:00Z', 25_000n, false, 0n],
  ['Koffi, unserved, on the 8th', stars, '2026-04-08T10:00:00Z', 25_000n, false, 500n],
  ['Yao, served, a part missing', stars, '2026-04-12T10:00:00Z', 10_000n, true, 1_000n],
  ['Ibrahim, unserved', stars, '2026-04-12T10:00:00Z', 25_000n, false, 500n],
  ['nothing missing', stars, '2026-04-12T10:00:00Z', 0n, true, 0n],
  ['2.5 % before the pot', percent, '2026-04-08T10:00:00Z', 25_000n, false, 625n],
  ['5 % of a part after it', percent, '2026-05-08T10:00:00Z', 10_000n, true, 500n],
  ['a percentage is rounded down', percent, '2026-04-08T10:00:00Z', 999n, false, 24n],
  ['the first day begun', daily, '2026-04-07T18:00:01Z', 25_000n, false, 100n],
  ['a whole day', daily, '2026-04-08T18:00:00Z', 25_000n, false, 100n],
  ['the second day begun', daily, '2026-04-08T18:00:01Z', 25_000n, false, 200n],
  ['after the pot', daily, '2026-04-09T10:00:00Z', 25_000n, true, 400n],
  ['up to the cap', daily, '2026-06-09T10:00:00Z', 25_000n, true, 1_000n],
  ['no fee at all', { ...stars, kind: 'none' }, '2026-06-09T10:00:00Z', 25_000n, true, 0n],
])('%s', (_name, tariff, until, missing, served, fee) => {
  expect(lateFee(tariff, { graceEndsAt, until: new Date(until), missing, served })).toBe(fee);
});

const tariffs = fc.record({
  kind: fc.constantFrom<LateFeeKind>('none', 'fixed', 'percent', 'per-day'),
  beforePot: fc.bigInt(0n, 5_000n),
  afterPot: fc.bigInt(0n, 5_000n),
  cap: fc.option(fc.bigInt(0n, 20_000n), { nil: undefined }),
});

test('however often and however late the night job runs, the levies add up to the fee', () => {
  fc.assert(
    fc.property(
      tariffs,
      fc.array(fc.integer({ min: 0, max: 40 * 24 }), { minLength: 1, maxLength: 12 }),
      fc.bigInt(0n, 100_000n),
      fc.boolean(),
      (tariff, hours, missing, served) => {
        const nights = hours.toSorted((left, right) => left - right);
        let levied = 0n;
        for (const night of nights) {
          const lateness = { graceEndsAt, until: after(graceEndsAt, night * HOUR_MS), missing, served };
          levied += feeToLevy(tariff, lateness, levied);
          expect(feeToLevy(tariff, lateness, levied)).toBe(0n);
        }
        const until = after(graceEndsAt, (nights.at(-1) ?? 0) * HOUR_MS);
        expect(levied).toBe(lateFee(tariff, { graceEndsAt, until, missing, served }));
        if (tariff.cap !== undefined) expect(levied <= tariff.cap).toBe(true);
      },
    ),
  );
});

test('a later instant never costs less', () => {
  fc.assert(
    fc.property(tariffs, fc.nat(60), fc.nat(60), fc.boolean(), (tariff, one, more, served) => {
      const at = (days: number): bigint =>
        lateFee(tariff, { graceEndsAt, until: after(graceEndsAt, days * DAY_MS), missing: 25_000n, served });
      expect(at(one + more) >= at(one)).toBe(true);
    }),
  );
});
