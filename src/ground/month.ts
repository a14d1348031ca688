/**
 * Is one month of a table that is divided by the time inside its ids, and the arithmetic of months.
 *
 * A part may be longer than a month: the rows that were there before a table was divided are one part.
 */
export interface Month {
  /** The table of the part, with its schema: a host may have moved it to another one. */
  readonly table: string;
  /** The time of its first ids; absent where it begins with the first of all. */
  readonly from: Date | undefined;
  /** Up to and without this instant. */
  readonly until: Date;
  /** False while it takes no room on disk, so certainly has no rows. */
  readonly isFilled: boolean;
}

/** The first instant (UTC) of the month that lies `months` after the month of `instant`. */
export function monthStart(instant: Date, months = 0): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + months));
}

/** The name of a part for people and files: `2026-01`, or `until-2026-12` and `2027-02-to-2027-04` for longer ones. */
export function monthName({ from, until }: Pick<Month, 'from' | 'until'>): string {
  const last = monthStart(until, -1);
  if (from === undefined) return `until-${yearAndMonth(last)}`;
  if (from.getTime() === last.getTime()) return yearAndMonth(last);
  return `${yearAndMonth(from)}-to-${yearAndMonth(last)}`;
}

/** How many whole months lie ready after the month of `now`. */
export function monthsAhead(now: Date, until: Date): number {
  const months = (instant: Date) => instant.getUTCFullYear() * 12 + instant.getUTCMonth();
  return months(until) - months(now) - 1;
}

function yearAndMonth(instant: Date): string {
  return instant.toISOString().slice(0, 7);
}
