/**
 * Tells the time to everything that asks.
 *
 * Time is handed in, never read from the machine: the fault simulator owns it, and a test can let a week pass
 * without waiting. This is the only file of the product that reads the machine's clock.
 */
export interface Clock {
  /** The present instant, UTC. */
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that moves only when told to, for tests and the simulator. */
export interface HandClock extends Clock {
  /** Moves time forward (or, to imitate a clock jump, backward) by a number of milliseconds. */
  advance(duration_ms: number): void;
  set(instant: Date): void;
}

export function handClock(start: Date): HandClock {
  let present_ms = start.getTime();
  return {
    now: () => new Date(present_ms),
    advance: (duration_ms) => {
      present_ms += duration_ms;
    },
    set: (instant) => {
      present_ms = instant.getTime();
    },
  };
}

/** The instant `duration_ms` after `instant`. */
export function after(instant: Date, duration_ms: number): Date {
  return new Date(instant.getTime() + duration_ms);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
