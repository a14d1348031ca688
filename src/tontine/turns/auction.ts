/**
 * Decides an auction of a turn and where every franc of it goes.
 *
 * *Discount*: the winner receives the pot less the bid, and what the bid leaves lowers what everybody contributes.
 * *Premium*: the winner receives the pot and pays the bid out of it into the common fund. In both the winner really
 * bears the bid: paying the whole pot and booking the price as income besides is how others make money from nothing.
 */
import { allocate } from '../../ground/money/allocate.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { money } from '../../ground/money/money.ts';
import { moneyText } from '../../ground/money/money-text.ts';
import { invariant, type Refusal, refusal } from '../../ground/refusal.ts';
import { drawOrder } from './draw.ts';

/** What becomes of the price. */
export type AuctionKind =
  | 'discount' // it lowers everybody's contribution (chit fund)
  | 'premium'; // it goes to the common fund (vente du tour)

/** Whether bidders see one another. */
export type BiddingKind =
  | 'open' // each bid must exceed the highest by the increment
  | 'sealed'; // one bid each, seen by nobody before the end

export interface AuctionRules {
  readonly kind: AuctionKind;
  readonly bidding: BiddingKind;
  readonly currency: Currency;
  /** What the winner would receive for nothing. */
  readonly pot: bigint;
  /** The reserve price: less is no bid. */
  readonly leastBid: bigint;
  readonly mostBid: bigint;
  /** By how much an open bid must exceed the one before. */
  readonly increment: bigint;
  /** Of the pot, in hundredths of a percent, kept for the common fund out of a discount; never more than was bid. */
  readonly commissionBasisPoints: number;
}

export interface Bid {
  readonly id: string;
  readonly shareId: string;
  readonly amount: bigint;
}

const WHOLE_BASIS_POINTS = 10_000n;

function outsideBounds(rules: AuctionRules): Refusal {
  const text = (amount: bigint, language: 'fr' | 'en'): string =>
    moneyText(money(amount, rules.currency), 'page', language);
  return refusal(
    'bid-outside-bounds',
    'invalid',
    `L’offre doit être entre ${text(rules.leastBid, 'fr')} et ${text(rules.mostBid, 'fr')}.`,
    `The bid must be between ${text(rules.leastBid, 'en')} and ${text(rules.mostBid, 'en')}.`,
  );
}

function tooLow(rules: AuctionRules, least: bigint): Refusal {
  const text = (language: 'fr' | 'en'): string => moneyText(money(least, rules.currency), 'page', language);
  return refusal(
    'bid-too-low',
    'conflict',
    `Une offre plus haute est déjà là. La prochaine doit être d’au moins ${text('fr')}.`,
    `There is a higher bid already. The next one must be at least ${text('en')}.`,
  );
}

const ALREADY_SEALED = refusal(
  'bid-sealed-already',
  'conflict',
  'Votre offre cachetée est déjà déposée ; elle ne se change pas.',
  'Your sealed bid is already in; it cannot be changed.',
);

/** Why an amount is no bid now; nothing when it is one. Whether the *share* may bid is told by `whyNotEligible`. */
export function whyNotBid(
  rules: AuctionRules,
  bids: readonly Bid[],
  shareId: string,
  amount: bigint,
): Refusal | undefined {
  if (amount < rules.leastBid || amount > rules.mostBid) return outsideBounds(rules);
  if (rules.bidding === 'sealed') {
    return bids.some((bid) => bid.shareId === shareId) ? ALREADY_SEALED : undefined;
  }
  const highest = bids.reduce<bigint | undefined>(
    (most, bid) => (most === undefined || bid.amount > most ? bid.amount : most),
    undefined,
  );
  if (highest === undefined || amount >= highest + rules.increment) return undefined;
  return highest + rules.increment > rules.mostBid
    ? outsideBounds(rules)
    : tooLow(rules, highest + rules.increment);
}

export interface AuctionWinner {
  readonly shareId: string;
  readonly price: bigint;
  /** True when more than one bid was highest, or nobody bid, and the lot decided. */
  readonly byLot: boolean;
}

/**
 * The highest bid; equal bids by the lot that was sealed when the auction opened. Without any bid the lot decides among
 * all eligible shares, for nothing: nobody was in a hurry, and the pot must still be given. Nothing when no share is
 * eligible.
 */
export function winnerOf(
  bids: readonly Bid[],
  eligibleShareIds: readonly string[],
  seed: string,
): AuctionWinner | undefined {
  const valid = bids.filter((bid) => eligibleShareIds.includes(bid.shareId));
  const price = valid.reduce((most, bid) => (bid.amount > most ? bid.amount : most), 0n);
  const tied =
    valid.length === 0
      ? eligibleShareIds
      : [...new Set(valid.filter((bid) => bid.amount === price).map((bid) => bid.shareId))];
  if (tied.length === 0) return undefined;
  // Which bids were made is part of the lot's key: whoever sealed the seed could not know them.
  const entropies = bids.map((bid) => `${bid.id} ${bid.amount}`);
  const [shareId] = tied.length === 1 ? tied : drawOrder(seed, tied.toSorted(), entropies);
  invariant(shareId !== undefined, 'an auction lost its bids');
  return { shareId, price, byLot: tied.length > 1 };
}

export interface AuctionOutcome {
  /** What the winner's hands receive: the pot less the price, in both kinds. */
  readonly received: bigint;
  /** What goes to the common fund: the commission of a discount, the whole price of a premium. */
  readonly toFund: bigint;
  /** By how much the due of each share becomes less, in the order of the shares. */
  readonly dividends: readonly bigint[];
}

/**
 * Where the price goes. `received` + `toFund` + Σ `dividends` = pot, always (C1). Dividends that do not divide are
 * given by largest remainder, the first shares first.
 */
export function outcomeOf(rules: AuctionRules, price: bigint, shares: number): AuctionOutcome {
  invariant(price >= 0n && price <= rules.pot, `a price of ${price} for a pot of ${rules.pot}`);
  invariant(shares > 0, 'an auction without shares');
  const received = rules.pot - price;
  if (rules.kind === 'premium') {
    return { received, toFund: price, dividends: Array.from({ length: shares }, () => 0n) };
  }
  const rate = BigInt(rules.commissionBasisPoints);
  invariant(rate >= 0n && rate <= WHOLE_BASIS_POINTS, 'a commission is not between nothing and all');
  const full = (rules.pot * rate) / WHOLE_BASIS_POINTS;
  const toFund = full < price ? full : price;
  const equal = Array.from({ length: shares }, () => 1n);
  const dividends = allocate(money(price - toFund, rules.currency), equal).map((part) => part.amount);
  return { received, toFund, dividends };
}
