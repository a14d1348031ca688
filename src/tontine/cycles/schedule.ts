/**
 * Says on which days a cycle has its rounds, and until which instant each may be paid.
 *
 * Days are counted from the rule and the number of the round, never from the round before: adding "a month" to
 * 28 February would leave a group that meets on the 31st at the 28th for ever. What is previewed and what is generated
 * come from the same function, so they cannot differ.
 */
import { z } from 'zod';
import { after, HOUR_MS } from '../../ground/clock.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import {
  addDays,
  type CalendarDay,
  calendarDayShape,
  dayOf,
  daysInMonth,
  instantAt,
  partsOf,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from './calendar-day.ts';

const weekday = z.enum(WEEKDAYS);
const dayOfMonth = z.int().min(1).max(31);

export const scheduleShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('daily') }),
  z.object({ kind: z.literal('every-n-days'), days: z.int().min(2).max(366) }),
  z.object({ kind: z.literal('weekly'), weekday }),
  z
    .object({ kind: z.literal('twice-weekly'), weekdays: z.tuple([weekday, weekday]) })
    .refine(({ weekdays: [one, other] }) => one !== other),
  z.object({ kind: z.literal('fortnightly'), weekday }),
  z
    .object({ kind: z.literal('twice-monthly'), days: z.tuple([dayOfMonth, dayOfMonth]) })
    // Both would fall on 28 February: a month must always have two days.
    .refine(({ days }) => Math.min(...days) < 28 && days[0] !== days[1]),
  z.object({ kind: z.literal('monthly-by-date'), day: dayOfMonth }),
  z.object({
    kind: z.literal('monthly-by-weekday'),
    nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]),
    weekday,
  }),
  z
    .object({ kind: z.literal('custom'), days: z.array(calendarDayShape).min(1).max(400) })
    .refine(({ days }) => days.every((day, place) => place === 0 || day > (days[place - 1] ?? ''))),
]);

/**
 * When rounds are held. A day of the month that a month does not have is its last day; `fortnightly` counts from the
 * first such weekday; the days of a `custom` list rise.
 */
export type Schedule = z.infer<typeof scheduleShape>;

/** What a cycle needs to know of its by-law to name its rounds. */
export interface RoundPlan {
  readonly schedule: Schedule;
  /** The first round is held on this day or the first fitting one after it. */
  readonly startOn: CalendarDay;
  readonly rounds: number;
  /** `HH:MM` on clocks of `timeZone`. */
  readonly deadline: string;
  readonly timeZone: string;
  readonly graceHours: number;
}

export interface PlannedRound {
  /** From 1. */
  readonly number: number;
  readonly heldOn: CalendarDay;
  /** Paid by then is in time. */
  readonly deadlineAt: Date;
  /** Paid by then costs no fine. */
  readonly graceEndsAt: Date;
}

const LIST_TOO_SHORT = refusal(
  'schedule-too-short',
  'invalid',
  'La liste de dates est plus courte que le nombre de tours. Ajoutez des dates.',
  'The list of dates is shorter than the number of rounds. Add dates.',
);

/** All rounds of a cycle. Refused (`schedule-too-short`) when a custom list has not enough days from the start on. */
export function planRounds(plan: RoundPlan): Answer<PlannedRound[]> {
  invariant(plan.rounds >= 1, 'a cycle has at least one round');
  const days = roundDays(plan.schedule, plan.startOn, plan.rounds);
  if (days.length < plan.rounds) return refused(LIST_TOO_SHORT);
  return accepted(
    days.map((heldOn, place) => {
      const deadlineAt = instantAt(heldOn, plan.deadline, plan.timeZone);
      return {
        number: place + 1,
        heldOn,
        deadlineAt,
        graceEndsAt: after(deadlineAt, plan.graceHours * HOUR_MS),
      };
    }),
  );
}

/** The first `count` days of the schedule on or after `startOn`; fewer only when a custom list ends. */
export function roundDays(schedule: Schedule, startOn: CalendarDay, count: number): CalendarDay[] {
  switch (schedule.kind) {
    case 'daily':
      return every(startOn, 1, count);
    case 'every-n-days':
      return every(startOn, schedule.days, count);
    case 'weekly':
      return every(nextWeekday(startOn, schedule.weekday), 7, count);
    case 'fortnightly':
      return every(nextWeekday(startOn, schedule.weekday), 14, count);
    case 'twice-weekly':
      return schedule.weekdays
        .flatMap((day) => every(nextWeekday(startOn, day), 7, count))
        .toSorted()
        .slice(0, count);
    case 'twice-monthly':
      return schedule.days
        .flatMap((day) => monthly(startOn, count, clampedTo(day)))
        .toSorted()
        .slice(0, count);
    case 'monthly-by-date':
      return monthly(startOn, count, clampedTo(schedule.day));
    case 'monthly-by-weekday':
      return monthly(startOn, count, nthWeekdayOf(schedule.nth, schedule.weekday));
    case 'custom':
      return schedule.days.filter((day) => day >= startOn).slice(0, count);
  }
}

function every(first: CalendarDay, days: number, count: number): CalendarDay[] {
  return Array.from({ length: count }, (_, place) => addDays(first, place * days));
}

function nextWeekday(from: CalendarDay, wanted: Weekday): CalendarDay {
  const distance = WEEKDAYS.indexOf(wanted) - WEEKDAYS.indexOf(weekdayOf(from));
  return addDays(from, (distance + 7) % 7);
}

type DayInMonth = (year: number, month: number) => CalendarDay;

/** One day of each month, from the first month in which it is not before `startOn`. */
function monthly(startOn: CalendarDay, count: number, dayIn: DayInMonth): CalendarDay[] {
  const { year, month } = partsOf(startOn);
  const inMonth = (ahead: number): CalendarDay => {
    const months = month - 1 + ahead;
    return dayIn(year + Math.floor(months / 12), (months % 12) + 1);
  };
  const first = inMonth(0) >= startOn ? 0 : 1;
  return Array.from({ length: count }, (_, place) => inMonth(first + place));
}

function clampedTo(day: number): DayInMonth {
  return (year, month) => dayOf(year, month, Math.min(day, daysInMonth(year, month)));
}

function nthWeekdayOf(nth: 1 | 2 | 3 | 4 | 'last', wanted: Weekday): DayInMonth {
  return (year, month) =>
    nth === 'last'
      ? nextWeekday(dayOf(year, month, daysInMonth(year, month) - 6), wanted)
      : nextWeekday(dayOf(year, month, 1 + (nth - 1) * 7), wanted);
}
