/**
 * Says when to ask the provider again about a payment that is not settled.
 *
 * Callbacks get lost on every rail, so asking is what settles for certain; asking too often gets us blocked. The
 * steps, the jitter and the seven days in which a late success is still found are those of the design of the rails.
 */
import type { Chance } from '../../ground/chance.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';

/** Until the payer's time is over: close together at first, because most people confirm within a minute. */
const WHILE_PAYABLE_MS = [
  5 * SECOND_MS,
  10 * SECOND_MS,
  20 * SECOND_MS,
  40 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
];

/** A late success has been seen up to days afterwards; after a week reconciliation with the statement takes over. */
const STOP_AFTER_MS = 7 * DAY_MS;
/**
 * While nothing that can be understood is answered, nothing is known: an outage of a week, keys of another environment
 * or a word that nobody has taught us must not end a payment that may have been paid. It is asked about daily until then.
 */
const STOP_UNANSWERED_AFTER_MS = 90 * DAY_MS;

export interface Asked {
  readonly submittedAt: Date;
  readonly expiresAt: Date;
  /** How many times the provider was asked already. */
  readonly enquiries: number;
  /** The last answer says nothing about the payment that we understand. */
  readonly isUnanswered: boolean;
}

/** The next moment, or nothing when a week has passed since the payment was sent and the provider still answers. */
export function nextEnquiryAt(asked: Asked, now: Date, chance: Chance): Date | undefined {
  const age_ms = now.getTime() - asked.submittedAt.getTime();
  if (age_ms >= (asked.isUnanswered ? STOP_UNANSWERED_AFTER_MS : STOP_AFTER_MS)) return undefined;
  const wait_ms = withJitter(stepFor(asked, now), chance);
  // The end of the payer's time is always looked at, so that the page can say so without delay.
  if (now < asked.expiresAt && after(now, wait_ms) > asked.expiresAt)
    return after(asked.expiresAt, SECOND_MS);
  return after(now, wait_ms);
}

/** After a week of asking the payer is told that nothing was confirmed, whatever comes later. */
export function isWeekOver({ submittedAt }: Pick<Asked, 'submittedAt'>, now: Date): boolean {
  return now.getTime() - submittedAt.getTime() >= STOP_AFTER_MS;
}

function stepFor(asked: Asked, now: Date): number {
  if (now < asked.expiresAt) {
    return WHILE_PAYABLE_MS[Math.min(asked.enquiries, WHILE_PAYABLE_MS.length - 1)] ?? 5 * MINUTE_MS;
  }
  const overdue_ms = now.getTime() - asked.expiresAt.getTime();
  if (overdue_ms < HOUR_MS) return 15 * MINUTE_MS;
  if (overdue_ms < DAY_MS) return HOUR_MS;
  return DAY_MS;
}

/** ±20 %, so that a thousand payments of the same minute do not ask in the same second. */
function withJitter(wait_ms: number, chance: Chance): number {
  return Math.round((wait_ms * (80 + chance.below(41))) / 100);
}
