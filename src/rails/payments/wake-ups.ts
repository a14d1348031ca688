/**
 * Chooses at which moments to wake somebody up, when each of many payments has a moment of its own.
 *
 * A job is a wake-up for everything that is due, so those of one second share the last moment of it: a burst of two
 * hundred asks for a handful, and nobody waits a second longer than told.
 */
export function wakeUps(moments: readonly Date[]): Date[] {
  const last = new Map<number, Date>();
  for (const moment of moments) {
    const second = Math.floor(moment.getTime() / 1000);
    const known = last.get(second);
    if (known === undefined || known < moment) last.set(second, moment);
  }
  return [...last.values()];
}
