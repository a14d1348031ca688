/**
 * Opens the reports: the last seven days by method unless asked otherwise.
 */
import type { FastifyInstance } from 'fastify';
import { after, DAY_MS } from '../../../../ground/clock.ts';
import { listGroupLines } from '../../../../oversight/reports/group-report.rows.ts';
import { readReport } from '../../../../oversight/reports/read-report.ts';
import { LONGEST_REPORT_MS, type Period } from '../../../../oversight/reports/report.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs } from '../console-place.ts';
import { ReportPage, type ReportPageProps } from './page.tsx';

const USUAL_DAYS = 7;
const BY = ['method', 'country', 'day', 'group'] as const;

export function registerReports(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(consolePaths.reports, needs('see'), async (request, reply) => {
    const period = periodOf(queryFields(request, ['by', 'from', 'until']), door.ground.clock.now());
    const page = (
      <ReportPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        by={period.by}
        from={dayText(period.from)}
        until={dayText(after(period.until, -1))}
        lines={period.by === 'group' ? [] : await readReport(door.db, { ...period, by: period.by })}
        {...(period.by === 'group' ? { groups: await listGroupLines(door.db, period) } : {})}
      />
    );
    return await sendPage(reply, page);
  });
}

type PeriodFields = Readonly<Record<'by' | 'from' | 'until', string | undefined>>;

/** Whole days, UTC; what cannot be read is the usual. */
function periodOf(fields: PeriodFields, now: Date): Period & { readonly by: ReportPageProps['by'] } {
  const by = BY.find((one) => one === fields.by) ?? 'method';
  const today = dayOf(dayText(now)) ?? now;
  const until = after(dayOf(fields.until) ?? today, DAY_MS);
  const from = dayOf(fields.from) ?? after(until, -USUAL_DAYS * DAY_MS);
  const isReadable = from < until && until.getTime() - from.getTime() <= LONGEST_REPORT_MS;
  return { by, until, from: isReadable ? from : after(until, -USUAL_DAYS * DAY_MS) };
}

function dayOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? undefined : day;
}

function dayText(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
