/**
 * Says how long a number waits after wrong PINs: five tries are free of waiting, then each miss locks longer.
 *
 * The count goes back to zero with a right PIN or a new one, never with time: whoever guesses once a day for a year
 * gets no more than that.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../ground/clock.ts';
import { type Refusal, refusal } from '../ground/refusal.ts';

/** Where the PIN is typed. Each has its own count: a stranger who guesses at the door locks nobody's withdrawals. */
export type PinDoor =
  | 'sign-in' // the login page, open to anybody
  | 'step-up'; // inside a session, before money leaves

export const FREE_TRIES = 5;
/** The lock after the 5th, 6th, 7th, 8th and every later miss in a row. */
const LOCKS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, DAY_MS];

/** How long the number is locked after this many misses in a row; 0 is not at all. */
export function lockAfter_ms(misses: number): number {
  if (misses < FREE_TRIES) return 0;
  return LOCKS_MS[Math.min(misses - FREE_TRIES, LOCKS_MS.length - 1)] ?? DAY_MS;
}

/** The refusal of a locked number; it names the whole wait in round words. */
export function pinLocked(lockedUntil: Date, now: Date): Refusal {
  const wait_ms = lockedUntil.getTime() - now.getTime();
  const [fr, en] =
    wait_ms > HOUR_MS
      ? roundWait(wait_ms, HOUR_MS, 'heure', 'hour')
      : roundWait(wait_ms, MINUTE_MS, 'minute', 'minute');
  return refusal(
    'pin-locked',
    'too-many',
    `Trop de codes PIN faux. Réessayez dans ${fr}.`,
    `Too many wrong PINs. Try again in ${en}.`,
  );
}

function roundWait(wait_ms: number, unit_ms: number, fr: string, en: string): [string, string] {
  const count = Math.max(1, Math.ceil(wait_ms / unit_ms));
  const plural = count > 1 ? 's' : '';
  return [`${count} ${fr}${plural}`, `${count} ${en}${plural}`];
}
