import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  calendarDay,
  dayAt,
  daysBetween,
  isCalendarDay,
  partsOf,
  weekdayOf,
} from './calendar-day.ts';
import { planRounds, roundDays, type Schedule, scheduleShape } from './schedule.ts';

test.each<[Schedule, string, string[]]>([
  [{ kind: 'daily' }, '2026-02-27', ['2026-02-27', '2026-02-28', '2026-03-01']],
  [{ kind: 'every-n-days', days: 10 }, '2026-01-25', ['2026-01-25', '2026-02-04', '2026-02-14']],
  [{ kind: 'weekly', weekday: 'saturday' }, '2026-01-01', ['2026-01-03', '2026-01-10', '2026-01-17']],
  [{ kind: 'weekly', weekday: 'saturday' }, '2026-01-03', ['2026-01-03', '2026-01-10']],
  [
    { kind: 'twice-weekly', weekdays: ['thursday', 'monday'] },
    '2026-01-06',
    ['2026-01-08', '2026-01-12', '2026-01-15', '2026-01-19'],
  ],
  [{ kind: 'fortnightly', weekday: 'sunday' }, '2026-12-20', ['2026-12-20', '2027-01-03', '2027-01-17']],
  [
    { kind: 'twice-monthly', days: [15, 31] },
    '2026-01-16',
    ['2026-01-31', '2026-02-15', '2026-02-28', '2026-03-15', '2026-03-31'],
  ],
  [
    { kind: 'monthly-by-date', day: 31 },
    '2026-01-31',
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
  ],
  [{ kind: 'monthly-by-date', day: 29 }, '2028-01-30', ['2028-02-29', '2028-03-29']],
  [{ kind: 'monthly-by-date', day: 5 }, '2026-01-06', ['2026-02-05', '2026-03-05']],
  [
    { kind: 'monthly-by-weekday', nth: 3, weekday: 'saturday' },
    '2026-01-01',
    ['2026-01-17', '2026-02-21', '2026-03-21', '2026-04-18'],
  ],
  [
    { kind: 'monthly-by-weekday', nth: 'last', weekday: 'friday' },
    '2026-01-31',
    ['2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29'],
  ],
  [
    { kind: 'custom', days: ['2026-01-05', '2026-02-14', '2026-03-01'].map(calendarDay) },
    '2026-01-06',
    ['2026-02-14', '2026-03-01'],
  ],
])('%o from %s', (schedule, startOn, days) => {
  expect(roundDays(schedule, calendarDay(startOn), days.length)).toEqual(days);
});

test.each([
  { kind: 'twice-weekly', weekdays: ['monday', 'monday'] },
  { kind: 'twice-monthly', days: [30, 31] },
  { kind: 'twice-monthly', days: [5, 5] },
  { kind: 'monthly-by-date', day: 32 },
  { kind: 'every-n-days', days: 0 },
  { kind: 'custom', days: ['2026-02-30'] },
  { kind: 'custom', days: ['2026-02-02', '2026-02-02'] },
  { kind: 'custom', days: [] },
  { kind: 'yearly' },
])('%o is no schedule', (schedule) => {
  expect(scheduleShape.safeParse(schedule).success).toBe(false);
});

test('a cycle of the 5th at 18:00 in Abidjan with 48 hours of grace', () => {
  const planned = planRounds({
    schedule: { kind: 'monthly-by-date', day: 5 },
    startOn: calendarDay('2026-01-05'),
    rounds: 12,
    deadline: '18:00',
    timeZone: 'Africa/Abidjan',
    graceHours: 48,
  });
  if (!planned.ok) throw new Error(planned.refusal.code);
  expect(planned.value).toHaveLength(12);
  expect(planned.value[3]).toEqual({
    number: 4,
    heldOn: '2026-04-05',
    deadlineAt: new Date('2026-04-05T18:00:00Z'),
    graceEndsAt: new Date('2026-04-07T18:00:00Z'),
  });
  expect(planned.value.at(-1)?.heldOn).toBe('2026-12-05');
});

test('a custom list with too few days is refused', () => {
  const planned = planRounds({
    schedule: { kind: 'custom', days: [calendarDay('2026-01-05')] },
    startOn: calendarDay('2026-01-01'),
    rounds: 2,
    deadline: '18:00',
    timeZone: 'Africa/Abidjan',
    graceHours: 0,
  });
  expect(planned.ok ? undefined : planned.refusal.code).toBe('schedule-too-short');
});

const weekdays = fc.constantFrom(
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
);
const schedules = fc.oneof(
  fc.constant({ kind: 'daily' }),
  fc.record({ kind: fc.constant('every-n-days'), days: fc.integer({ min: 2, max: 60 }) }),
  fc.record({ kind: fc.constantFrom('weekly', 'fortnightly'), weekday: weekdays }),
  fc.record({ kind: fc.constant('twice-weekly'), weekdays: fc.tuple(weekdays, weekdays) }),
  fc.record({
    kind: fc.constant('twice-monthly'),
    days: fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 })),
  }),
  fc.record({ kind: fc.constant('monthly-by-date'), day: fc.integer({ min: 1, max: 31 }) }),
  fc.record({
    kind: fc.constant('monthly-by-weekday'),
    nth: fc.constantFrom(1, 2, 3, 4, 'last'),
    weekday: weekdays,
  }),
);
const starts = fc.integer({ min: 0, max: 4000 }).map((days) => addDays(calendarDay('2024-01-01'), days));

test('days rise from the start on, fit their rule, and a longer cycle only adds days at its end', () => {
  fc.assert(
    fc.property(schedules, starts, fc.integer({ min: 1, max: 60 }), (typed, startOn, count) => {
      const parsed = scheduleShape.safeParse(typed);
      fc.pre(parsed.success);
      const schedule = parsed.data as Schedule;
      const days = roundDays(schedule, startOn, count);
      expect(days).toHaveLength(count);
      expect(days.every(isCalendarDay)).toBe(true);
      expect(days[0] !== undefined && days[0] >= startOn).toBe(true);
      expect(days.every((day, place) => place === 0 || day > (days[place - 1] ?? ''))).toBe(true);
      expect(roundDays(schedule, startOn, count + 5).slice(0, count)).toEqual(days);
      // No drift: whoever starts at the k-th day gets the same days from there on.
      const middle = Math.floor(count / 2);
      const [from] = days.slice(middle);
      if (from !== undefined) expect(roundDays(schedule, from, count - middle)).toEqual(days.slice(middle));
      if ('weekday' in schedule) expect(days.every((day) => weekdayOf(day) === schedule.weekday)).toBe(true);
      if (schedule.kind === 'monthly-by-date') {
        const fits = days.every(
          (day) => partsOf(day).day === schedule.day || partsOf(addDays(day, 1)).day === 1,
        );
        expect(fits).toBe(true);
        expect(daysBetween(days[0] ?? startOn, days.at(-1) ?? startOn)).toBeLessThanOrEqual(31 * count);
      }
    }),
  );
});

test.each([
  ['2026-03-29', '02:30', 'Europe/Paris', '2026-03-29T01:30:00.000Z'], // clocks skip this hour
  ['2026-10-25', '02:30', 'Europe/Paris', '2026-10-25T01:30:00.000Z'], // and show this one twice
  ['2026-07-01', '18:00', 'Europe/Paris', '2026-07-01T16:00:00.000Z'],
  ['2026-07-01', '18:00', 'Africa/Douala', '2026-07-01T17:00:00.000Z'],
  ['2026-07-01', '00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  ['2026-07-01', '23:59', 'Pacific/Kiritimati', '2026-07-01T09:59:00.000Z'],
])('%s at %s in %s is %s', (day, deadline, timeZone, instant) => {
  const planned = planRounds({
    schedule: { kind: 'daily' },
    startOn: calendarDay(day),
    rounds: 1,
    deadline,
    timeZone,
    graceHours: 0,
  });
  expect(planned.ok ? planned.value[0]?.deadlineAt.toISOString() : undefined).toBe(instant);
  expect(dayAt(new Date(instant), timeZone)).toBe(day);
});
