/**
 * Is the time that statements speak about: what moved outside it is not missing in them, it is not stated yet.
 *
 * No file says from when to when it goes, so its lines do: from the beginning of the day of its first line to its last
 * line. Files of neighbouring days are one period, however long the night between them was: a line that lacks between
 * two files lacks. Without this a first statement, of last week, would call years of payments missing.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { StatementLine } from './statement.ts';

export interface Period {
  readonly from: Date;
  readonly until: Date;
}

/** Midnight before an instant, in UTC. */
export function midnightBefore(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

/** What a file speaks about, by currency: one that it does not name it says nothing about. */
export function periodsOf(lines: readonly StatementLine[]): Map<Currency, Period> {
  const periods = new Map<Currency, Period>();
  for (const { currency, happenedAt } of lines) {
    const known = periods.get(currency);
    const from = midnightBefore(happenedAt);
    periods.set(currency, {
      from: known === undefined || from < known.from ? from : known.from,
      until: known === undefined || happenedAt > known.until ? happenedAt : known.until,
    });
  }
  return periods;
}

/** In order, with what touches made one. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const joined: Period[] = [];
  for (const next of periods.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = joined.at(-1);
    if (last === undefined || next.from > after(midnightBefore(last.until), DAY_MS)) joined.push(next);
    else if (next.until > last.until) joined[joined.length - 1] = { from: last.from, until: next.until };
  }
  return joined;
}

/** True when statements speak about all the time in which it can have happened. */
export function isStated(joined: readonly Period[], earliest: Date, latest: Date): boolean {
  return joined.some(({ from, until }) => earliest >= from && latest <= until);
}
