/**
 * Reads what GetMiPay holds for the merchant in one currency.
 *
 * The documented answer names one balance and its currency; some accounts have a list beside it. A balance in another
 * currency than the one asked for is no answer: francs of the two unions would be taken for each other.
 */
import type { Currency } from '../../../ground/money/currency.ts';
import type { Balance } from '../../provider.ts';
import { amountIfReadable } from './amount-grammar.ts';
import { field, flagOf, isList, type Json } from './json-text.ts';

/** The balance in this currency, or nothing when the answer does not say it without doubt. */
export function readBalanceAnswer(
  body: Json | undefined,
  currency: Currency,
  asOf: Date,
): Balance | undefined {
  if (flagOf(field(body, 'success')) === false) return undefined;
  const inner = field(body, 'data');
  const listed = field(inner, 'balances');
  const held = [inner, ...(isList(listed) ? listed : [])].find((one) => field(one, 'currency') === currency);
  const balance = amountIfReadable(field(held, 'balance'), currency);
  return balance === undefined ? undefined : { balance, asOf };
}
