import pg from 'pg';
import { expect, test } from 'vitest';
import { readInstant } from './read-instant.ts';

test.each([
  ['2026-01-05 08:00:00+00', '2026-01-05T08:00:00.000Z'],
  ['2026-12-31 23:59:59.25+00', '2026-12-31T23:59:59.250Z'],
  ['2026-01-05 08:00:00.123456+00', '2026-01-05T08:00:00.123Z'],
  ['2026-01-05 09:30:00+01:30', '2026-01-05T08:00:00.000Z'],
  ['10000-01-01 00:00:00+00', '+010000-01-01T00:00:00.000Z'],
])('%s is %s', (text, instant) => {
  expect(readInstant(text).toISOString()).toBe(instant);
});

test('what is no day stays what the driver makes of it', () => {
  const usual = pg.types.getTypeParser(1184) as (text: string) => unknown;
  for (const text of ['infinity', '-infinity', '0044-03-15 12:00:00+00 BC']) {
    expect(readInstant(text)).toEqual(usual(text));
  }
});
