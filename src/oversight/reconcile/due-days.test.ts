/**
 * Tests which days are compared with the statements, and when again.
 */
import { expect, test } from 'vitest';
import { type DaysKnown, dayText, dueDays, type LookDepth, spansOf } from './due-days.ts';

const at = (text: string): Date => new Date(text);
const SINCE = at('2026-01-01T15:00:00Z');

function due(known: Partial<DaysKnown> & { readonly now: Date }): string[] {
  return dueDays({ since: SINCE, periods: [], looks: new Map(), ...known }).map(
    ({ midnight, depth }) => `${dayText(midnight)} ${depth}`,
  );
}

const look = (depth: LookDepth, files = 0) => ({ depth, files });
const JANUARY = { from: at('2026-01-01T00:00:00Z'), until: at('2026-01-02T20:00:00Z') };

test.each<[string, Partial<DaysKnown> & { readonly now: Date }, string[]]>([
  ['a day is not over', { now: at('2026-01-01T23:59:59Z') }, []],
  ['the day after', { now: at('2026-01-02T00:00:00Z') }, ['2026-01-01 1']],
  [
    'after a downtime each day once, at the deepest depth that has passed, the newest first',
    { now: at('2026-01-09T05:00:00Z') },
    [
      '2026-01-08 1',
      '2026-01-07 1',
      '2026-01-06 3',
      '2026-01-05 3',
      '2026-01-04 3',
      '2026-01-03 3',
      '2026-01-02 7',
      '2026-01-01 7',
    ],
  ],
  [
    'three days after, and nothing between',
    {
      now: at('2026-01-04T01:00:00Z'),
      looks: new Map([
        ['2026-01-01', look(1)],
        ['2026-01-02', look(1)],
        ['2026-01-03', look(1)],
      ]),
    },
    ['2026-01-01 3'],
  ],
  [
    'never again after seven days',
    {
      now: at('2026-06-01T00:00:00Z'),
      since: at('2026-05-31T00:00:00Z'),
      looks: new Map([['2026-05-31', look(1)]]),
    },
    [],
  ],
  [
    'a statement has the days that it speaks about compared again, and no other',
    {
      now: at('2026-01-03T01:00:00Z'),
      periods: [JANUARY],
      looks: new Map([
        ['2026-01-01', look(1)],
        ['2026-01-02', look(1, 1)],
      ]),
    },
    ['2026-01-01 1'],
  ],
  [
    'a statement speaks about today, and about a time before our first payment',
    {
      now: at('2026-01-02T20:00:00Z'),
      since: at('2026-01-02T10:00:00Z'),
      periods: [JANUARY],
    },
    ['2026-01-02 0', '2026-01-01 1'],
  ],
  ['nothing was ever booked', { now: at('2026-03-01T00:00:00Z'), since: undefined }, []],
])('%s', (_what, known, wanted) => {
  expect(due(known)).toEqual(wanted);
});

test('days that follow each other are read together', () => {
  const days = dueDays({
    now: at('2026-01-06T00:00:00Z'),
    since: SINCE,
    periods: [],
    looks: new Map([['2026-01-03', look(3)]]),
  });
  expect(spansOf(days).map((span) => span.map((day) => dayText(day.midnight)))).toEqual([
    ['2026-01-05', '2026-01-04'],
    ['2026-01-02', '2026-01-01'],
  ]);
});
