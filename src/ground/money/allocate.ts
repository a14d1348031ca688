/**
 * Splits an amount over weights without losing or creating a franc.
 *
 * The method is the largest remainder: everyone first receives the whole part of their exact share, then the francs
 * left over go one each to the largest fractions. Rounding every share on its own would lose or invent francs.
 */
import { invariant } from '../refusal.ts';
import { type Money, money } from './money.ts';

/**
 * The shares of `total`, in the order of `weights`; their sum is `total` exactly. Equal fractions are served in the
 * order given, so the same question always has the same answer. A negative total is split as its mirror image.
 * Throws `BrokenInvariant` when a weight is negative or no weight is above zero.
 */
export function allocate(total: Money, weights: readonly bigint[]): Money[] {
  invariant(
    weights.every((weight) => weight >= 0n),
    'a weight of a split is negative',
  );
  const sum = weights.reduce((left, right) => left + right, 0n);
  invariant(sum > 0n, 'a split needs at least one weight above zero');
  const size = total.amount < 0n ? -total.amount : total.amount;
  const sign = total.amount < 0n ? -1n : 1n;
  const shares = weights.map((weight, place) => ({
    place,
    whole: (size * weight) / sum,
    fraction: (size * weight) % sum,
  }));
  const leftover = size - shares.reduce((given, share) => given + share.whole, 0n);
  const served = new Set(
    shares
      .toSorted((left, right) => compare(right.fraction, left.fraction) || left.place - right.place)
      .slice(0, Number(leftover))
      .map((share) => share.place),
  );
  return shares.map((share) =>
    money(sign * (share.whole + (served.has(share.place) ? 1n : 0n)), total.currency),
  );
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
