import { expect, test } from 'vitest';
import { DEMO_PEOPLE } from './demo-people.ts';
import { storedPhone } from './phone-number.ts';
import { parseNewPin } from './pin.ts';
import { lockAfter_ms, pinLocked } from './pin-guard.ts';

const NATIONAL = '0758416293';

test.each<[unknown, string]>([
  [undefined, 'pin-unreadable'],
  [4826, 'pin-unreadable'],
  ['', 'pin-unreadable'],
  ['482', 'pin-unreadable'],
  ['4826173', 'pin-unreadable'],
  ['48 26', 'pin-unreadable'],
  ['48a6', 'pin-unreadable'],
  ['٤٨٢٦', 'pin-unreadable'],
  ['0000', 'pin-trivial'],
  ['7777', 'pin-trivial'],
  ['1212', 'pin-trivial'],
  ['1122', 'pin-trivial'],
  ['123123', 'pin-trivial'],
  ['111222', 'pin-trivial'],
  ['1234', 'pin-trivial'],
  ['4321', 'pin-trivial'],
  ['0123', 'pin-trivial'],
  ['7890', 'pin-trivial'],
  ['2468', 'pin-trivial'],
  ['123456', 'pin-trivial'],
  ['2580', 'pin-trivial'],
  ['1987', 'pin-year'],
  ['2004', 'pin-year'],
  ['6293', 'pin-like-phone'],
  ['416293', 'pin-like-phone'],
  ['0758', 'pin-like-phone'],
])('%j as a new PIN is refused as %s', (pin, code) => {
  expect(parseNewPin(pin, NATIONAL)).toMatchObject({ ok: false, refusal: { code } });
});

test.each(['4826', '51937', '318264', '1066', '2100'])('%s is accepted', (pin) => {
  expect(parseNewPin(pin, NATIONAL)).toEqual({ ok: true, value: pin });
});

test('every demo PIN is one that a person may choose', () => {
  for (const demo of DEMO_PEOPLE) {
    expect(parseNewPin(demo.pin, storedPhone(demo.phone).national)).toEqual({ ok: true, value: demo.pin });
  }
});

test('the lock grows: nothing for four misses, then 1, 5, 15, 60 minutes, then a day each', () => {
  const minutes = Array.from({ length: 11 }, (_empty, misses) => lockAfter_ms(misses) / 60_000);
  expect(minutes).toEqual([0, 0, 0, 0, 0, 1, 5, 15, 60, 1440, 1440]);
});

test.each<[number, string, string]>([
  [1, '1 minute.', '1 minute.'],
  [61_000, '2 minutes.', '2 minutes.'],
  [3_600_000, '60 minutes.', '60 minutes.'],
  [86_400_000, '24 heures.', '24 hours.'],
])('a lock of %s ms is told as "%s"', (wait_ms, fr, en) => {
  const refusal = pinLocked(new Date(wait_ms), new Date(0));
  expect(refusal.fr).toMatch(new RegExp(`dans ${fr}$`));
  expect(refusal.en).toMatch(new RegExp(`in ${en}$`));
});
