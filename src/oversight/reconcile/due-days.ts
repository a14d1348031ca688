/**
 * Says which days of a float are to be compared with the statements, and how long after. Pure.
 *
 * Each day is compared one day later, and again three and seven days later, when money may have come back. After a
 * downtime a day is compared once, at the deepest depth that has passed: the shallower ones would read the same rows. And
 * whenever a file is imported, the days that it speaks about are compared again, and no other.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import { midnightBefore, type Period } from '../../rails/statements/statement-period.ts';

export type LookDepth =
  | 0 // a statement came before the day was over
  | 1 // the day after
  | 3 // when most reversals have come
  | 7; // when they all have

const DEEPEST_FIRST = [7, 3, 1] as const;

/** How a day was looked at last. */
export interface LastLook {
  readonly depth: LookDepth;
  readonly files: number;
}

export interface DueDay {
  readonly midnight: Date;
  readonly depth: LookDepth;
  /** How many files speak about it now. */
  readonly files: number;
}

export interface DaysKnown {
  readonly now: Date;
  /** When the float was opened; absent when nothing was ever booked. */
  readonly since: Date | undefined;
  readonly periods: readonly Period[];
  /** By the day, as `2026-01-31`. */
  readonly looks: ReadonlyMap<string, LastLook>;
}

/** `2026-01-31`, in UTC. */
export function dayText(midnight: Date): string {
  return midnight.toISOString().slice(0, 10);
}

/** Newest first: what came back lately can still be asked for. */
export function dueDays({ now, since, periods, looks }: DaysKnown): DueDay[] {
  const files = new Map<number, number>();
  for (const { from, until } of periods)
    for (let day_ms = from.getTime(); day_ms <= until.getTime(); day_ms += DAY_MS)
      files.set(day_ms, (files.get(day_ms) ?? 0) + 1);
  const days = new Set(files.keys());
  if (since !== undefined)
    for (
      let midnight = midnightBefore(since);
      after(midnight, DAY_MS) <= now;
      midnight = after(midnight, DAY_MS)
    )
      days.add(midnight.getTime());
  return [...days]
    .toSorted((a, b) => b - a)
    .flatMap((day_ms) => {
      const midnight = new Date(day_ms);
      const known = looks.get(dayText(midnight));
      const count = files.get(day_ms) ?? 0;
      const depth = DEEPEST_FIRST.find((one) => after(midnight, one * DAY_MS) <= now) ?? 0;
      const isDue = known === undefined ? depth > 0 || count > 0 : depth > known.depth || count > known.files;
      return isDue ? [{ midnight, depth, files: count }] : [];
    });
}

/** Days that follow each other, read together. */
export function spansOf(newestFirst: readonly DueDay[]): DueDay[][] {
  const spans: DueDay[][] = [];
  for (const day of newestFirst) {
    const span = spans.at(-1);
    const next = span?.at(-1)?.midnight;
    if (span !== undefined && next !== undefined && after(day.midnight, DAY_MS).getTime() === next.getTime())
      span.push(day);
    else spans.push([day]);
  }
  return spans;
}
