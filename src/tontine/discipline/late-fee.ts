/**
 * Says what lateness costs under the group's own tariff, which may differ before and after one has taken the pot.
 *
 * The fee is a total up to an instant, not an increment: the night job levies what the total is above what was
 * levied before, so that running it twice, or after a week of outage, fines nobody twice and forgets nobody.
 */
import { DAY_MS } from '../../ground/clock.ts';
import { invariant } from '../../ground/refusal.ts';

/** How lateness is counted. */
export type LateFeeKind =
  | 'none' // lateness costs nothing
  | 'fixed' // one amount, once
  | 'percent' // hundredths of a percent of what was missing, once
  | 'per-day'; // one amount for each day begun since the grace ended

/** An amount for `fixed` and `per-day`; hundredths of a percent (basis points) for `percent`. */
export type LateFeeRate = bigint;

export interface LateFeeTariff {
  readonly kind: LateFeeKind;
  /** For a share that has not taken the pot. */
  readonly beforePot: LateFeeRate;
  /** For a share that has: it holds the others' money, so most groups make it dearer. */
  readonly afterPot: LateFeeRate;
  /** Most that one due may cost; nothing when there is no ceiling. */
  readonly cap?: bigint | undefined;
}

export interface Lateness {
  readonly graceEndsAt: Date;
  /** When it was paid in full; until now when it is not. */
  readonly until: Date;
  /** What was missing when the grace ended. */
  readonly missing: bigint;
  /** True when the share had taken its pot in an earlier round. */
  readonly served: boolean;
}

const WHOLE_BASIS_POINTS = 10_000n;

/** What the lateness has cost up to `until`, never more than the cap. A percentage is rounded down to the franc. */
export function lateFee(tariff: LateFeeTariff, lateness: Lateness): bigint {
  const { graceEndsAt, until, missing, served } = lateness;
  const rate = served ? tariff.afterPot : tariff.beforePot;
  invariant(rate >= 0n && (tariff.cap ?? 0n) >= 0n && missing >= 0n, 'a late fee has a negative figure');
  const late_ms = until.getTime() - graceEndsAt.getTime();
  if (late_ms <= 0 || missing === 0n) return 0n;
  const fee = uncapped(tariff.kind, rate, missing, BigInt(Math.ceil(late_ms / DAY_MS)));
  return tariff.cap !== undefined && fee > tariff.cap ? tariff.cap : fee;
}

/** What is still to be levied when `levied` was levied (or waived) before. */
export function feeToLevy(tariff: LateFeeTariff, lateness: Lateness, levied: bigint): bigint {
  const fee = lateFee(tariff, lateness);
  return fee > levied ? fee - levied : 0n;
}

function uncapped(kind: LateFeeKind, rate: LateFeeRate, missing: bigint, days: bigint): bigint {
  switch (kind) {
    case 'none':
      return 0n;
    case 'fixed':
      return rate;
    case 'percent':
      return (missing * rate) / WHOLE_BASIS_POINTS;
    case 'per-day':
      return rate * days;
  }
}
