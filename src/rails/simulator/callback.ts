/**
 * Is one notification to the merchant, from the moment it is due until it is accepted or given up.
 *
 * Callbacks are part of the books, so that a killed simulator goes on retrying after its restart. A retry repeats the
 * same bytes under a new timestamp, as the real one is believed to do.
 */
import { after, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';

export interface Callback {
  readonly id: string;
  /** The transaction it speaks of. */
  readonly reference: string;
  readonly url: string;
  /** The exact text that is signed and sent. */
  readonly body: string;
  /** Signed with a wrong key on purpose. */
  readonly isForged: boolean;
  readonly attempts: number;
  /** When it is sent next; nothing once accepted or given up. */
  readonly nextAt: Date | undefined;
  readonly acceptedAt: Date | undefined;
  /** What the merchant last answered. */
  readonly evidence: string | undefined;
}

/** Waits before each attempt, the first at once; afterwards it is given up. */
const WAITS_MS = [0, 5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];

/** The callback after an attempt that was not accepted: waiting for the next, or given up. */
export function withRefusedAttempt(callback: Callback, at: Date, evidence: string): Callback {
  const attempts = callback.attempts + 1;
  const wait_ms = WAITS_MS[attempts];
  return { ...callback, attempts, evidence, nextAt: wait_ms === undefined ? undefined : after(at, wait_ms) };
}

/** The callback after a 2xx: finished. */
export function withAcceptedAttempt(callback: Callback, at: Date, evidence: string): Callback {
  return { ...callback, attempts: callback.attempts + 1, evidence, nextAt: undefined, acceptedAt: at };
}
