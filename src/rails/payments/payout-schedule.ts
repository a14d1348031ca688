/**
 * Says when to ask the provider again about a withdrawal, and when people are told.
 *
 * It is asked about until somebody closes it, because the person's money is held meanwhile.
 */
import type { Chance } from '../../ground/chance.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';

const FIRST_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
];
const HOURLY_UNTIL_MS = 3 * DAY_MS;

/** A withdrawal usually takes seconds; after this the operator is told. */
export const SLOW_AFTER_MS = 30 * MINUTE_MS;
/** After this two people look at it; the money stays held. */
export const REVIEW_AFTER_MS = DAY_MS;

/** The next moment, ±20 %; `enquiries` counts the questions so far. */
export function nextPayoutEnquiryAt(submittedAt: Date, enquiries: number, now: Date, chance: Chance): Date {
  const age_ms = now.getTime() - submittedAt.getTime();
  const later_ms = age_ms < HOURLY_UNTIL_MS ? HOUR_MS : 6 * HOUR_MS;
  const wait_ms = FIRST_MS[enquiries] ?? later_ms;
  return after(now, Math.round((wait_ms * (80 + chance.below(41))) / 100));
}
