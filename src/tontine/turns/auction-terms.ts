/**
 * Turns the by-law into the terms of one auction, in francs.
 *
 * A discount may not lower a due below nothing: what everybody pays less is bounded by what they still have to pay.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Rules } from '../groups/rules.ts';
import type { AuctionKind, AuctionRules } from './auction.ts';

/** What holds where a by-law says nothing: no reserve, at most 40 %, steps of 500, no commission. */
const USUAL_AUCTION: NonNullable<Rules['auction']> = {
  leastBasisPoints: 0,
  mostBasisPoints: 4_000,
  increment: 500n,
  commissionBasisPoints: 0,
};

const WHOLE_BASIS_POINTS = 10_000n;

export interface SoldPot {
  readonly kind: AuctionKind;
  readonly currency: Currency;
  readonly pot: bigint;
  readonly shares: number;
  /** The least that any share still has to pay for this round. */
  readonly leastDue: bigint;
}

export function auctionTerms(rules: Rules, sold: SoldPot): AuctionRules {
  const { leastBasisPoints, mostBasisPoints, increment, commissionBasisPoints } =
    rules.auction ?? USUAL_AUCTION;
  const most = (sold.pot * BigInt(mostBasisPoints)) / WHOLE_BASIS_POINTS;
  const payable = sold.leastDue * BigInt(sold.shares);
  return {
    kind: sold.kind,
    bidding: 'open',
    currency: sold.currency,
    pot: sold.pot,
    leastBid: (sold.pot * BigInt(leastBasisPoints)) / WHOLE_BASIS_POINTS,
    mostBid: sold.kind === 'discount' && payable < most ? payable : most,
    increment,
    commissionBasisPoints,
  };
}
