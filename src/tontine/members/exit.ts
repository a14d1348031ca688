/**
 * Calculates what it costs to let a member go who has not had a pot.
 *
 * Where every round pays one pot, the last round is dropped for each leaving share, pots to come are smaller, and
 * whoever has had a pot gives back what the leaver had paid into it: that is exactly the refund, to the franc, auctions
 * included. Where shares and rounds differ in number, everybody still pays and receives c·S, and the refund is what
 * remains in the pot at the end. A refund that was not the sum of named parts would be paid by somebody who was never
 * asked.
 */
import { invariant, type Refusal, refusal } from '../../ground/refusal.ts';
import { payoutPerShare, placesIn, type Rotation } from '../cycles/rotation.ts';

/** A round that was opened: who has had its pots, or has a right to them, and what the leaving shares paid for it. */
export interface HeldRound {
  readonly served: readonly string[];
  readonly paid: bigint;
}

export interface ExitCase {
  /** As the cycle runs now. */
  readonly rotation: Rotation;
  /** The shares of the cycle, by turn. */
  readonly order: readonly string[];
  readonly held: readonly HeldRound[];
  readonly leaving: readonly string[];
  /** What the group keeps of the refund by its by-law, in hundredths of a percent. */
  readonly retainedBasisPoints: number;
}

export interface ExitPlan {
  /** What the leaving shares have paid. */
  readonly paid: bigint;
  /** What the common fund keeps of it. */
  readonly retained: bigint;
  readonly refund: bigint;
  /** What each served share gives back. Σ owed + fromPot = refund + retained. */
  readonly owed: readonly { readonly shareId: string; readonly amount: bigint }[];
  /** What is left in the pot for it when the cycle ends. */
  readonly fromPot: bigint;
  /** How many of the last rounds fall away. */
  readonly droppedRounds: number;
  /** How the cycle goes on. */
  readonly rotation: Rotation;
  readonly order: readonly string[];
  /** What each pot to come is. */
  readonly laterPayout: bigint;
}

export const EXIT_AFTER_POT: Refusal = refusal(
  'exit-after-pot',
  'denied',
  'Une de vos parts a déjà reçu sa cagnotte, ou la reçoit à ce tour : vous partirez quand tous ses tours seront payés.',
  'One of your shares has received its pot, or receives it at this round: you can leave once all its rounds are paid.',
);

export const EXIT_BEHIND: Refusal = refusal(
  'exit-behind',
  'denied',
  'Des cotisations ou des amendes restent à payer. Réglez-les avant de partir.',
  'Some contributions or fines are still to be paid. Settle them before leaving.',
);

/** The figures of an exit. None of the leaving shares may be among the served, nor may all shares leave. */
export function planExit(exit: ExitCase): ExitPlan {
  const { rotation, order, held, leaving } = exit;
  const served = held.flatMap((round) => round.served);
  invariant(order.length === rotation.shares, 'an order is not of its rotation');
  invariant(leaving.length > 0 && leaving.length < order.length, 'an exit of nobody or of everybody');
  invariant(
    leaving.every((shareId) => order.includes(shareId) && !served.includes(shareId)),
    'a share leaves that was served or is not in the cycle',
  );
  const paid = held.reduce((sum, round) => sum + round.paid, 0n);
  const retained = (paid * BigInt(exit.retainedBasisPoints)) / 10_000n;
  const onePotEach = rotation.shares === rotation.rounds;
  const droppedRounds = onePotEach ? leaving.length : 0;
  const after: Rotation = {
    ...rotation,
    shares: rotation.shares - leaving.length,
    rounds: rotation.rounds - droppedRounds,
  };
  return {
    paid,
    retained,
    refund: paid - retained,
    owed: onePotEach ? owedBy(held) : [],
    fromPot: onePotEach ? 0n : paid,
    droppedRounds,
    rotation: after,
    order: order.filter((shareId) => !leaving.includes(shareId)),
    laterPayout: payoutPerShare(after),
  };
}

function owedBy(held: readonly HeldRound[]): { shareId: string; amount: bigint }[] {
  return held.flatMap(({ served, paid }) => {
    const [shareId, ...others] = served;
    invariant(
      shareId !== undefined && others.length === 0,
      'a round of one pot has no beneficiary, or several',
    );
    return paid === 0n ? [] : [{ shareId, amount: paid }];
  });
}

/** The first `afterRound` rounds of a cycle in which everything was paid, for previews. */
export function heldAsPlanned(
  rotation: Rotation,
  order: readonly string[],
  afterRound: number,
  leavingCount: number,
): HeldRound[] {
  return Array.from({ length: afterRound }, (_, index) => ({
    served: placesIn(rotation, index + 1).flatMap((place) => order[place - 1] ?? []),
    paid: BigInt(leavingCount) * rotation.contribution,
  }));
}
