import { expect, test } from 'vitest';
import { monthName, monthStart, monthsAhead } from './month.ts';

const at = (text: string) => new Date(`${text}T00:00:00Z`);

test('months go over the end of a year', () => {
  expect(monthStart(new Date('2026-12-31T23:59:59.999Z'), 1)).toEqual(at('2027-01-01'));
  expect(monthStart(at('2026-01-01'), -1)).toEqual(at('2025-12-01'));
  expect(monthsAhead(new Date('2026-12-31T23:59:59.999Z'), at('2027-01-01'))).toBe(0);
  expect(monthsAhead(at('2026-11-05'), at('2027-12-01'))).toBe(12);
  expect(monthsAhead(at('2027-01-01'), at('2027-01-01'))).toBe(-1);
});

test.each([
  [at('2026-12-01'), at('2027-01-01'), '2026-12'],
  [undefined, at('2027-01-01'), 'until-2026-12'],
  [at('2026-11-01'), at('2027-02-01'), '2026-11-to-2027-01'],
])('%s to %s is %s', (from, until, name) => {
  expect(monthName({ from, until })).toBe(name);
});
