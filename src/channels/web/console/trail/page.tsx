/**
 * Lists what was done in the console, newest first, and proves that nobody touched the list or the ledger.
 */
import type { AuditAct } from '../../../../oversight/audit/audit-entry.ts';
import { HOST } from '../../../../people/unlink-second-factor.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { numbered, quoted } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths, filePaths } from '../console-paths.ts';
import { actFacts } from '../parts/fact-text.ts';
import { FileLinks } from '../parts/file-links.tsx';
import { type TrailFields, TrailFilter, trailOf } from './trail-filter.tsx';

export interface TrailLine {
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly actorId: string;
  readonly act: AuditAct;
  readonly subjectId: string;
  readonly from: string;
  readonly reason?: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Verdict {
  readonly of: 'trail' | 'ledger' | 'heads';
  readonly ok: boolean;
  readonly rows: string;
  /** The first broken row. */
  readonly seq?: string;
}

export interface TrailPageProps {
  readonly frame: ConsoleFrame;
  readonly fields: TrailFields;
  readonly lines: readonly TrailLine[];
  readonly olderHref?: string;
  readonly verdicts?: readonly Verdict[];
}

export function TrailPage({ frame, fields, lines, olderHref, verdicts }: TrailPageProps) {
  const all = wordsFor(frame.locale).console;
  const words = all.trail;
  const names = new Map(lines.map(({ actorId, actor }) => [actorId, actor]));
  return (
    <ConsoleLayout frame={frame} title={words.title} active="trail">
      <div class="title">
        <h1>{words.title}</h1>
        <FileLinks frame={frame} paths={filePaths.trail} need="see-trail" />
      </div>
      {verdicts?.map((verdict) => (
        <Notice
          key={verdict.of}
          kind={verdict.ok ? 'success' : 'error'}
          locale={frame.locale}
          text={
            verdict.ok
              ? verdict.of === 'heads'
                ? words.agreeing(verdict.rows)
                : words.intact(words[verdict.of], verdict.rows)
              : words.broken(words[verdict.of], verdict.seq ?? '?')
          }
        />
      ))}
      <form method="post" action={consolePaths.trailVerify} class="row">
        <Csrf token={frame.csrf} />
        <button type="submit">{words.verify}</button>
        <p class="hint">{words.verifyHint}</p>
      </form>
      <TrailFilter frame={frame} fields={fields} />
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
            <Row key={line.seq} frame={frame} line={line} names={names} />
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

interface RowProps {
  readonly frame: ConsoleFrame;
  readonly line: TrailLine;
  /** Who is behind an id that an act speaks of: whoever acted on this page. */
  readonly names: ReadonlyMap<string, string>;
}

function Row({ frame, line, names }: RowProps) {
  const words = wordsFor(frame.locale).console.trail;
  return (
    <tr>
      <td data-label={words.when}>
        <span>
          <When instant={line.at} locale={frame.locale} />
          <small>{numbered(line.seq, frame.locale)}</small>
        </span>
      </td>
      <td data-label={words.who}>
        <span>
          <a href={trailOf({ actor: line.actorId })}>{line.actorId === HOST ? words.host : line.actor}</a>
          {line.actorId === HOST ? null : <small>{line.from}</small>}
        </span>
      </td>
      <td data-label={words.what}>
        <span>
          {words.acts[line.act]}
          <small>
            <a href={trailOf({ subject: line.subjectId })}>
              <code>{line.subjectId}</code>
            </a>
          </small>
          {line.reason === undefined ? null : <small>{quoted(line.reason, frame.locale)}</small>}
        </span>
      </td>
      {line.before === undefined && line.after === undefined ? (
        <td class="blank" />
      ) : (
        <td data-label={words.beforeAfter}>
          <span>
            {line.before === undefined ? null : <small>− {actFacts(frame.locale, line.before, names)}</small>}
            {line.after === undefined ? null : <small>+ {actFacts(frame.locale, line.after, names)}</small>}
          </span>
        </td>
      )}
    </tr>
  );
}
