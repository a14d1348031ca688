/**
 * Is a browser from which a person has signed in, known again by a random token in a long-lived cookie.
 *
 * It proves nothing and opens nothing. It only tells a thief's phone from the person's own: withdrawals from a browser
 * that was never seen before wait a while. Several people may share one browser, and each pair is known for itself.
 */
import { DAY_MS } from '../ground/clock.ts';

export interface KnownDevice {
  /** True for the one device from which the person signed in first: before it there was nothing to steal. */
  readonly isFirst: boolean;
  readonly firstSeenAt: Date;
}

/** How long the cookie lasts; renewed at each login. Browsers keep none longer than 400 days. */
export const DEVICE_COOKIE_MS = 400 * DAY_MS;
