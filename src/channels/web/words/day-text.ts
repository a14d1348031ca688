/**
 * Writes calendar days and deadlines as people of a group say them: with the day of the week, because "Sunday at six"
 * is what is agreed on.
 */
import { keptDateFormat } from '../../../ground/kept-date-format.ts';
import type { Locale } from '../../../ground/money/money-text.ts';
import { DEFAULT_TIME_ZONE } from './words.ts';

const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };

const DAY = keptDateFormat({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const DEADLINE = keptDateFormat({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Such as `dim. 5 avr. 2026`, of a day written `2026-04-05`. */
export function formatDay(day: string, locale: Locale): string {
  return DAY(TAGS[locale], 'UTC').format(Date.parse(`${day}T00:00:00Z`));
}

/** Such as `dim. 5 avr., 18:00`, in the group's zone. */
export function formatDeadline(instant: Date, locale: Locale, timeZone = DEFAULT_TIME_ZONE): string {
  return DEADLINE(TAGS[locale], timeZone).format(instant);
}
