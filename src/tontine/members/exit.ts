/**
 * Calculates what it costs to let a member go who has not had a pot.
 *
 * Where every round pays one pot, the round of each leaving share is dropped: pots to come are smaller, and whoever has
 * had a larger one gives the difference back. That is exactly the refund, to the franc. Where shares and rounds differ in
 * number, everybody still pays and receives c·S, and the refund is what remains in the pot at the end. A refund that was
 * not the sum of named parts would be paid by somebody who was never asked.
 */
import { invariant, type Refusal, refusal } from '../../ground/refusal.ts';
import { payoutPerShare, payoutsUpTo, type Rotation } from '../cycles/rotation.ts';

export interface ExitCase {
  readonly rotation: Rotation;
  /** The shares by turn. */
  readonly order: readonly string[];
  /** The last round that was opened; every share has paid it. */
  readonly afterRound: number;
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
  /** How the cycle goes on. */
  readonly rotation: Rotation;
  readonly order: readonly string[];
  /** What each pot to come is. */
  readonly laterPayout: bigint;
}

export const EXIT_AFTER_POT: Refusal = refusal(
  'exit-after-pot',
  'denied',
  'Une de vos parts a déjà reçu sa cagnotte : vous partirez quand tous ses tours seront payés.',
  'One of your shares has already received its pot: you can leave once all its rounds are paid.',
);

export const EXIT_BEHIND: Refusal = refusal(
  'exit-behind',
  'denied',
  'Des cotisations ou des amendes restent à payer. Réglez-les avant de partir.',
  'Some contributions or fines are still to be paid. Settle them before leaving.',
);

/** The figures of an exit. None of the leaving shares may be among the served, nor all shares leave. */
export function planExit(exit: ExitCase): ExitPlan {
  const { rotation, order, afterRound, leaving } = exit;
  const served = order.slice(0, payoutsUpTo(rotation, afterRound));
  invariant(order.length === rotation.shares, 'an order is not of its rotation');
  invariant(leaving.length > 0 && leaving.length < order.length, 'an exit of nobody or of everybody');
  invariant(
    leaving.every((shareId) => order.includes(shareId) && !served.includes(shareId)),
    'a share leaves that was served or is not in the cycle',
  );
  const count = BigInt(leaving.length);
  const paid = count * BigInt(afterRound) * rotation.contribution;
  const retained = (paid * BigInt(exit.retainedBasisPoints)) / 10_000n;
  const onePotEach = rotation.shares === rotation.rounds;
  const shares = rotation.shares - leaving.length;
  const after: Rotation = { ...rotation, shares, rounds: onePotEach ? shares : rotation.rounds };
  const difference = payoutPerShare(rotation) - payoutPerShare(after);
  return {
    paid,
    retained,
    refund: paid - retained,
    owed: difference === 0n ? [] : served.map((shareId) => ({ shareId, amount: difference })),
    fromPot: onePotEach ? 0n : paid,
    rotation: after,
    order: order.filter((shareId) => !leaving.includes(shareId)),
    laterPayout: payoutPerShare(after),
  };
}
