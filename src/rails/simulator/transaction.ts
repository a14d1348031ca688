/**
 * Is one payment as the simulated aggregator sees it: what was asked, what was taken, and everything that happened.
 *
 * The states and their legal changes stand here alone, so that the books can be checked against one small table.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { type Money, money } from '../../ground/money/money.ts';
import type { Direction } from '../provider.ts';
import type { Behaviour, CollectManner } from './behaviour.ts';

export type TransactionState =
  | 'pending' // asked, not decided
  | 'success' // the money was moved
  | 'failed' // refused; a late success is still possible, as on real rails
  | 'expired' // nobody answered in time; a late success is still possible
  | 'reversed'; // had succeeded, and the operator took it back

const CHANGES: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  pending: ['success', 'failed', 'expired'],
  failed: ['success'],
  expired: ['success'],
  success: ['reversed'],
  reversed: [],
};

/** True when a transaction may go from one state to the other. */
export function canChange(from: TransactionState, to: TransactionState): boolean {
  return CHANGES[from].includes(to);
}

export interface Happening {
  readonly state: TransactionState;
  readonly at: Date;
  readonly cause: string;
}

export interface Transaction {
  /** The aggregator's own reference: `MPAYIN_…` or `MPAYOUT_…`. */
  readonly reference: string;
  /** The reference of the layer below it, which the status call wants too: `MLS…`. */
  readonly upstreamReference: string;
  readonly direction: Direction;
  /** Id in the catalogue. */
  readonly entryId: string;
  /** Digits with the calling code. */
  readonly wallet: string;
  readonly asked: Money;
  /** What was really taken from the payer or given to the recipient; as asked until a success says otherwise. */
  readonly moved: Money;
  /** Kept by the aggregator: out of what is moved on a pay-in, on top of it on a pay-out. */
  readonly fee: Money;
  readonly description: string;
  readonly customerName: string;
  readonly callbackUrl: string | undefined;
  readonly returnUrl: string | undefined;
  readonly behaviour: Behaviour;
  readonly state: TransactionState;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly history: readonly Happening[];
  /** Steps of the script already done. */
  readonly stepsDone: number;
  /** The payer put the message away without deciding. */
  readonly putAway: boolean;
  /** A word that the API uses in place of the true state, when a test makes it lie. */
  readonly pretendedWord: string | undefined;
}

/** The fee on an amount: the rate in hundredths of a percent, rounded up to a whole unit. */
export function feeOn(amount: Money, feeBasisPoints: bigint): Money {
  return money((amount.amount * feeBasisPoints + 9_999n) / 10_000n, amount.currency);
}

/** What is taken from the payer, or given to the recipient, when `asked` is asked. */
export function collectedFrom(asked: Money, manner: CollectManner): Money {
  if (manner === 'less') return money(asked.amount - (asked.amount + 9n) / 10n, asked.currency);
  if (manner === 'other-currency') return money(asked.amount, otherThan(asked.currency));
  return asked;
}

function otherThan(currency: Currency): Currency {
  return currency === 'XOF' ? 'XAF' : 'XOF';
}
