/**
 * Is what was paid: from a wallet at once, or in notes once somebody else than the declarer has confirmed it.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { refusal } from '../../ground/refusal.ts';

export type ContributionState =
  | 'declared' // an officer says that they received notes; nobody else has said so yet
  | 'confirmed' // it is in the books
  | 'refused' // whoever was asked said that it is not true
  | 'corrected'; // it was undone, for all to see

export type ContributionMethod = 'wallet' | 'cash';

export interface Contribution {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  /** For whom. */
  readonly membershipId: string;
  /** By whom. */
  readonly payerId: string;
  readonly method: ContributionMethod;
  /** Who holds the notes. */
  readonly keeperId: string | null;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly allocated: bigint;
  readonly returned: bigint;
  readonly state: ContributionState;
  readonly declaredBy: string;
  readonly declaredAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly refusedReason: string | null;
}

/** What of it waits for a next due. */
export function creditOf(contribution: Pick<Contribution, 'amount' | 'allocated' | 'returned'>): bigint {
  return contribution.amount - contribution.allocated - contribution.returned;
}

export const CONTRIBUTION_ABSENT = refusal(
  'contribution-absent',
  'absent',
  'Ce versement est introuvable.',
  'This contribution cannot be found.',
);
export const CONTRIBUTION_OVER = refusal(
  'contribution-over',
  'conflict',
  'Ce versement a déjà été confirmé, refusé ou corrigé.',
  'This contribution was already confirmed, refused or corrected.',
);
export const AMOUNT_NOT_POSITIVE = refusal(
  'contribution-amount',
  'invalid',
  'Le montant doit être supérieur à zéro.',
  'The amount must be above zero.',
);
export const NOTHING_DUE = refusal(
  'contribution-nothing-due',
  'conflict',
  'Ce membre ne tient aucune part de ce cycle et ne doit rien.',
  'This member holds no share of this cycle and owes nothing.',
);
export const WALLET_SHORT = refusal(
  'wallet-short',
  'conflict',
  'Votre portefeuille ne contient pas assez. Rechargez-le, puis recommencez : rien n’a été débité.',
  'Your wallet does not hold enough. Top it up and try again: nothing was debited.',
);
