/**
 * Shares a common fund out at the end of a cycle, to the franc.
 *
 * Fines and premiums belong to all in proportion to their shares. Cutting each part down to whole francs would leave some
 * of them in a fund that has no owner any more.
 */
import { allocate } from '../../ground/money/allocate.ts';
import type { Money } from '../../ground/money/money.ts';

export interface ShareHolding {
  readonly memberId: string;
  readonly shares: number;
}

/** What each receives, in the order given; the sum is `fund` exactly (E3, I8). */
export function shareOut(
  fund: Money,
  holdings: readonly ShareHolding[],
): { readonly memberId: string; readonly amount: bigint }[] {
  if (holdings.length === 0) return [];
  const parts = allocate(
    fund,
    holdings.map((holding) => BigInt(holding.shares)),
  );
  return holdings.map(({ memberId }, place) => ({ memberId, amount: parts[place]?.amount ?? 0n }));
}
