/**
 * Lists the payments that wait for two people, the oldest first, and those that were closed lately.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Direction, Method } from '../../../../rails/provider.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths, filePaths } from '../console-paths.ts';
import { FileLinks } from '../parts/file-links.tsx';
import { codeText } from '../parts/state-chip.tsx';
import { type SecondLine, SecondPayments } from './second-payments.tsx';

export interface CaseLine {
  readonly reviewId: string;
  readonly reference: string;
  readonly reason: string;
  readonly amount: Money;
  readonly direction: Direction;
  readonly method: Method;
  readonly phoneText: string;
  readonly openedAt: Date;
  /** Who proposed what, while it waits for another person. */
  readonly proposal?: { readonly by: string; readonly outcome: 'paid' | 'failed'; readonly expiresAt: Date };
  readonly outcome?: 'paid' | 'failed' | 'settled-by-provider';
}

export interface ReviewListPageProps {
  readonly frame: ConsoleFrame;
  readonly open: readonly CaseLine[];
  readonly closed: readonly CaseLine[];
  readonly seconds: readonly SecondLine[];
  readonly mayDecide: boolean;
}

export function ReviewListPage({ frame, open, closed, seconds, mayDecide }: ReviewListPageProps) {
  const words = wordsFor(frame.locale).console.decide;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="reviews">
      <div class="title">
        <h1>{words.title}</h1>
        <FileLinks frame={frame} paths={filePaths.reviews} />
      </div>
      <p class="hint">{words.lead}</p>
      {open.length === 0 ? (
        <section class="card">
          <Empty icon="check" title={words.emptyTitle} text={words.empty} />
        </section>
      ) : (
        <CaseTable frame={frame} caption={words.open} lines={open} />
      )}
      <SecondPayments frame={frame} lines={seconds} mayDecide={mayDecide} />
      {closed.length === 0 ? null : <CaseTable frame={frame} caption={words.closed} lines={closed} />}
    </ConsoleLayout>
  );
}

interface CaseTableProps {
  readonly frame: ConsoleFrame;
  readonly caption: string;
  readonly lines: readonly CaseLine[];
}

function CaseTable({ frame, caption, lines }: CaseTableProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.decide;
  return (
    <section class="card">
      <table class="stack">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.payment}</th>
            <th scope="col">{words.why}</th>
            <th scope="col" class="num">
              {words.amount}
            </th>
            <th scope="col">{words.since}</th>
            <th scope="col">{words.standing}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.reviewId}>
              <th scope="row" data-label={words.payment}>
                <span>
                  <a href={consolePaths.review(line.reviewId)}>
                    <code>{line.reference}</code>
                  </a>
                  <small>
                    {all.methods[line.method]} · {line.phoneText}
                  </small>
                </span>
              </th>
              <td data-label={words.why}>{codeText(all.console.reasons, line.reason)}</td>
              <td data-label={words.amount} class="num">
                <Amount value={line.amount} locale={frame.locale} />
              </td>
              <td data-label={words.since}>
                <When instant={line.openedAt} locale={frame.locale} />
              </td>
              <td data-label={words.standing}>{standingOf(frame, line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function standingOf(frame: ConsoleFrame, { proposal, outcome }: CaseLine): string {
  const words = wordsFor(frame.locale).console;
  if (outcome !== undefined) return words.outcomes[outcome];
  if (proposal === undefined) return words.decide.nothingProposed;
  return words.decide.proposed(proposal.by, words.outcomes[proposal.outcome]);
}
