import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { handClock } from './clock.ts';
import { derivedUuid, earliestId, idTime_ms, isId, makeIds, uuidTime_ms } from './identifiers.ts';

const START = new Date('2026-01-05T08:00:00.123Z');

test('ids rise, even within one millisecond and when the clock steps back', () => {
  const clock = handClock(START);
  const ids = makeIds(clock, seededChance('ids'));
  const made: string[] = [];
  for (let round = 0; round < 5_000; round++) made.push(ids.next('pay'));
  clock.advance(-3_600_000);
  for (let round = 0; round < 5_000; round++) made.push(ids.next('pay'));
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(10_000);
});

test('an id tells its kind and its time, and a uuid is version 7', () => {
  const ids = makeIds(handClock(START), seededChance('ids'));
  const id = ids.next('pay');
  expect(isId('pay', id)).toBe(true);
  expect(idTime_ms(id)).toBe(START.getTime());
  expect(uuidTime_ms(ids.uuid())).toBe(START.getTime());
  expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the earliest id of an instant stands between what was made before it and what is made from it on', () => {
  const clock = handClock(START);
  const ids = makeIds(clock, seededChance('ids'));
  const before = ids.next('evt');
  clock.advance(1);
  const bound = earliestId('evt', clock.now());
  expect([ids.next('evt'), bound, before].toSorted()).toEqual([before, bound, expect.any(String)]);
  expect(idTime_ms(bound)).toBe(START.getTime() + 1);
});

test.each([
  ['another kind', 'per_01jd3k00000000000000000000'],
  ['too short', 'pay_01jd3k'],
  ['a letter outside the alphabet', 'pay_01jd3k0000000000000000000u'],
  ['capital letters', 'PAY_01jd3k00000000000000000000'],
  ['not text', 42],
  ['a query', "pay_' or '1'='1"],
])('an id with %s is not a payment id', (_why, text) => {
  expect(isId('pay', text)).toBe(false);
});

test('a derived uuid is the same for the same owner and role, keeps the time, and differs by role', () => {
  const id = makeIds(handClock(START), seededChance('ids')).next('pay');
  expect(derivedUuid(id, 'credit')).toBe(derivedUuid(id, 'credit'));
  expect(derivedUuid(id, 'credit')).not.toBe(derivedUuid(id, 'reverse'));
  expect(uuidTime_ms(derivedUuid(id, 'credit'))).toBe(START.getTime());
});
