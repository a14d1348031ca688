/**
 * Is one attempt to move money across the border of the books, and the story of its states.
 *
 * A deposit is *created* with its instruction to the provider in one transaction. A sender claims the instruction
 * (*submitting*), talks to the provider outside any transaction and writes one of three answers: accepted (*pending*,
 * or *action-required* when the person must still type a code or open a page), rejected (*failed*), or lost
 * (*unknown*: the provider may or may not have acted, and nobody may say "failed").
 *
 * From then on only the provider's own status, asked with the references that it gave us, decides. Success posts the
 * money once (*succeeded*). *Failed* and *expired* are soft for a deposit: money that arrives late is still the
 * person's. A success with another amount, currency or owner is real money of an unclear owner (*review*). What has
 * succeeded changes only when the provider takes the money back (*reversed*).
 *
 * A withdrawal reserves its money before anything is sent (*created*, or *risk-hold* until an hour that the person is
 * told). *Unknown* keeps the reserve, and time never releases it: only the provider's own "it failed" does, once. A
 * provider that cannot be asked about a lost answer leaves it to two people (*review*). Before anything was sent the
 * person may call it off (*cancelled*).
 */
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Direction, Environment, Method } from '../provider.ts';
import type { FeePolicy } from './fee-policy.ts';

export type PaymentState =
  | 'created' // written down with its instruction; nothing was sent
  | 'action-required' // the person must type the operator's code or continue on the provider's page
  | 'risk-hold' // a withdrawal whose money is set aside until an hour that the person was told
  | 'submitting' // being handed to the provider right now
  | 'pending' // the provider took it; the payer or the operator must confirm
  | 'unknown' // the provider's answer was lost; it may have acted
  | 'succeeded' // confirmed, and the books say so
  | 'failed' // confirmed that no money moved; a late success still credits
  | 'expired' // not confirmed in time; a late success still credits
  | 'cancelled' // a withdrawal called off before anything was sent
  | 'review' // real money that does not fit what was asked; a person must decide
  | 'reversed'; // confirmed once and taken back by the provider

/** States in which the provider may still be holding the person's money or about to take it. */
export const IN_FLIGHT: readonly PaymentState[] = [
  'risk-hold',
  'created',
  'action-required',
  'submitting',
  'pending',
  'unknown',
];

export interface Payment {
  readonly id: string;
  /** What people read out over the phone and find on their receipt. */
  readonly reference: string;
  readonly direction: Direction;
  readonly environment: Environment;
  readonly provider: string;
  /** Whose payment this is; the rails never look inside. */
  readonly ownerId: string;
  /** The ledger account to credit. */
  readonly accountId: AccountId;
  readonly method: Method;
  readonly country: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** The number that pays, E.164. */
  readonly phone: string;
  readonly currency: Currency;
  /** What the payer is asked for, in the currency's smallest unit. */
  readonly amount: bigint;
  readonly feePolicy: FeePolicy;
  /** The fee that was announced before confirming. */
  readonly quotedFee: bigint;
  /** What the person was told would arrive in the wallet. */
  readonly wantedCredit: bigint;
  /** The fee that the provider really took, once known. */
  readonly fee: bigint | undefined;
  /** What really arrived in the wallet, once it has. */
  readonly credited: bigint | undefined;
  readonly state: PaymentState;
  /** Why it is in this state: a rejection code or a review reason. */
  readonly reason: string | undefined;
  readonly needsOtp: boolean;
  readonly otpTries: number;
  readonly providerReference: string | undefined;
  readonly upstreamReference: string | undefined;
  readonly redirectUrl: string | undefined;
  readonly createdAt: Date;
  readonly submittedAt: Date | undefined;
  /** Until when the payer can confirm. */
  readonly expiresAt: Date;
  /** When somebody looks at it again; absent when nobody needs to. */
  readonly nextActionAt: Date | undefined;
  readonly enquiries: number;
  readonly enquiredAt: Date | undefined;
  readonly settledAt: Date | undefined;
  /** How often a look-up by our own reference found nothing since the answer was lost. */
  readonly lookupsMissed: number;
  /** How often the same instruction was sent again because a look-up had found nothing. */
  readonly resends: number;
  /** The operator was told that it takes long. */
  readonly slowTold: boolean;
}

export function isInFlight(payment: Payment): boolean {
  return IN_FLIGHT.includes(payment.state);
}

/** True while the person must type a code of the operator's menu before anything can be sent. */
export function awaitsOtp(payment: Payment): boolean {
  return payment.state === 'action-required' && payment.needsOtp && payment.providerReference === undefined;
}

/**
 * The short reference of a payment: ten letters and digits of the random part of its id (50 bits), in two groups, with
 * D for a deposit and R for a withdrawal (*retrait*) in front.
 */
export function paymentReference(id: string, direction: Direction): string {
  const tail = id.slice(-10).toUpperCase();
  return `${direction === 'in' ? 'D' : 'R'}-${tail.slice(0, 5)}-${tail.slice(5)}`;
}
