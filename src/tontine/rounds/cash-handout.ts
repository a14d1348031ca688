/**
 * Says what notes that leave a box are for, and how far they have come.
 */
import { refusal } from '../../ground/refusal.ts';

export type HandoutPurpose =
  | 'payout' // a pot
  | 'guarantee' // a deposit that goes back
  | 'credit' // what was paid beyond what was due
  | 'refund' // what a leaver had paid
  | 'aid' // help from the solidarity fund
  | 'share-out'; // a part of the common fund

export type HandoutState =
  | 'waiting' // no keeper has handed them over yet
  | 'declared' // a keeper says that they did
  | 'confirmed' // whoever received them says so too: it is in the books
  | 'cancelled'; // they stay where they are

interface Noted {
  readonly membershipId: string;
  readonly purpose: HandoutPurpose;
  readonly amount: bigint;
}

/** What the journal keeps of it: whom it is for hides the amount from others where the by-law does; pots are for all. */
export function factsOfHandout({ membershipId, purpose, amount }: Noted): Readonly<Record<string, string>> {
  const facts = { amount: String(amount), to: membershipId };
  return purpose === 'payout' ? facts : { ...facts, for: membershipId };
}

export const HANDOUT_ABSENT = refusal(
  'handout-absent',
  'absent',
  'Cette remise en espèces est introuvable.',
  'This handing over of cash cannot be found.',
);
export const HANDOUT_OVER = refusal(
  'handout-over',
  'conflict',
  'Cette remise en espèces est déjà confirmée ou n’a pas été annoncée.',
  'This handing over of cash is already confirmed, or was not declared.',
);
export const BOX_SHORT = refusal(
  'cash-box-short',
  'conflict',
  'La caisse ne contient pas autant.',
  'The box does not hold that much.',
);
export const WITNESS_IS_DECLARER = refusal(
  'cash-same-person',
  'denied',
  'Qui déclare des espèces ne peut pas les confirmer : il faut une deuxième personne.',
  'Whoever declares cash cannot confirm it: it takes a second person.',
);
export const WITNESS_IS_NOT_CONCERNED = refusal(
  'cash-not-concerned',
  'denied',
  'Seul le membre concerné peut le confirmer ou, s’il n’a pas de téléphone, un autre membre du bureau.',
  'Only the member concerned can confirm it or, if they have no phone, another officer.',
);
