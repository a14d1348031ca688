/**
 * Shows an amount or an instant, so that no page formats one by itself.
 */

import type { Money } from '../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../ground/money/money-text.ts';
import { formatDateTime, formatDateTimeZone } from '../words/words.ts';

interface AmountProps {
  readonly value: Money;
  readonly locale: Locale;
  /** Writes a plus sign before money that came in. */
  readonly signed?: boolean;
}

export function Amount({ value, locale, signed = false }: AmountProps) {
  return <span class="amount">{signed ? signedText(value, locale) : moneyText(value, 'page', locale)}</span>;
}

/** With a plus sign before money that came in. */
export function signedText(value: Money, locale: Locale): string {
  const sign = value.amount > 0n ? '+\u00a0' : '';
  return `${sign}${moneyText(value, 'page', locale)}`;
}

interface WhenProps {
  readonly instant: Date;
  readonly locale: Locale;
  readonly timeZone?: string | undefined;
  /** Names the time zone: for documents that are read elsewhere. */
  readonly withZone?: boolean;
}

export function When({ instant, locale, timeZone, withZone = false }: WhenProps) {
  const text = (withZone ? formatDateTimeZone : formatDateTime)(instant, locale, timeZone);
  return <time dateTime={instant.toISOString()}>{text}</time>;
}
