/**
 * Reads one page of the report by tontine: the groups in which something moved in a period, in the order of their names.
 *
 * Groups without a movement are passed over, slice by slice, so a page is full as long as there is something to show.
 */
import { findStretch } from '../../ground/ledger/find-stretch.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type GroupLine, type GroupPlace, listGroupSlice } from './group-report.rows.ts';
import type { Period } from './report.ts';

const SLICE = 200;

export interface GroupReport {
  readonly lines: readonly GroupLine[];
  /** Where the next page begins; absent on the last one. */
  readonly next: GroupPlace | undefined;
}

export interface GroupReportPage {
  readonly period: Period;
  readonly after?: GroupPlace | undefined;
  readonly limit: number;
}

export async function readGroupReport(reader: Reader, page: GroupReportPage): Promise<GroupReport> {
  const { period, limit } = page;
  const stretch = await findStretch(reader, period);
  const lines: GroupLine[] = [];
  let { after } = page;
  for (;;) {
    const slice = await listGroupSlice(reader, { period, stretch, after, limit: SLICE });
    lines.push(...slice.filter((line) => line.movements > 0n));
    after = slice.at(-1);
    if (lines.length > limit) {
      const shown = lines.slice(0, limit);
      return { lines: shown, next: shown.at(-1) };
    }
    if (slice.length < SLICE) return { lines, next: undefined };
  }
}
