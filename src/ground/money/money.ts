/**
 * Is an amount of money: a whole number of the currency's smallest unit, and the currency.
 *
 * Amounts are `bigint`, never `number`: a float loses francs silently. Adding two currencies is a broken
 * invariant, because no rate is implied anywhere in the product.
 */
import { invariant } from '../refusal.ts';
import type { Currency } from './currency.ts';

export interface Money {
  /** Whole number of the smallest unit (for XOF, XAF and GNF: francs). May be negative in arithmetic. */
  readonly amount: bigint;
  readonly currency: Currency;
}

export function money(amount: bigint, currency: Currency): Money {
  return { amount, currency };
}

export function zero(currency: Currency): Money {
  return { amount: 0n, currency };
}

export function add(left: Money, right: Money): Money {
  return { amount: left.amount + sameCurrency(left, right).amount, currency: left.currency };
}

export function subtract(left: Money, right: Money): Money {
  return { amount: left.amount - sameCurrency(left, right).amount, currency: left.currency };
}

export function isSameMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && left.amount === right.amount;
}

function sameCurrency(left: Money, right: Money): Money {
  invariant(left.currency === right.currency, `amounts in ${left.currency} and ${right.currency} were mixed`);
  return right;
}
