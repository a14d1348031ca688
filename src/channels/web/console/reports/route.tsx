/**
 * Opens the reports: the last seven days by method unless asked otherwise.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { after, DAY_MS } from '../../../../ground/clock.ts';
import { isId } from '../../../../ground/identifiers.ts';
import { readGroupReport } from '../../../../oversight/reports/read-group-report.ts';
import { readReport } from '../../../../oversight/reports/read-report.ts';
import { LONGEST_REPORT_MS, type Period } from '../../../../oversight/reports/report.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths, filePaths } from '../console-paths.ts';
import { needs } from '../console-place.ts';
import { registerListFile } from '../list-file.ts';
import { ReportPage, type ReportPageProps } from './page.tsx';
import { reportPages } from './report-file.ts';

const USUAL_DAYS = 7;
const GROUP_LINES = 50;
const BY = ['method', 'country', 'day', 'group'] as const;

export function registerReports(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const asked = (request: FastifyRequest) =>
    periodOf(queryFields(request, ['by', 'from', 'until']), door.ground.clock.now());

  app.get(consolePaths.reports, needs('see'), async (request, reply) => {
    const period = asked(request);
    const page = (
      <ReportPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        {...period.shown}
        lines={period.by === 'group' ? [] : await readReport(door.db, { ...period, by: period.by })}
        {...(period.by === 'group' ? await groupPage(request, period) : {})}
      />
    );
    return await sendPage(reply, page);
  });

  registerListFile(app, door, {
    name: 'reports',
    paths: filePaths.reports,
    need: 'export',
    act: 'list.exported',
    read: (request) => {
      const period = asked(request);
      return { asked: period.shown, pages: reportPages(door.db, period) };
    },
  });

  async function groupPage(request: FastifyRequest, period: Asked) {
    const { after: name, id: groupId } = queryFields(request, ['after', 'id']);
    const place = name === undefined || !isId('grp', groupId) ? undefined : { name, groupId };
    const report = await readGroupReport(door.db, { period, after: place, limit: GROUP_LINES });
    const { lines, next } = report;
    if (next === undefined) return { groups: lines };
    const query = new URLSearchParams({ ...period.shown, after: next.name, id: next.groupId });
    return { groups: lines, nextHref: `${consolePaths.reports}?${query}` };
  }
}

interface Asked extends Period {
  readonly by: ReportPageProps['by'];
  /** The same as it stands in an address, both days included. */
  readonly shown: Pick<ReportPageProps, 'by' | 'from' | 'until'>;
}

type PeriodFields = Readonly<Record<'by' | 'from' | 'until', string | undefined>>;

/** Whole days, UTC; what cannot be read is the usual. */
function periodOf(fields: PeriodFields, now: Date): Asked {
  const by = BY.find((one) => one === fields.by) ?? 'method';
  const today = dayOf(dayText(now)) ?? now;
  const until = after(dayOf(fields.until) ?? today, DAY_MS);
  const from = dayOf(fields.from) ?? after(until, -USUAL_DAYS * DAY_MS);
  const isReadable = from < until && until.getTime() - from.getTime() <= LONGEST_REPORT_MS;
  const since = isReadable ? from : after(until, -USUAL_DAYS * DAY_MS);
  return { by, from: since, until, shown: { by, from: dayText(since), until: dayText(after(until, -1)) } };
}

function dayOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? undefined : day;
}

function dayText(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
