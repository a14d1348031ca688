/**
 * Lists what was done in the console, newest first, and proves that nobody touched the list or the ledger.
 */
import type { AuditAct } from '../../../../oversight/audit/audit-entry.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface TrailLine {
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly act: AuditAct;
  readonly subjectId: string;
  readonly from: string;
  readonly reason?: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Verdict {
  readonly of: 'trail' | 'ledger';
  readonly ok: boolean;
  readonly rows: string;
  /** The first broken row. */
  readonly seq?: string;
}

export interface TrailPageProps {
  readonly frame: ConsoleFrame;
  readonly lines: readonly TrailLine[];
  readonly olderHref?: string;
  readonly verdicts?: readonly Verdict[];
}

export function TrailPage({ frame, lines, olderHref, verdicts }: TrailPageProps) {
  const all = wordsFor(frame.locale).console;
  const words = all.trail;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="trail">
      <div class="title">
        <h1>{words.title}</h1>
        <a href={consolePaths.trailExport}>{all.csv}</a>
      </div>
      {verdicts?.map((verdict) => (
        <Notice
          key={verdict.of}
          kind={verdict.ok ? 'success' : 'error'}
          locale={frame.locale}
          text={
            verdict.ok
              ? words.intact(words[verdict.of], verdict.rows)
              : words.broken(words[verdict.of], verdict.seq ?? '?')
          }
        />
      ))}
      <form method="post" action={consolePaths.trailVerify} class="row">
        <Csrf token={frame.csrf} />
        <button type="submit">{words.verify}</button>
        <p class="hint">{words.verifyHint}</p>
      </form>
      <table class="stack">
        <caption class="unseen">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.beforeAfter}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.seq} frame={frame} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length === 0 ? <p>{words.empty}</p> : null}
      {olderHref === undefined ? null : (
        <p class="actions">
          <a class="button" href={olderHref} rel="next">
            {all.older}
          </a>
        </p>
      )}
    </ConsoleLayout>
  );
}

function Row({ frame, line }: { readonly frame: ConsoleFrame; readonly line: TrailLine }) {
  const words = wordsFor(frame.locale).console.trail;
  return (
    <tr>
      <td data-label={words.when}>
        <span>
          <When instant={line.at} locale={frame.locale} />
          <small>nº {line.seq}</small>
        </span>
      </td>
      <td data-label={words.who}>
        <span>
          {line.actor}
          <small>{line.from}</small>
        </span>
      </td>
      <td data-label={words.what}>
        <span>
          {words.acts[line.act]}
          <small>
            <code>{line.subjectId}</code>
          </small>
          {line.reason === undefined ? null : <small>« {line.reason} »</small>}
        </span>
      </td>
      <td data-label={words.beforeAfter}>
        <span>
          {line.before === undefined ? null : <small>− {factsLine(line.before)}</small>}
          {line.after === undefined ? null : <small>+ {factsLine(line.after)}</small>}
        </span>
      </td>
    </tr>
  );
}

/** The facts of an act, which are kept as the JSON that was hashed. */
function factsLine(text: string): string {
  const facts = JSON.parse(text) as Readonly<Record<string, string>>;
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
}
