/**
 * Is a pot that is handed out: to one share, once in a cycle.
 *
 * Its wallet part is credited in the moment of the last agreement; its notes are handed over by a keeper, and whoever
 * receives them says so. A pot that was not whole may be paid in parts, as the by-law says, but never beyond its amount.
 */
import { refusal } from '../../ground/refusal.ts';

export type PayoutState =
  | 'proposed' // waits for the officers
  | 'approved' // agreed; it is paid as soon as the money is there, or handed over
  | 'paid' // all of it was handed out
  | 'acknowledged'; // the beneficiary said yes

export interface Payout {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string;
  readonly shareId: string;
  readonly membershipId: string;
  readonly amount: bigint;
  readonly walletPaid: bigint;
  readonly cashPaid: bigint;
  /** Notes that wait to be handed over. */
  readonly cashWaiting: bigint;
  /** What goes to the common fund beside it: the premium and the commission of an auction. */
  readonly fundAmount: bigint;
  readonly fundWallet: bigint;
  readonly fundCash: bigint;
  readonly state: PayoutState;
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly approvedAt: Date | null;
  readonly paidAt: Date | null;
  readonly acknowledgedAt: Date | null;
}

/** What the beneficiary still waits for, notes that are on their way not counted. */
export function restOf(payout: Payout): bigint {
  return payout.amount - payout.walletPaid - payout.cashPaid - payout.cashWaiting;
}

export function fundRestOf(payout: Payout): bigint {
  return payout.fundAmount - payout.fundWallet - payout.fundCash;
}

export const PAYOUT_ABSENT = refusal(
  'payout-absent',
  'absent',
  'Cette remise est introuvable.',
  'This payout cannot be found.',
);
export const PAYOUT_DONE = refusal(
  'payout-done',
  'conflict',
  'La cagnotte de cette part a déjà été accordée dans ce cycle : elle n’est remise qu’une fois.',
  'The pot of this share has already been agreed in this cycle: it is handed out once.',
);
export const PAYOUT_NOT_READY = refusal(
  'payout-not-ready',
  'conflict',
  'La collecte de ce tour n’est pas finie et la cagnotte n’est pas complète.',
  'Collecting for this round has not ended, and the pot is not whole.',
);
export const TURN_ABSENT = refusal(
  'turn-absent',
  'conflict',
  'Il n’est pas encore décidé à qui revient cette cagnotte.',
  'It is not decided yet whose pot this is.',
);
