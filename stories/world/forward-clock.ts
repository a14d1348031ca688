/**
 * Is the machine's time plus what a story let pass: nobody waits a quarter of an hour for a deadline.
 */
import { after, type Clock, systemClock } from '../../src/ground/clock.ts';

export interface ForwardClock extends Clock {
  forward(duration_ms: number): void;
}

export function forwardClock(start_ms = 0): ForwardClock {
  let ahead_ms = start_ms;
  return {
    now: () => after(new Date(), ahead_ms),
    pause: systemClock.pause,
    forward: (duration_ms) => {
      ahead_ms += duration_ms;
    },
  };
}
