import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { nextEnquiryAt } from './enquiry-schedule.ts';

const SENT = new Date('2026-01-05T08:00:00.000Z');
const EXPIRES = after(SENT, 15 * MINUTE_MS);

/** Without jitter: the middle of its 41 steps. */
const middle = { bytes: () => new Uint8Array(), below: () => 20 };

test.each<[string, number, number, number | undefined]>([
  // what                                 asked    age              next after
  ['just accepted', 0, 0, 5 * SECOND_MS],
  ['asked once', 1, 5 * SECOND_MS, 10 * SECOND_MS],
  ['asked twice', 2, 15 * SECOND_MS, 20 * SECOND_MS],
  ['asked three times', 3, 35 * SECOND_MS, 40 * SECOND_MS],
  ['asked four times', 4, 75 * SECOND_MS, MINUTE_MS],
  ['asked five times', 5, 135 * SECOND_MS, 2 * MINUTE_MS],
  ['asked often', 7, 6 * MINUTE_MS, 5 * MINUTE_MS],
  ['asked very often', 99, 6 * MINUTE_MS, 5 * MINUTE_MS],
  ['close to the end: at the end', 9, 14 * MINUTE_MS, MINUTE_MS + SECOND_MS],
  ['just over', 10, 15 * MINUTE_MS, 15 * MINUTE_MS],
  ['an hour over', 14, HOUR_MS + 15 * MINUTE_MS, HOUR_MS],
  ['a day over', 40, DAY_MS + 15 * MINUTE_MS, DAY_MS],
  ['the last time', 46, 7 * DAY_MS - 1, DAY_MS],
  ['after a week', 47, 7 * DAY_MS, undefined],
])('%s (asked %i times, %i ms old)', (_what, enquiries, age_ms, wait_ms) => {
  const now = after(SENT, age_ms);
  const next = nextEnquiryAt(
    { submittedAt: SENT, expiresAt: EXPIRES, enquiries, isUnanswered: false },
    now,
    middle,
  );
  expect(next).toEqual(wait_ms === undefined ? undefined : after(now, wait_ms));
});

test('whatever the moment, the next one lies ahead, within a fifth of its step, and never jumps over the end', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 7 * DAY_MS - 1 }),
      fc.nat({ max: 60 }),
      fc.string({ maxLength: 8 }),
      (age_ms, enquiries, seed) => {
        const now = after(SENT, age_ms);
        const asked = { submittedAt: SENT, expiresAt: EXPIRES, enquiries, isUnanswered: false };
        const next = nextEnquiryAt(asked, now, seededChance(seed));
        const even = nextEnquiryAt(asked, now, middle);
        if (next === undefined || even === undefined) throw new Error('a week is not over');
        const wait_ms = next.getTime() - now.getTime();
        const even_ms = even.getTime() - now.getTime();
        expect(wait_ms).toBeGreaterThan(0);
        if (now < EXPIRES) expect(next.getTime()).toBeLessThanOrEqual(EXPIRES.getTime() + SECOND_MS);
        else expect(Math.abs(wait_ms - even_ms)).toBeLessThanOrEqual(even_ms / 5);
      },
    ),
  );
});

test.each([
  ['a week over', 7 * DAY_MS, DAY_MS],
  ['nearly ninety days over', 90 * DAY_MS - 1, DAY_MS],
  ['ninety days over', 90 * DAY_MS, undefined],
])('while nothing that is answered can be understood, it is asked daily: %s', (_what, age_ms, wait_ms) => {
  const now = after(SENT, age_ms);
  const asked = { submittedAt: SENT, expiresAt: EXPIRES, enquiries: 47, isUnanswered: true };
  expect(nextEnquiryAt(asked, now, middle)).toEqual(wait_ms === undefined ? undefined : after(now, wait_ms));
});
