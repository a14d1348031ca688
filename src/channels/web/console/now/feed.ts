/**
 * Streams one line whenever the board has changed, for as long as somebody watches, two minutes at most.
 *
 * The line says only that there is something new; the page then fetches what it shows, so there is one way to draw it. A
 * browser opens the stream again by itself when it ends.
 */

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Board } from '../../../../oversight/now/read-board.ts';

const LOOK_EVERY_MS = 3_000;
const LOOKS = 40;

/** Changes when something on the board does, and not with the clock alone. */
export function boardVersion({ at: _at, ...shown }: Board): string {
  const text = JSON.stringify(shown, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export async function* boardFeed(read: () => Promise<Board>, stop: AbortSignal): AsyncGenerator<string> {
  let before = boardVersion(await read());
  yield `retry: 5000\n\n`;
  for (let look = 0; look < LOOKS && !stop.aborted; look++) {
    try {
      await pause(LOOK_EVERY_MS, undefined, { signal: stop });
    } catch {
      // The server stops: the stream ends here.
      return;
    }
    const version = boardVersion(await read());
    yield version === before ? ': still the same\n\n' : `data: ${version}\n\n`;
    before = version;
  }
}
