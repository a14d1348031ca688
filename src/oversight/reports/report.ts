/**
 * Is a report: what was settled in a period, by method, country or day, with how much of what was asked for succeeded.
 */
import { DAY_MS } from '../../ground/clock.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Direction } from '../../rails/provider.ts';

export type ReportBy =
  | 'method' // one line for each way of paying
  | 'country' // one for each country
  | 'day'; // one for each day, UTC

export interface Period {
  readonly from: Date;
  /** Exclusive. */
  readonly until: Date;
}

export interface ReportPeriod extends Period {
  readonly by: ReportBy;
}

/** Longer reports are two reports: a page is read by people. */
export const LONGEST_REPORT_MS = 400 * DAY_MS;

export interface ReportLine {
  readonly key: string;
  readonly currency: Currency;
  readonly direction: Direction;
  readonly payments: bigint;
  readonly volume: bigint;
  readonly moved: bigint;
  readonly providerFees: bigint;
  readonly hostFees: bigint;
  readonly reversed: bigint;
  readonly reversedMoved: bigint;
  readonly asked: bigint;
  /** Of those that are over, from 0 to 1; absent when none is. */
  readonly success: number | undefined;
}

/** The sums of lines of one currency and direction. */
export function totalOf(
  lines: readonly ReportLine[],
): Omit<ReportLine, 'key' | 'currency' | 'direction' | 'success'> {
  const sum = (read: (line: ReportLine) => bigint): bigint =>
    lines.reduce((total, line) => total + read(line), 0n);
  return {
    payments: sum((line) => line.payments),
    volume: sum((line) => line.volume),
    moved: sum((line) => line.moved),
    providerFees: sum((line) => line.providerFees),
    hostFees: sum((line) => line.hostFees),
    reversed: sum((line) => line.reversed),
    reversedMoved: sum((line) => line.reversedMoved),
    asked: sum((line) => line.asked),
  };
}
