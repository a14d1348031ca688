/**
 * Says whether two turns may be exchanged, and what the order is then.
 *
 * Only turns that are still to come may move, and only both owners together may move them: a turn that was taken is
 * history, and an officer who could move turns alone could sell them.
 */
import { invariant, type Refusal, refusal } from '../../ground/refusal.ts';

/** One share's place in the order, as far as a swap must know it. */
export interface Turn {
  readonly shareId: string;
  readonly memberId: string;
  readonly round: number;
  /** Its pot was paid. */
  readonly served: boolean;
  /** A payout was proposed, or its round was sold or voted on: the turn is decided. */
  readonly decided: boolean;
}

export const SWAP_SERVED: Refusal = refusal(
  'swap-served',
  'conflict',
  'Une des deux parts a déjà reçu sa cagnotte : ce tour ne s’échange plus.',
  'One of the two shares has already received its pot: this turn cannot be swapped any more.',
);

export const SWAP_DECIDED: Refusal = refusal(
  'swap-decided',
  'conflict',
  'Un de ces tours est déjà décidé : sa cagnotte est en cours de remise, vendue ou votée.',
  'One of these turns is decided already: its pot is being paid, sold or voted on.',
);

export const SWAP_ITSELF: Refusal = refusal(
  'swap-itself',
  'invalid',
  'Choisissez deux tours différents.',
  'Choose two different turns.',
);

/** Why two turns may not be exchanged; nothing when they may. */
export function whyNotSwap(one: Turn, other: Turn): Refusal | undefined {
  if (one.shareId === other.shareId || one.round === other.round) return SWAP_ITSELF;
  if (one.served || other.served) return SWAP_SERVED;
  return one.decided || other.decided ? SWAP_DECIDED : undefined;
}

/** Everybody whose yes is needed: both owners; one yes where they are one person. */
export function consentsNeeded(one: Turn, other: Turn): string[] {
  return [...new Set([one.memberId, other.memberId])];
}

/** The order with the two shares in each other's place; everybody else stays where they are. */
export function swapped(order: readonly string[], one: string, other: string): string[] {
  invariant(order.includes(one) && order.includes(other), 'a swap of shares that are not in the order');
  return order.map((shareId) => (shareId === one ? other : shareId === other ? one : shareId));
}
