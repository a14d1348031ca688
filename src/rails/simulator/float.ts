/**
 * Is what the aggregator holds for the merchant: how each payment weighs on it, and the money that the merchant brought.
 *
 * Every franc of the float is explained by a payment or by a top-up. That is one sum, so whoever reconciles our own
 * books with these can do it over and compare.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { type Money, money } from '../../ground/money/money.ts';
import type { Transaction } from './transaction.ts';

/** Money that the merchant put into its account by bank transfer. */
export interface TopUp {
  readonly at: Date;
  readonly amount: Money;
  readonly cause: TopUpCause;
}

export type TopUpCause =
  | 'opening' // there when the books were opened
  | 'merchant'; // brought later

/**
 * What a payment contributes to the float in its present state. A pay-in counts its net while it is a success. A
 * pay-out weighs from its creation, amount and fee; failed, expired or reversed it has come back whole.
 */
export function floatPart(transaction: Transaction): Money {
  const { direction, fee, moved, state } = transaction;
  if (direction === 'in') {
    return money(state === 'success' ? moved.amount - fee.amount : 0n, moved.currency);
  }
  const isOut = state === 'pending' || state === 'success';
  return money(isOut ? -(moved.amount + fee.amount) : 0n, moved.currency);
}

/** Adds to the float of one currency; the map is the only thing changed. */
export function addToFloat(float: Map<Currency, bigint>, { amount, currency }: Money): void {
  float.set(currency, (float.get(currency) ?? 0n) + amount);
}
