/**
 * Calculates what a member who took a pot and stops paying owes, to whom, and who stands in for it.
 *
 * The debt is what later pots will miss, no more: it is the sum of the claims of those who come after. What somebody
 * covers becomes theirs to claim. The defaulter is debited once; taking it from the defaulter and from everybody
 * besides is how a group's books lose the difference.
 */
import { allocate } from '../../ground/money/allocate.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { money } from '../../ground/money/money.ts';
import { invariant } from '../../ground/refusal.ts';
import { placesIn, type Rotation } from '../cycles/rotation.ts';

export interface DefaultCase {
  readonly rotation: Rotation;
  readonly currency: Currency;
  /** The shares by turn. */
  readonly order: readonly string[];
  /** The served shares that stop paying. */
  readonly shares: readonly string[];
  /** The last round that they paid. */
  readonly afterRound: number;
}

export interface Claim {
  readonly shareId: string;
  readonly amount: bigint;
}

/** Who can stand in for a defaulter. */
export type CoverKind =
  | 'own-caution' // the defaulter's own caution
  | 'guarantor' // who signed for the defaulter
  | 'guarantee-fund' // the cautions of all
  | 'common-fund'; // fines and premiums, by decision of the officers

export interface CoverSource {
  readonly kind: CoverKind;
  readonly available: bigint;
}

export interface Cover {
  readonly kind: CoverKind;
  readonly amount: bigint;
}

export interface DefaultPlan {
  readonly debt: bigint;
  /** What each later share misses, by turn. Σ = debt. */
  readonly claims: readonly Claim[];
  readonly covers: readonly Cover[];
  /** What each later share receives from the covers, in proportion to its claim. Σ = Σ covers. */
  readonly covered: readonly Claim[];
  /** What stays their claim on the defaulter. Σ covered + Σ open = debt. */
  readonly open: readonly Claim[];
}

/** The debt, the claims and who covers them, sources in the group's order. */
export function planDefault(defaulted: DefaultCase, sources: readonly CoverSource[]): DefaultPlan {
  const claims = claimsOf(defaulted);
  const debt = total(claims);
  const covers = takeFrom(sources, debt);
  const covered = spread(total(covers), claims, defaulted.currency);
  const open = claims.map((claim, place) => ({
    shareId: claim.shareId,
    amount: claim.amount - (covered[place]?.amount ?? 0n),
  }));
  return { debt, claims, covers, covered, open };
}

/** What each later pot misses; where a round pays none, the next one misses it, and where it pays several, equally. */
function claimsOf({ rotation, currency, order, shares, afterRound }: DefaultCase): Claim[] {
  invariant(shares.length > 0 && shares.every((shareId) => order.includes(shareId)), 'nobody defaults');
  const perRound = BigInt(shares.length) * rotation.contribution;
  const claims: Claim[] = [];
  let missing = 0n;
  for (let round = afterRound + 1; round <= rotation.rounds; round++) {
    missing += perRound;
    const places = placesIn(rotation, round);
    if (places.length === 0) continue;
    const equal = places.map(() => 1n);
    const parts = allocate(money(missing, currency), equal);
    places.forEach((place, index) => {
      const shareId = order[place - 1];
      invariant(shareId !== undefined, 'a place without a share');
      invariant(!shares.includes(shareId), `share ${shareId} defaults before its own pot`);
      claims.push({ shareId, amount: parts[index]?.amount ?? 0n });
    });
    missing = 0n;
  }
  invariant(missing === 0n, 'the last round pays no pot');
  return claims;
}

function takeFrom(sources: readonly CoverSource[], debt: bigint): Cover[] {
  let left = debt;
  return sources.flatMap(({ kind, available }) => {
    const amount = available < left ? available : left;
    if (amount <= 0n) return [];
    left -= amount;
    return [{ kind, amount }];
  });
}

function spread(amount: bigint, claims: readonly Claim[], currency: Currency): Claim[] {
  if (amount === 0n) return claims.map(({ shareId }) => ({ shareId, amount: 0n }));
  const parts = allocate(
    money(amount, currency),
    claims.map((claim) => claim.amount),
  );
  return claims.map(({ shareId }, place) => ({ shareId, amount: parts[place]?.amount ?? 0n }));
}

export interface Repayment {
  readonly toShares: readonly Claim[];
  readonly toCovers: readonly Cover[];
  /** What is more than the debt; never taken. */
  readonly tooMuch: bigint;
}

/**
 * Where a defaulter's money goes: first to those whose pot fell short, in proportion, then to whoever stood in, last
 * source first. Never more than the debt in all, however often it is asked with what is still open.
 */
export function planRepayment(
  amount: bigint,
  open: readonly Claim[],
  covers: readonly Cover[],
  currency: Currency,
): Repayment {
  const missing = total(open);
  const forShares = amount < missing ? amount : missing;
  const toShares = spread(forShares, open, currency).filter((part) => part.amount > 0n);
  const waiting = covers.toReversed().map((cover) => ({ kind: cover.kind, available: cover.amount }));
  const toCovers = takeFrom(waiting, amount - forShares);
  return { toShares, toCovers, tooMuch: amount - forShares - total(toCovers) };
}

function total(parts: readonly { readonly amount: bigint }[]): bigint {
  return parts.reduce((sum, part) => sum + part.amount, 0n);
}
