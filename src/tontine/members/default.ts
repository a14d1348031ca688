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

/** What a defaulter does not pay for one round, and the shares whose pots it was for; none where a round pays none. */
export interface MissingRound {
  readonly amount: bigint;
  readonly shareIds: readonly string[];
  /** True for the round of the defaulter's own pot: nobody else lacks what it misses, but it is owed. */
  readonly isOwnPot?: boolean;
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
  /** What each later share misses, by turn. Σ = debt, less what the defaulter's own pot misses. */
  readonly claims: readonly Claim[];
  readonly covers: readonly Cover[];
  /** What each later share receives from the covers, in proportion to its claim. */
  readonly covered: readonly Claim[];
  /** What stays their claim on the defaulter. Σ covered + Σ open = Σ claims. */
  readonly open: readonly Claim[];
}

/** The debt, the claims and who covers them, sources in the group's order. */
export function planDefault(
  missing: readonly MissingRound[],
  sources: readonly CoverSource[],
  currency: Currency,
): DefaultPlan {
  const claims = claimsOf(missing, currency);
  const debt = total(missing);
  const covers = takeFrom(sources, debt);
  const [byCovers, claimed] = [total(covers), total(claims)];
  const covered = spread(byCovers < claimed ? byCovers : claimed, claims, currency);
  const open = claims.map((claim, place) => ({
    shareId: claim.shareId,
    amount: claim.amount - (covered[place]?.amount ?? 0n),
  }));
  return { debt, claims, covers, covered, open };
}

/** What each later pot misses; where a round pays none, the next one misses it, and where it pays several, equally. */
function claimsOf(missing: readonly MissingRound[], currency: Currency): Claim[] {
  const claims = new Map<string, bigint>();
  let carried = 0n;
  for (const { amount, shareIds, isOwnPot } of missing) {
    if (isOwnPot === true) continue;
    carried += amount;
    if (shareIds.length === 0 || carried === 0n) continue;
    const equal = shareIds.map(() => 1n);
    const parts = allocate(money(carried, currency), equal);
    shareIds.forEach((shareId, place) => {
      claims.set(shareId, (claims.get(shareId) ?? 0n) + (parts[place]?.amount ?? 0n));
    });
    carried = 0n;
  }
  invariant(carried === 0n, 'nobody has a claim to what the last rounds miss');
  return [...claims].map(([shareId, amount]) => ({ shareId, amount }));
}

/** What `shares` served shares do not pay after a round, as the rotation was planned. */
export function missingAfter(
  rotation: Rotation,
  order: readonly string[],
  shares: readonly string[],
  afterRound: number,
): MissingRound[] {
  return Array.from({ length: rotation.rounds - afterRound }, (_, index) => {
    const shareIds = placesIn(rotation, afterRound + index + 1).flatMap((place) => order[place - 1] ?? []);
    invariant(!shareIds.some((shareId) => shares.includes(shareId)), 'a share defaults before its own pot');
    return { amount: BigInt(shares.length) * rotation.contribution, shareIds };
  });
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
