/**
 * Shows whether the three books agree: the equation of each float to the franc, and every difference with its age.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { KnownBreak } from '../../../../oversight/reconcile/break.rows.ts';
import type { DayLook } from '../../../../oversight/reconcile/day-look.rows.ts';
import type { ReconciliationRun } from '../../../../oversight/reconcile/run.rows.ts';
import type { Statement } from '../../../../rails/statements/statement.rows.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths, filePaths } from '../console-paths.ts';
import { FileLinks } from '../parts/file-links.tsx';
import { Days } from './days.tsx';

export interface ReconciliationPageProps {
  readonly frame: ConsoleFrame;
  /** The newest look at each float. */
  readonly runs: readonly ReconciliationRun[];
  /** The newest look of each depth at the newest days. */
  readonly looks: readonly DayLook[];
  readonly breaks: readonly KnownBreak[];
  readonly statements: readonly Statement[];
  readonly names: ReadonlyMap<string, string>;
  readonly mayReconcile: boolean;
}

export function ReconciliationPage(props: ReconciliationPageProps) {
  const { frame, runs, mayReconcile } = props;
  const words = wordsFor(frame.locale).console.reconcile;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="reconciliation">
      <div class="title">
        <h1>{words.title}</h1>
        <FileLinks frame={frame} paths={filePaths.reconciliation} />
      </div>
      <p class="hint">{words.lead}</p>
      {mayReconcile ? (
        <form method="post" action={consolePaths.reconcileNow} class="row">
          <Csrf token={frame.csrf} />
          <button type="submit">{words.now}</button>
        </form>
      ) : null}
      {runs.length === 0 ? <p>{words.never}</p> : null}
      <div class="pair">
        {runs.map((run) => (
          <EquationCard key={run.currency} frame={frame} run={run} />
        ))}
      </div>
      <Breaks {...props} />
      <Days locale={frame.locale} looks={props.looks} />
      <div class="pair">
        {mayReconcile ? <ImportForm frame={frame} /> : null}
        <Statements {...props} />
      </div>
    </ConsoleLayout>
  );
}

function textOf(frame: ConsoleFrame, currency: Currency): (amount: bigint) => string {
  return (amount) => moneyText(money(amount, currency), 'page', frame.locale);
}

function EquationCard({ frame, run }: { readonly frame: ConsoleFrame; readonly run: ReconciliationRun }) {
  const words = wordsFor(frame.locale).console.reconcile;
  const text = textOf(frame, run.currency);
  const rows: readonly (readonly [string, bigint | undefined])[] = [
    [words.booked, run.booked],
    [words.own, run.ownTransfers],
    [words.open, run.openBreaks],
    [words.explained, run.explained],
    [words.rest, run.rest],
  ];
  return (
    <section class="card" aria-labelledby={`eq-${run.currency}`}>
      <h2 id={`eq-${run.currency}`}>{`${words.equation} · ${run.currency}`}</h2>
      <table>
        <tbody>
          {rows.map(([name, amount]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="num">{amount === undefined ? '?' : text(amount)}</td>
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">{words.held}</th>
            <td class="num">{run.held === undefined ? words.unread : text(run.held)}</td>
          </tr>
        </tbody>
      </table>
      <p class="hint">{words.inFlight(text(run.inFlightIn), text(run.inFlightOut))}</p>
      <p class="hint">
        {words.at} <When instant={run.ranAt} locale={frame.locale} /> · {words.depths[run.depth]}
      </p>
    </section>
  );
}

function Breaks({ frame, breaks, names, mayReconcile }: ReconciliationPageProps) {
  const words = wordsFor(frame.locale).console.reconcile;
  return (
    <section class="card">
      <table class="stack">
        <caption>{words.breaks}</caption>
        <thead hidden={breaks.length === 0}>
          <tr>
            <th scope="col">{words.kind}</th>
            <th scope="col" class="num">
              {words.difference}
            </th>
            <th scope="col">{words.age}</th>
            <th scope="col">{words.owner}</th>
          </tr>
        </thead>
        <tbody>
          {breaks.map((one) => (
            <tr key={one.id}>
              <th scope="row" data-label={words.kind}>
                <span>
                  {words.kinds[one.kind]}
                  <small>
                    {one.paymentId === undefined ? (
                      <code>{one.reference}</code>
                    ) : (
                      <a href={consolePaths.payment(one.paymentId)}>
                        <code>{one.reference}</code>
                      </a>
                    )}
                  </small>
                </span>
              </th>
              <td data-label={words.difference} class="num">
                {textOf(frame, one.currency)(one.difference)}
              </td>
              <td data-label={words.age}>
                <When instant={one.firstSeenAt} locale={frame.locale} />
              </td>
              <td data-label={words.owner}>
                <span>
                  {one.ownerId === undefined ? words.nobody : (names.get(one.ownerId) ?? one.ownerId)}
                  {mayReconcile ? <BreakForms frame={frame} found={one} /> : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {breaks.length === 0 ? <p>{words.noBreaks}</p> : null}
    </section>
  );
}

function BreakForms({ frame, found }: { readonly frame: ConsoleFrame; readonly found: KnownBreak }) {
  const words = wordsFor(frame.locale).console.reconcile;
  const to = consolePaths.breakHandle(found.id);
  return (
    <>
      {found.ownerId === undefined ? (
        <form method="post" action={to}>
          <Csrf token={frame.csrf} />
          <button type="submit" class="small" aria-label={`${words.take} · ${found.reference}`}>
            {words.take}
          </button>
        </form>
      ) : null}
      <form method="post" action={to} class="row">
        <Csrf token={frame.csrf} />
        <div class="field">
          <label for={`f-${found.id}`}>{words.explain}</label>
          <input id={`f-${found.id}`} name="explanation" required maxLength={500} autoComplete="off" />
        </div>
        <button type="submit" class="small" aria-label={`${words.close} · ${found.reference}`}>
          {words.close}
        </button>
      </form>
    </>
  );
}

function ImportForm({ frame }: { readonly frame: ConsoleFrame }) {
  const words = wordsFor(frame.locale).console.reconcile;
  return (
    <form method="post" action={consolePaths.statementImport} enctype="multipart/form-data" class="card">
      <h2>{words.import}</h2>
      <Csrf token={frame.csrf} />
      <div class="field">
        <label for="f-file">{words.file}</label>
        <p class="hint" id="f-file-hint">
          {words.fileHint}
        </p>
        <input
          id="f-file"
          type="file"
          name="file"
          accept=".csv,text/csv"
          required
          aria-describedby="f-file-hint"
        />
      </div>
      <button type="submit" class="primary">
        {words.import}
      </button>
    </form>
  );
}

function Statements({ frame, statements, names }: ReconciliationPageProps) {
  const words = wordsFor(frame.locale).console.reconcile;
  return (
    <section class="card" aria-labelledby="statements">
      <h2 id="statements">{words.statements}</h2>
      {statements.length === 0 ? <p>{words.noStatements}</p> : null}
      <ul class="lines">
        {statements.map((statement) => (
          <li key={statement.id} class="line">
            <p>
              {statement.fileName} · {words.lines(statement.lines)}
              <small>
                {names.get(statement.importedBy) ?? statement.importedBy} ·{' '}
                <When instant={statement.importedAt} locale={frame.locale} />
              </small>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
