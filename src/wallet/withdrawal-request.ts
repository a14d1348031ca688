/**
 * Is what a person wants to withdraw, before they have proven that it is them.
 *
 * It is the challenge that the PIN answers: the amount, the fee, the number and the method stand on its row and cannot
 * change, so a PIN typed for 5 000 to a sister sends nothing else to nobody else. It is used once, and it dies after
 * ten minutes. Nothing is reserved before the PIN.
 */
import { MINUTE_MS } from '../ground/clock.ts';
import type { Currency } from '../ground/money/currency.ts';
import { type Refusal, refusal } from '../ground/refusal.ts';
import type { Method } from '../rails/provider.ts';

export type WithdrawalRequestState =
  | 'requested' // written down; the PIN is awaited
  | 'confirmed' // the PIN was right, and the payment of the same id exists
  | 'lapsed'; // ten minutes passed or the person gave up; nothing was reserved

export interface WithdrawalRequest {
  /** Made with the form; the payment that follows has the same id. */
  readonly paymentId: string;
  readonly personId: string;
  /** The number that receives, E.164. */
  readonly phone: string;
  readonly method: Method;
  readonly serviceId: string;
  readonly currency: Currency;
  /** What arrives, in the currency's smallest unit. */
  readonly amount: bigint;
  /** What the person pays on top. */
  readonly fee: bigint;
  readonly state: WithdrawalRequestState;
  readonly createdAt: Date;
  /** From this instant on no PIN is accepted for it. */
  readonly expiresAt: Date;
  readonly confirmedAt: Date | undefined;
}

/** How long the person has to type the PIN. */
export const CHALLENGE_MS = 10 * MINUTE_MS;

/** True while a right PIN would send the money. */
export function awaitsPin(request: WithdrawalRequest, now: Date): boolean {
  return request.state === 'requested' && now < request.expiresAt;
}

/** True when both ask for the same money on the same way, whenever they were asked. */
export function asksTheSame(left: WithdrawalRequest, right: WithdrawalRequest): boolean {
  return (
    left.personId === right.personId &&
    left.phone === right.phone &&
    left.method === right.method &&
    left.serviceId === right.serviceId &&
    left.currency === right.currency &&
    left.amount === right.amount &&
    left.fee === right.fee
  );
}

export const REQUEST_LAPSED: Refusal = refusal(
  'withdrawal-request-lapsed',
  'conflict',
  'Cette demande de retrait n’est plus valable. Rien n’a été retiré. Recommencez.',
  'This withdrawal request is no longer valid. Nothing was withdrawn. Please start again.',
);
