/**
 * Shows a report, for the screen and for paper.
 */
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { GroupLine } from '../../../../oversight/reports/group-report.rows.ts';
import { type ReportBy, type ReportLine, totalOf } from '../../../../oversight/reports/report.ts';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths, filePaths } from '../console-paths.ts';
import { LineChart, ShareBar } from '../parts/chart.tsx';
import { FileLinks } from '../parts/file-links.tsx';
import { GroupTable } from './group-table.tsx';

export interface ReportPageProps {
  readonly frame: ConsoleFrame;
  readonly by: ReportBy | 'group';
  /** `YYYY-MM-DD`, both days included. */
  readonly from: string;
  readonly until: string;
  readonly lines: readonly ReportLine[];
  /** By group only: one page. */
  readonly groups?: readonly GroupLine[];
  /** The next page of groups. */
  readonly nextHref?: string;
}

export function ReportPage(props: ReportPageProps) {
  const { frame, from, until } = props;
  const words = wordsFor(frame.locale).console.reports;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="reports">
      <div class="title">
        <h1>{words.title}</h1>
        <button type="button" data-print hidden>
          {words.print}
        </button>
      </div>
      <PeriodForm {...props} />
      <div class="title">
        <p class="hint">{words.period(formatDay(from, frame.locale), formatDay(until, frame.locale))}</p>
        <FileLinks
          frame={frame}
          paths={filePaths.reports}
          query={`by=${props.by}&from=${from}&until=${until}`}
        />
      </div>
      {props.groups === undefined ? (
        <Payments {...props} />
      ) : (
        <GroupTable frame={frame} lines={props.groups} />
      )}
      {props.nextHref === undefined ? null : (
        <p class="actions">
          <a class="button" href={props.nextHref} rel="next">
            {words.next}
          </a>
        </p>
      )}
    </ConsoleLayout>
  );
}

function Payments(props: ReportPageProps) {
  const words = wordsFor(props.frame.locale).console.reports;
  return (
    <>
      {props.lines.length === 0 ? <p>{words.empty}</p> : null}
      {groupsOf(props.lines).map(([name, group]) => (
        <Group key={name} {...props} group={group} />
      ))}
      <p class="hint">{words.basis}</p>
    </>
  );
}

/** One table for each direction and currency: sums across currencies are no sums. */
function groupsOf(lines: readonly ReportLine[]): (readonly [string, readonly ReportLine[]])[] {
  const groups = new Map<string, ReportLine[]>();
  for (const line of lines) {
    const name = `${line.direction} ${line.currency}`;
    groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  return [...groups];
}

function PeriodForm({ frame, by, from, until }: ReportPageProps) {
  const words = wordsFor(frame.locale).console.reports;
  const choices = ['method', 'country', 'day', 'group'] as const;
  return (
    <form method="get" action={consolePaths.reports} class="card row">
      <div class="field">
        <label for="f-by">{words.by}</label>
        <select id="f-by" name="by">
          {choices.map((one) => (
            <option key={one} value={one} selected={one === by}>
              {words.kinds[one]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="f-from">{words.from}</label>
        <input type="date" id="f-from" name="from" value={from} />
      </div>
      <div class="field">
        <label for="f-until">{words.until}</label>
        <input type="date" id="f-until" name="until" value={until} />
      </div>
      <button type="submit" class="primary">
        {words.show}
      </button>
    </form>
  );
}

function Group({ frame, by, group }: ReportPageProps & { readonly group: readonly ReportLine[] }) {
  const all = wordsFor(frame.locale).console;
  const words = all.reports;
  const [first] = group;
  if (first === undefined) return null;
  const title = `${all.freezes.directions[first.direction]} · ${first.currency}`;
  return (
    <section class="card">
      <table class="stack dense">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.kinds[by]}</th>
            {[words.payments, words.volume, words.moved, words.providerFees, words.hostFees].map((name) => (
              <th key={name} scope="col" class="num">
                {name}
              </th>
            ))}
            <th scope="col">{words.success}</th>
            <th scope="col" class="num">
              {words.reversed}
            </th>
          </tr>
        </thead>
        <tbody>
          {group.map((line) => (
            <Row key={line.key} frame={frame} by={by} line={line} of={group} />
          ))}
          <TotalRow frame={frame} group={group} />
        </tbody>
      </table>
      {by === 'day' && group.length > 1 ? (
        <LineChart
          frame={frame}
          title={`${title} · ${words.moved}`}
          text={(value) => moneyText(money(BigInt(Math.round(value)), first.currency), 'page', frame.locale)}
          labels={group.map((line) => line.key)}
          series={[{ name: words.moved, values: group.map((line) => Number(line.moved)) }]}
        />
      ) : null}
    </section>
  );
}

interface RowProps {
  readonly frame: ConsoleFrame;
  readonly by: ReportPageProps['by'];
  readonly line: ReportLine;
  readonly of: readonly ReportLine[];
}

function Row({ frame, by, line, of }: RowProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.reports;
  const text = (amount: bigint) => moneyText(money(amount, line.currency), 'page', frame.locale);
  const names: Readonly<Record<string, string>> = by === 'method' ? all.methods : all.countries;
  const most = of.reduce((high, one) => (one.moved > high ? one.moved : high), 1n);
  return (
    <tr>
      <th scope="row" data-label={words.kinds[by]}>
        <span>
          {by === 'day' ? line.key : (names[line.key] ?? line.key)}
          <small>
            <ShareBar share={Number(line.moved) / Number(most)} />
          </small>
        </span>
      </th>
      <td data-label={words.payments} class="num">
        {String(line.payments)}
      </td>
      <td data-label={words.volume} class="num">
        {text(line.volume)}
      </td>
      <td data-label={words.moved} class="num">
        {text(line.moved)}
      </td>
      <td data-label={words.providerFees} class="num">
        {text(line.providerFees)}
      </td>
      <td data-label={words.hostFees} class="num">
        {text(line.hostFees)}
      </td>
      <td data-label={words.success}>
        {line.success === undefined ? '—' : `${Math.round(line.success * 100)}\u00a0% / ${line.asked}`}
      </td>
      <td data-label={words.reversed} class="num">
        <span>
          {String(line.reversed)}
          {line.reversed === 0n ? null : <small>{text(line.reversedMoved)}</small>}
        </span>
      </td>
    </tr>
  );
}

function TotalRow({ frame, group }: { readonly frame: ConsoleFrame; readonly group: readonly ReportLine[] }) {
  const words = wordsFor(frame.locale).console.reports;
  const total = totalOf(group);
  const currency = group[0]?.currency ?? 'XOF';
  const text = (amount: bigint) => moneyText(money(amount, currency), 'page', frame.locale);
  return (
    <tr class="sum">
      <th scope="row">{words.total}</th>
      <td data-label={words.payments} class="num">
        {String(total.payments)}
      </td>
      <td data-label={words.volume} class="num">
        {text(total.volume)}
      </td>
      <td data-label={words.moved} class="num">
        {text(total.moved)}
      </td>
      <td data-label={words.providerFees} class="num">
        {text(total.providerFees)}
      </td>
      <td data-label={words.hostFees} class="num">
        {text(total.hostFees)}
      </td>
      <td data-label={words.success}>{String(total.asked)}</td>
      <td data-label={words.reversed} class="num">
        {String(total.reversed)}
      </td>
    </tr>
  );
}
