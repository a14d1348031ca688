/**
 * Tests which time statements speak about.
 */
import { expect, test } from 'vitest';
import { isStated, joinPeriods, type Period, periodsOf } from './statement-period.ts';

const at = (text: string): Date => new Date(`2026-01-${text}:00Z`);
const period = (from: string, until: string): Period => ({ from: at(from), until: at(until) });

test('a file speaks from the day of its first line to its last one, for each currency that it names', () => {
  const line = {
    place: 2,
    kind: 'deposit',
    reference: 'A',
    amount: 1n,
    fee: 0n,
    effect: 1n,
    copy: 1,
  } as const;
  const periods = periodsOf([
    { ...line, currency: 'XOF', happenedAt: at('05T11:00') },
    { ...line, currency: 'XOF', happenedAt: at('03T10:00') },
    { ...line, currency: 'XAF', happenedAt: at('04T09:00') },
  ]);
  expect([...periods]).toEqual([
    ['XOF', period('03T00:00', '05T11:00')],
    ['XAF', period('04T00:00', '04T09:00')],
  ]);
});

test.each<[string, Period[], Period[]]>([
  [
    'neighbouring days are one',
    [period('04T00:00', '04T18:00'), period('03T00:00', '03T10:00')],
    [period('03T00:00', '04T18:00')],
  ],
  [
    'one inside another',
    [period('01T00:00', '09T18:00'), period('03T00:00', '03T10:00')],
    [period('01T00:00', '09T18:00')],
  ],
  [
    'a day without a file divides',
    [period('01T00:00', '01T18:00'), period('03T00:00', '03T10:00')],
    [period('01T00:00', '01T18:00'), period('03T00:00', '03T10:00')],
  ],
])('%s', (_what, periods, wanted) => {
  expect(joinPeriods(periods)).toEqual(wanted);
});

test('stated is what can only have happened while statements speak', () => {
  const joined = [period('03T00:00', '05T11:00')];
  expect(isStated(joined, at('03T00:00'), at('05T11:00'))).toBe(true);
  expect(isStated(joined, at('02T23:59'), at('03T00:01'))).toBe(false);
  expect(isStated(joined, at('05T10:00'), at('05T11:01'))).toBe(false);
  expect(isStated([], at('03T00:00'), at('03T00:00'))).toBe(false);
});
