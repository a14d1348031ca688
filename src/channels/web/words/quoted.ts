/**
 * Sets what somebody typed, or a name and its value, in the marks of the reader's language.
 *
 * French puts spaces inside its quotation marks and before the colon; in an English sentence both look like mistakes.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { frenchTypography } from './french-typography.ts';

/** `« Le membre appelle »`, or `“The member calls”`. */
export function quoted(text: string, locale: Locale): string {
  return locale === 'fr' ? frenchTypography(`« ${text} »`) : `“${text}”`;
}

/** `Preuve : ligne 12`, or `Evidence: line 12`. */
export function named(name: string, value: string, locale: Locale): string {
  return locale === 'fr' ? `${frenchTypography(`${name} :`)} ${value}` : `${name}: ${value}`;
}

/** `nº 12`, or `no. 12`. */
export function numbered(place: string | bigint, locale: Locale): string {
  return locale === 'fr' ? `nº\u00a0${place}` : `no.\u00a0${place}`;
}
