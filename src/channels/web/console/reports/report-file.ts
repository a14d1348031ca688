/**
 * Is a report as a file: the lines of the page, without sums, because a spreadsheet makes its own.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import type { GroupLine } from '../../../../oversight/reports/group-report.rows.ts';
import { readGroupReport } from '../../../../oversight/reports/read-group-report.ts';
import { readReport } from '../../../../oversight/reports/read-report.ts';
import type { Period, ReportBy, ReportLine } from '../../../../oversight/reports/report.ts';
import { type Column, linesOf, type Pages } from '../list-file.ts';

const PAGE_LINES = 500;

const COLUMNS: readonly Column<ReportLine>[] = [
  ['direction', (line) => line.direction],
  ['currency', (line) => line.currency],
  ['key', (line) => line.key],
  ['payments', (line) => line.payments],
  ['volume', (line) => line.volume],
  ['moved', (line) => line.moved],
  ['provider_fees', (line) => line.providerFees],
  ['host_fees', (line) => line.hostFees],
  ['reversed', (line) => line.reversed],
  ['reversed_moved', (line) => line.reversedMoved],
  ['asked', (line) => line.asked],
  ['success_percent', ({ success }) => (success === undefined ? undefined : (success * 100).toFixed(1))],
];

const GROUP_COLUMNS: readonly Column<GroupLine>[] = [
  ['group', (line) => line.name],
  ['currency', (line) => line.currency],
  ['movements', (line) => line.movements],
  ['in_wallet', (line) => line.inWallet],
  ['in_cash', (line) => line.inCash],
  ['out_wallet', (line) => line.outWallet],
  ['out_cash', (line) => line.outCash],
  ['pots', (line) => line.pots],
  ['held_wallet', (line) => line.heldWallet],
  ['held_cash', (line) => line.heldCash],
  ['id', (line) => line.groupId],
];

export function reportPages(reader: Reader, period: Period & { readonly by: ReportBy | 'group' }): Pages {
  const { by } = period;
  if (by === 'group')
    return linesOf(GROUP_COLUMNS, async (after) => {
      return (await readGroupReport(reader, { period, after, limit: PAGE_LINES })).lines;
    });
  return linesOf(COLUMNS, async (last) =>
    last === undefined ? await readReport(reader, { ...period, by }) : [],
  );
}
