/**
 * Chooses the words of a page, and writes dates as its reader says them.
 *
 * The time zone is asked for, never taken from the machine: a server in Europe must not print a deposit of Abidjan
 * one hour late on a receipt that somebody will compare with an operator's message.
 */
import { keptDateFormat } from '../../../ground/kept-date-format.ts';
import type { Locale } from '../../../ground/money/money-text.ts';
import { en } from './en.ts';
import { fr, type Words } from './fr.ts';
import { frenchTypography, mapTexts } from './french-typography.ts';

export const LOCALES: readonly Locale[] = ['fr', 'en'];

/** Abidjan, Dakar, Lomé, Bamako and Ouagadougou: UTC all year. */
export const DEFAULT_TIME_ZONE = 'Africa/Abidjan';

const DICTIONARIES: Readonly<Record<Locale, Words>> = { fr: mapTexts(fr, frenchTypography), en };
const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };

export function wordsFor(locale: Locale): Words {
  return DICTIONARIES[locale];
}

/** True for a language of the product: what a cookie or a query may hold otherwise is refused here. */
export function isLocale(text: unknown): text is Locale {
  return text === 'fr' || text === 'en';
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DATE_TIME = keptDateFormat({ ...DAY, ...TIME });
const DATE_TIME_ZONE = keptDateFormat({ ...DAY, ...TIME, timeZoneName: 'short' });
const DATE = keptDateFormat(DAY);
const TIME_OF_DAY = keptDateFormat(TIME);

/** Such as `23 nov. 2026 à 06:39`. */
export function formatDateTime(instant: Date, locale: Locale, timeZone = DEFAULT_TIME_ZONE): string {
  return DATE_TIME(TAGS[locale], timeZone).format(instant);
}

/** The same with the zone's name, for a document that may be read elsewhere. */
export function formatDateTimeZone(instant: Date, locale: Locale, timeZone = DEFAULT_TIME_ZONE): string {
  const text = DATE_TIME_ZONE(TAGS[locale], timeZone).format(instant);
  // French writes UTC+0, which nobody in Abidjan says.
  return text.replace(/UTC(\+0)?$/, 'GMT');
}

/** Such as `23 nov. 2026`. */
export function formatDate(instant: Date, locale: Locale, timeZone = DEFAULT_TIME_ZONE): string {
  return DATE(TAGS[locale], timeZone).format(instant);
}

/** Such as `06:39`. */
export function formatTime(instant: Date, locale: Locale, timeZone = DEFAULT_TIME_ZONE): string {
  return TIME_OF_DAY(TAGS[locale], timeZone).format(instant);
}

/** Hundredths of a percent as people write them: 250 → `2,5`. */
export function formatBasisPoints(basisPoints: number, locale: Locale): string {
  return PERCENT[locale].format(basisPoints / 100);
}

const PERCENT: Readonly<Record<Locale, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat(TAGS.fr, { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat(TAGS.en, { maximumFractionDigits: 2 }),
};
