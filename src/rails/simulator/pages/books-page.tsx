/**
 * Shows all of the simulator's books: the float, what each operation did, when and why, and how its callbacks fared.
 */
import type { VNode } from 'preact';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Callback } from '../callback.ts';
import { findEntry } from '../catalogue.ts';
import type { Transaction } from '../transaction.ts';
import { walletText } from '../wallet-number.ts';
import { FloatSection, type FloatSectionProps } from './float-section.tsx';
import { Layout, StateMark, timeText, type View } from './layout.tsx';
import { type Words, wordsFor } from './words.ts';

export interface BookLine {
  readonly transaction: Transaction;
  readonly callbacks: readonly Callback[];
}

export function BooksPage({
  lines,
  ...float
}: FloatSectionProps & { readonly lines: readonly BookLine[] }): VNode {
  const { view } = float;
  const words = wordsFor(view.locale);
  return (
    <Layout view={view} heading={words.books}>
      <FloatSection {...float} />
      <h2>{words.operations}</h2>
      <p>{lines.length === 0 ? words.booksEmpty : words.booksIntro}</p>
      {lines.map((line) => (
        <Line view={view} words={words} {...line} />
      ))}
    </Layout>
  );
}

function Line({
  view,
  words,
  transaction,
  callbacks,
}: BookLine & { readonly view: View; readonly words: Words }): VNode {
  const { direction, entryId, fee, history, moved, reference, state, wallet } = transaction;
  const states = direction === 'in' ? words.states : words.payoutStates;
  return (
    <article>
      <h3>
        {direction === 'in' ? words.payin : words.payout} · {moneyText(moved, 'page', view.locale)}
      </h3>
      <p>
        <StateMark state={state} names={states} /> · {findEntry(entryId)?.name} ·{' '}
        <a href={`/phone/${wallet}/`}>{walletText(wallet)}</a>
      </p>
      <p class="reference">{reference}</p>
      {(direction === 'in' || fee.amount > 0n) && (
        <p class="quiet">
          {words.fee} : {moneyText(fee, 'page', view.locale)}
        </p>
      )}
      <ol class="quiet">
        {history.map((happening) => (
          <li>
            {timeText(happening.at, view.locale)} · {states[happening.state]} ({happening.cause})
          </li>
        ))}
      </ol>
      {callbacks.length > 0 && (
        <p class="quiet">
          {words.callbacks} : {callbacks.map((callback) => callbackText(callback, words)).join(' ; ')}
        </p>
      )}
    </article>
  );
}

function callbackText(callback: Callback, words: Words): string {
  const { acceptedAt, attempts, evidence, isForged, nextAt } = callback;
  const fate =
    acceptedAt !== undefined
      ? words.callbackAccepted
      : nextAt !== undefined
        ? words.callbackWaiting
        : words.callbackGivenUp;
  const details = [words.attempts(attempts), evidence, isForged ? words.callbackForged : undefined];
  return `${fate} (${details.filter((detail) => detail !== undefined).join(', ')})`;
}
