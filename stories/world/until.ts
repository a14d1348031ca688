/**
 * Waits for something to become true by looking again and again, with a deadline: no story ever sleeps.
 *
 * A fixed pause is too short on a slow machine and too long on every other one, and it never says what it waited for.
 */
import { setTimeout as pause } from 'node:timers/promises';

const PACE_MS = 60;

/**
 * The first value of `look` that is neither false nor absent. Throws after `within_ms` (20 s unless told), naming what
 * was awaited and what was seen last.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  options: { readonly within_ms?: number; readonly pace_ms?: number; readonly seen?: () => unknown } = {},
): Promise<T> {
  const deadline_ms = performance.now() + (options.within_ms ?? 20_000);
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline_ms) {
      const seen = options.seen === undefined ? '' : `; last seen: ${String(options.seen())}`;
      throw new Error(`Waited in vain until ${what}${seen}`);
    }
    await pause(options.pace_ms ?? PACE_MS);
  }
}
