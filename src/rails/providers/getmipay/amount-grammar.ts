/**
 * Decides which written amounts are amounts.
 *
 * Accepted: a whole number, or a text of ASCII digits, each with an optional `.0` or `.00`, up to 2^53 − 1. Everything
 * else (sign, exponent, blanks, comma, other digits, half a franc) is unreadable, which sends the payment to a human:
 * a guess here is a credit of the wrong amount.
 */
import { type Currency, exponentOf } from '../../../ground/money/currency.ts';
import { type Money, money } from '../../../ground/money/money.ts';
import { type Json, NumberLiteral } from './json-text.ts';

const GRAMMAR = /^([0-9]{1,16})(?:\.0{1,2})?$/;
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The amount in the currency's smallest unit, or `unreadable`. Only currencies without decimals can be read: the
 * provider does not say whether 5000 EUR are euros or cents.
 */
export function readAmount(written: Json, currency: Currency): Money | 'unreadable' {
  const text = written instanceof NumberLiteral ? written.text : written;
  if (typeof text !== 'string' || exponentOf(currency) !== 0) return 'unreadable';
  const francs = GRAMMAR.exec(text)?.[1];
  if (francs === undefined) return 'unreadable';
  const amount = BigInt(francs);
  return amount <= LARGEST ? money(amount, currency) : 'unreadable';
}

/** As `readAmount`, with nothing both for an absent amount and for an unreadable one. */
export function amountIfReadable(written: Json | undefined, currency: Currency): Money | undefined {
  const read = written === undefined ? 'unreadable' : readAmount(written, currency);
  return read === 'unreadable' ? undefined : read;
}
