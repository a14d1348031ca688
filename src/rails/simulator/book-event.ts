/**
 * Lists what can happen in the simulator's books, as lines that can be written to a file and read back.
 *
 * The books are nothing but these events applied in order: what is not here is lost when the process is killed. Amounts
 * are digit strings and instants ISO texts, because JSON has neither.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Direction } from '../provider.ts';
import type { Behaviour } from './behaviour.ts';
import type { TopUpCause } from './float.ts';
import type { TransactionState } from './transaction.ts';

export type BookEvent =
  | {
      readonly kind: 'created';
      readonly at: string;
      readonly reference: string;
      readonly upstreamReference: string;
      readonly direction: Direction;
      readonly entryId: string;
      readonly wallet: string;
      readonly amount: string;
      readonly currency: Currency;
      readonly feeBasisPoints: string;
      readonly description: string;
      readonly customerName: string;
      readonly callbackUrl?: string;
      readonly returnUrl?: string;
      readonly behaviour: Behaviour;
    }
  | {
      readonly kind: 'changed';
      readonly at: string;
      readonly reference: string;
      readonly state: TransactionState;
      readonly cause: string;
      /** The step of the script that did it. */
      readonly step?: number;
      /** What was taken from the payer or given to the recipient, told by a success. */
      readonly moved?: { readonly amount: string; readonly currency: Currency; readonly fee: string };
    }
  | {
      readonly kind: 'topped-up';
      readonly at: string;
      readonly amount: string;
      readonly currency: Currency;
      readonly cause: TopUpCause;
    }
  | { readonly kind: 'put-away'; readonly at: string; readonly reference: string }
  | { readonly kind: 'pretended'; readonly at: string; readonly reference: string; readonly word?: string }
  | {
      readonly kind: 'instructed';
      readonly at: string;
      readonly wallet: string;
      readonly behaviour?: Behaviour;
    }
  | {
      readonly kind: 'attempted';
      readonly at: string;
      readonly callbackId: string;
      /** The merchant answered with a 2xx. */
      readonly isAccepted: boolean;
      /** HTTP status, or the network's complaint. */
      readonly evidence: string;
    };
