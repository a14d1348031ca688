/**
 * Turns the word of a period into its first instant and the instant after its last.
 *
 * Days begin at midnight in Abidjan, which is UTC all year.
 */
import { after, DAY_MS } from '../../../ground/clock.ts';
import type { PeriodFilter } from './filter.tsx';

export interface Period {
  readonly from?: Date;
  /** Exclusive. */
  readonly until?: Date;
}

export function periodOf(word: PeriodFilter, now: Date): Period {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const midnight = new Date(Date.UTC(year, month, now.getUTCDate()));
  switch (word) {
    case 'all':
      return {};
    case 'today':
      return { from: midnight };
    case '7d':
      return { from: after(midnight, -6 * DAY_MS) };
    case '30d':
      return { from: after(midnight, -29 * DAY_MS) };
    case 'this-month':
      return { from: new Date(Date.UTC(year, month, 1)) };
    case 'last-month':
      return { from: new Date(Date.UTC(year, month - 1, 1)), until: new Date(Date.UTC(year, month, 1)) };
  }
}
