/**
 * Decides which backups may go: each day for a month or so, the first of each month for a year, and always the newest.
 *
 * A backup that is deleted too early is missed once, too late costs a little disk: in doubt it stays.
 */
import { after, DAY_MS } from '../clock.ts';

const MONTHS_KEPT_DAYS = 400;

export interface KeptBackup {
  readonly name: string;
  readonly madeAt: Date;
}

/** The names that are not needed any more. */
export function superfluous(backups: readonly KeptBackup[], now: Date, keepDays: number): string[] {
  const inTime = backups.toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
  const newest = inTime.at(-1);
  const months = new Set<string>();
  return inTime
    .filter(({ madeAt, name }) => {
      const month = madeAt.toISOString().slice(0, 7);
      const isFirstOfMonth = !months.has(month);
      months.add(month);
      if (name === newest?.name || madeAt >= after(now, -keepDays * DAY_MS)) return false;
      return !(isFirstOfMonth && madeAt >= after(now, -MONTHS_KEPT_DAYS * DAY_MS));
    })
    .map(({ name }) => name);
}
