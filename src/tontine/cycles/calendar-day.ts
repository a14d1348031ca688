/**
 * Is a day on the calendar, without hour or zone, and its arithmetic.
 *
 * A tontine lives by days: "the 5th", "the third Saturday". Counting them in milliseconds or as months of 30 days
 * makes dates drift by five days a year, which is how competitors lost the trust of their groups.
 */

import { z } from 'zod';
import { after, DAY_MS, HOUR_MS } from '../../ground/clock.ts';
import { keptDateFormat } from '../../ground/kept-date-format.ts';
import { invariant } from '../../ground/refusal.ts';

/** `YYYY-MM-DD`; sorts as text in the order of time. */
export type CalendarDay = string & { readonly calendarDay: unique symbol };

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** True for a day that exists: 30 February does not. */
export function isCalendarDay(text: unknown): text is CalendarDay {
  if (typeof text !== 'string') return false;
  const [, year, month, day] = DAY_SHAPE.exec(text) ?? [];
  return year !== undefined && dayOf(Number(year), Number(month), Number(day)) === text;
}

/** For zod shapes of what was typed or kept as JSON. */
export const calendarDayShape = z.custom<CalendarDay>(isCalendarDay);

export function calendarDay(text: string): CalendarDay {
  invariant(isCalendarDay(text), `${text} is not a day`);
  return text;
}

/** The `day` of a month (1 to 12); a day past its end is moved into the next month, as `Date` does. */
export function dayOf(year: number, month: number, day: number): CalendarDay {
  return dayFrom_ms(Date.UTC(year, month - 1, day));
}

export function partsOf(day: CalendarDay): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return dayFrom_ms(toUtc_ms(day) + days * DAY_MS);
}

/** How many days `later` is after `earlier`. */
export function daysBetween(earlier: CalendarDay, later: CalendarDay): number {
  return (toUtc_ms(later) - toUtc_ms(earlier)) / DAY_MS;
}

export function weekdayOf(day: CalendarDay): Weekday {
  const sundayFirst = new Date(toUtc_ms(day)).getUTCDay();
  return WEEKDAYS[(sundayFirst + 6) % 7] ?? 'monday';
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** True for a zone that this machine knows, such as `Africa/Abidjan`. */
export function isTimeZone(text: string): boolean {
  try {
    // Anything else than a zone makes the constructor throw.
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `HH:MM`, 00:00 to 23:59. */
export function isTimeOfDay(text: unknown): text is string {
  return typeof text === 'string' && TIME_SHAPE.test(text);
}

/**
 * The instant at which clocks of `timeZone` show `time` (`HH:MM`) on `day`. An hour that clocks skip is the one after
 * it, an hour that they show twice is the second one: a change of the clock never shortens anybody's delay.
 */
export function instantAt(day: CalendarDay, time: string, timeZone: string): Date {
  invariant(isTimeOfDay(time), `${time} is not a time of day`);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const asUtc_ms = toUtc_ms(day) + hours * HOUR_MS + minutes * (HOUR_MS / 60);
  const offsets = [-1, 1].map((side) => offsetAt_ms(asUtc_ms + side * DAY_MS, timeZone));
  const candidates = offsets.map((offset_ms) => asUtc_ms - offset_ms).toSorted((left, right) => right - left);
  const shown = candidates.find((instant_ms) => instant_ms + offsetAt_ms(instant_ms, timeZone) === asUtc_ms);
  return new Date(shown ?? Math.max(...candidates));
}

/** The day that calendars of `timeZone` show at `instant`. */
export function dayAt(instant: Date, timeZone: string): CalendarDay {
  return dayFrom_ms(after(instant, offsetAt_ms(instant.getTime(), timeZone)).getTime());
}

const CLOCK = keptDateFormat({
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** How far clocks of `timeZone` are ahead of UTC at an instant. */
function offsetAt_ms(instant_ms: number, timeZone: string): number {
  const whole_ms = Math.floor(instant_ms / 1000) * 1000;
  const parts = CLOCK('en-US', timeZone).formatToParts(new Date(whole_ms));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown_ms = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown_ms - whole_ms;
}

function toUtc_ms(day: CalendarDay): number {
  const { year, month, day: date } = partsOf(day);
  return Date.UTC(year, month - 1, date);
}

function dayFrom_ms(instant_ms: number): CalendarDay {
  return new Date(instant_ms).toISOString().slice(0, 10) as CalendarDay;
}
