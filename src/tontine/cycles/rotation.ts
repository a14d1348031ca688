/**
 * Says how many pots each round pays, of what size, and what is carried over to the next one.
 *
 * N shares need not be S rounds: every share pays S times and receives what it paid, c·S, once. Paying c·N instead is
 * the usual mistake: right only when N = S, it otherwise promises money that nobody brings.
 */
import { invariant } from '../../ground/refusal.ts';

export interface Rotation {
  /** N: places in the cycle. */
  readonly shares: number;
  /** S: dates on which every share contributes. */
  readonly rounds: number;
  /** c: what a share pays each round. */
  readonly contribution: bigint;
}

/** What all shares together bring to one round. */
export function collectedPerRound({ shares, contribution }: Rotation): bigint {
  return BigInt(shares) * contribution;
}

/** What a share receives, once: all that it pays over the cycle. */
export function payoutPerShare({ rounds, contribution }: Rotation): bigint {
  return BigInt(rounds) * contribution;
}

/** How many pots are paid up to and with a round. */
export function payoutsUpTo({ shares, rounds }: Rotation, round: number): number {
  invariant(round >= 0 && round <= rounds, `round ${round} is not one of ${rounds}`);
  return Math.floor((round * shares) / rounds);
}

/** How many pots a round pays; may be none. */
export function payoutsIn(rotation: Rotation, round: number): number {
  return payoutsUpTo(rotation, round) - payoutsUpTo(rotation, round - 1);
}

/** What is left in the pot after a round has paid, for the next one. Never negative, nothing at the end. */
export function carryAfter(rotation: Rotation, round: number): bigint {
  return (
    BigInt(round) * collectedPerRound(rotation) -
    BigInt(payoutsUpTo(rotation, round)) * payoutPerShare(rotation)
  );
}

/** The round that pays the `place`-th share of the order (from 1): the first with enough pots paid. */
export function roundOfPlace({ shares, rounds }: Rotation, place: number): number {
  invariant(place >= 1 && place <= shares, `place ${place} is not one of ${shares}`);
  return Math.ceil((place * rounds) / shares);
}

/** The places (from 1) that a round pays, in their order. */
export function placesIn(rotation: Rotation, round: number): number[] {
  const before = payoutsUpTo(rotation, round - 1);
  return Array.from({ length: payoutsIn(rotation, round) }, (_, index) => before + index + 1);
}

/** What a share paid in a round has received beyond what it has contributed by then: the credit that others give. */
export function creditAt(rotation: Rotation, round: number): bigint {
  return payoutPerShare(rotation) - BigInt(round) * rotation.contribution;
}

export interface RotationRow {
  readonly round: number;
  readonly payouts: number;
  readonly carry: bigint;
}

/** All rounds at a glance, for the preview before a cycle starts. */
export function rotationTable(rotation: Rotation): RotationRow[] {
  return Array.from({ length: rotation.rounds }, (_, index) => ({
    round: index + 1,
    payouts: payoutsIn(rotation, index + 1),
    carry: carryAfter(rotation, index + 1),
  }));
}

export interface OwnedShare {
  readonly id: string;
  readonly memberId: string;
}

/**
 * The shares in an order in which nobody has two turns in a row, where that is possible, keeping the given order
 * otherwise: two turns in a row are twice the trust at once. A member with more than half of the places cannot be
 * spread any further.
 */
export function spreadShares<T extends OwnedShare>(shares: readonly T[]): T[] {
  const rest = idealPlaces(shares);
  const order: T[] = [];
  while (rest.length > 0) {
    const last = order.at(-1)?.memberId;
    const allowed = rest.filter(({ share }) => share.memberId !== last);
    const pressed = allowed.find(({ share }) => 2 * countOf(rest, share.memberId) > rest.length);
    const chosen = pressed ?? allowed[0] ?? rest[0];
    invariant(chosen !== undefined, 'a share was lost while spreading');
    order.push(chosen.share);
    rest.splice(rest.indexOf(chosen), 1);
  }
  return order;
}

interface PlacedShare<T> {
  readonly share: T;
  readonly ideal: number;
}

/** The n-th of m shares of a member belongs into the n-th of m equal parts of the cycle. */
function idealPlaces<T extends OwnedShare>(shares: readonly T[]): PlacedShare<T>[] {
  const owned = Map.groupBy(shares, (share) => share.memberId);
  return shares
    .map((share, place) => {
      const own = owned.get(share.memberId) ?? [];
      return { share, ideal: place / shares.length / own.length + own.indexOf(share) / own.length };
    })
    .toSorted((left, right) => left.ideal - right.ideal);
}

function countOf<T extends OwnedShare>(rest: readonly PlacedShare<T>[], memberId: string): number {
  return rest.filter(({ share }) => share.memberId === memberId).length;
}
