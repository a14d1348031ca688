/**
 * Does again what failed because the database was away, until it is back or the patience ends.
 *
 * For facts that exist nowhere else: what a provider answered is in this process only, and if it is not written down it
 * is lost. Everything that the rows can ask for again fails at once and comes round by itself. What is done again must
 * change nothing the second time, because a connection may break after the commit.
 */
import { after, type Clock } from '../clock.ts';
import { isDatabaseAway } from './in-transaction.ts';

/** Short at first, because most outages are a restart; then rarely, because a server that starts is busy. */
const FIRST_PAUSE_MS = 250;
export const LONGEST_PAUSE_MS = 10_000;

export async function outlastOutage<T>(clock: Clock, until: Date, act: () => Promise<T>): Promise<T> {
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(2 * pause_ms, LONGEST_PAUSE_MS)) {
    try {
      return await act();
    } catch (error) {
      if (!isDatabaseAway(error) || after(clock.now(), pause_ms) >= until) throw error;
    }
    await clock.pause(pause_ms);
  }
}
