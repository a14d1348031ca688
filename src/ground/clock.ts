/**
 * Tells the time to everything that asks.
 *
 * Time is handed in, never read from the machine: the fault simulator owns it, and a test can let a week pass
 * without waiting. This is the only file of the product that reads the machine's clock.
 */
export interface Clock {
  /** The present instant, UTC. */
  now(): Date;
  /** Lets time pass. For the few that must outlast an outage; nobody waits for a state with it. */
  pause(duration_ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  pause: async (duration_ms) => {
    await new Promise<void>((resolve) => setTimeout(resolve, duration_ms));
  },
};

/** A clock that moves only when told to, for tests and the simulator. */
export interface HandClock extends Clock {
  /** Moves time forward (or, to imitate a clock jump, backward) by a number of milliseconds. */
  advance(duration_ms: number): void;
  set(instant: Date): void;
  /** How many pauses have not come to their end. */
  pauses(): number;
}

export function handClock(start: Date): HandClock {
  let present_ms = start.getTime();
  let waiting: { readonly until_ms: number; readonly goOn: () => void }[] = [];
  const move = (to_ms: number): void => {
    present_ms = to_ms;
    const over = waiting.filter(({ until_ms }) => until_ms <= present_ms);
    waiting = waiting.filter(({ until_ms }) => until_ms > present_ms);
    for (const { goOn } of over) goOn();
  };
  return {
    now: () => new Date(present_ms),
    pause: async (duration_ms) =>
      await new Promise<void>((goOn) => waiting.push({ until_ms: present_ms + duration_ms, goOn })),
    advance: (duration_ms) => move(present_ms + duration_ms),
    set: (instant) => move(instant.getTime()),
    pauses: () => waiting.length,
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
