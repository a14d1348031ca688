/**
 * Reads when a group contributes: the rhythm, and the days that the first one gives it.
 *
 * Refuses: `draft-choice`, `draft-number`, `draft-weekday`, `draft-date`, `draft-dates`, `draft-dates-early`.
 */
import { refusal } from '../../../../ground/refusal.ts';
import {
  type CalendarDay,
  isCalendarDay,
  partsOf,
  WEEKDAYS,
  weekdayOf,
} from '../../../../tontine/cycles/calendar-day.ts';
import type { Schedule } from '../../../../tontine/cycles/schedule.ts';
import { choiceOf, numberOf, textOf, Unread } from './read-field.ts';
import { NTHS, RHYTHMS, type RulesDraft } from './rules-draft.ts';

export function readSchedule(typed: RulesDraft, startsOn: CalendarDay): Schedule {
  const weekday = weekdayOf(startsOn);
  const { day } = partsOf(startsOn);
  switch (choiceOf(typed, 'rhythm', RHYTHMS)) {
    case 'daily':
      return { kind: 'daily' };
    case 'weekly':
      return { kind: 'weekly', weekday };
    case 'fortnightly':
      return { kind: 'fortnightly', weekday };
    case 'monthly':
      return { kind: 'monthly-by-date', day };
    case 'every-days':
      return { kind: 'every-n-days', days: numberOf(typed, 'every_days', 2, 366) };
    case 'twice-weekly': {
      const second = WEEKDAYS[Number(typed.second_weekday) - 1];
      if (second === undefined || second === weekday) throw new Unread('second_weekday', WEEKDAY);
      return { kind: 'twice-weekly', weekdays: [weekday, second] };
    }
    case 'twice-monthly': {
      const second = numberOf(typed, 'second_date', 1, 31);
      // February must have two days as well.
      if (second === day || Math.min(second, day) >= 28) throw new Unread('second_date', DATE);
      return { kind: 'twice-monthly', days: [day, second] };
    }
    case 'nth-weekday':
      return { kind: 'monthly-by-weekday', nth: nthOf(typed, day), weekday };
    case 'custom':
      return { kind: 'custom', days: readDates(typed) };
  }
}

/** The fifth such weekday of a month is its last. */
function nthOf(typed: RulesDraft, day: number): 1 | 2 | 3 | 4 | 'last' {
  const asked = choiceOf(typed, 'nth', NTHS);
  const nth = asked === 'same' ? Math.ceil(day / 7) : Number(asked);
  return nth === 1 || nth === 2 || nth === 3 || nth === 4 ? nth : 'last';
}

/** In the order of time, whatever the order typed. */
export function readDates(typed: RulesDraft): CalendarDay[] {
  const days = textOf(typed, 'dates')
    .split(/[\s,;]+/)
    .filter((text) => text !== '')
    .map((text) => dayOfText(text))
    .toSorted();
  if (days.length === 0 || days.length > 400 || new Set(days).size !== days.length)
    throw new Unread('dates', DATES);
  return days;
}

/** `2026-01-05`, or as it is said: `5/1/2026`. */
function dayOfText(text: string): CalendarDay {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  const written = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDay(written)) throw new Unread('dates', DATES);
  return written;
}

/** With a list of dates the first of them is the first day, unless one is typed; none may be before it. */
export function refuseEarlier(schedule: Schedule, startsOn: CalendarDay): void {
  if (schedule.kind === 'custom' && schedule.days.some((day) => day < startsOn))
    throw new Unread('dates', DATES_EARLY);
}

const WEEKDAY = refusal(
  'draft-weekday',
  'invalid',
  'Choisissez un autre jour que celui du premier tour.',
  'Choose another day than that of the first round.',
);
const DATE = refusal(
  'draft-date',
  'invalid',
  'Écrivez une autre date que celle du premier tour ; l’une des deux doit être avant le 28.',
  'Write another date than that of the first round; one of the two must be before the 28th.',
);
const DATES = refusal(
  'draft-dates',
  'invalid',
  'Écrivez des jours qui existent, chacun une fois, par exemple 05/01/2026 19/01/2026.',
  'Write days that exist, each once, for example 05/01/2026 19/01/2026 (day first).',
);
const DATES_EARLY = refusal(
  'draft-dates-early',
  'invalid',
  'Une de ces dates est avant le premier jour.',
  'One of these dates is before the first day.',
);
