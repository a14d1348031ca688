/**
 * Writes an amount for people, in one of three voices.
 *
 * The platform's own formatter is not used, because it groups with U+202F: the standard fonts of a PDF print a slash
 * in its place, and one such character makes a text message cost double. The unit always follows the number, in both
 * languages, so that two amounts can be compared at a glance.
 */
import { type Currency, exponentOf } from './currency.ts';
import type { Money } from './money.ts';

/** The languages of the product; French is the first. */
export type Locale =
  | 'fr' // French
  | 'en'; // English

/** Where the text will be read. */
export type MoneyVoice =
  | 'page' // HTML: non-breaking spaces (U+00A0) and a true minus sign
  | 'ascii' // SMS, USSD, CSV: nothing outside ASCII
  | 'pdf'; // the standard PDF fonts: U+00A0 only, hyphen as minus sign

/** XOF and XAF are two currencies: the space tells them apart, as the two central banks' usage does. */
const UNITS: Readonly<Record<Currency, { readonly rich: string; readonly ascii: string }>> = {
  XOF: { rich: 'F CFA', ascii: 'F CFA' },
  XAF: { rich: 'FCFA', ascii: 'FCFA' },
  GNF: { rich: 'GNF', ascii: 'GNF' },
  EUR: { rich: '€', ascii: 'EUR' },
  USD: { rich: 'USD', ascii: 'USD' },
};

const NO_BREAK_SPACE = '\u00a0';
const MINUS_SIGN = '\u2212';

/** The amount with its unit: `25 000 F CFA` in French, `25,000 F CFA` in English. */
export function moneyText(money: Money, voice: MoneyVoice, locale: Locale): string {
  const unit = UNITS[money.currency][voice === 'ascii' ? 'ascii' : 'rich'];
  const text = `${amountText(money, voice, locale)} ${unit}`;
  return voice === 'ascii' ? text : text.replaceAll(' ', NO_BREAK_SPACE);
}

/** The amount without its unit, for columns whose head names the currency. */
export function amountText(money: Money, voice: MoneyVoice, locale: Locale): string {
  const exponent = exponentOf(money.currency);
  const size = money.amount < 0n ? -money.amount : money.amount;
  const digits = size.toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const space = voice === 'ascii' ? ' ' : NO_BREAK_SPACE;
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, locale === 'fr' ? space : ',');
  const decimals = exponent === 0 ? '' : `${locale === 'fr' ? ',' : '.'}${digits.slice(-exponent)}`;
  const sign = money.amount >= 0n ? '' : voice === 'page' ? MINUS_SIGN : '-';
  return `${sign}${grouped}${decimals}`;
}
