/**
 * Lists every deposit and withdrawal of a member, newest first, whatever became of it.
 *
 * Pages are cut by the last line seen and not by a number, so a payment made meanwhile is neither shown twice nor
 * skipped.
 */

import { type Money, money } from '../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../ground/money/money-text.ts';
import type { Direction, Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { signedText } from '../parts/amount.tsx';
import { drawnAround } from '../parts/drawn-once.ts';
import { Empty } from '../parts/empty.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { moodOf, type PaymentFace } from '../payment-face.ts';
import { formatDateTime, wordsFor } from '../words/words.ts';
import { FilterForm, type HistoryFilters } from './filter.tsx';

export interface HistoryLine {
  readonly paymentId: string;
  readonly reference: string;
  readonly createdAt: Date;
  readonly direction: Direction;
  /** What the payer was asked for, or what the recipient is sent. */
  readonly amount: Money;
  readonly fee?: Money;
  readonly method: Method;
  /** Masked for the eye. */
  readonly phoneText: string;
  readonly face: PaymentFace;
}

export interface HistoryPageProps {
  readonly frame: Frame;
  readonly filters: HistoryFilters;
  readonly lines: readonly HistoryLine[];
  /** The next page, filters included; absent on the last one. */
  readonly olderHref?: string;
  /** The first page, filters included; absent when this is it. */
  readonly newestHref?: string;
}

export function HistoryPage({ frame, filters, lines, olderHref, newestHref }: HistoryPageProps) {
  const words = wordsFor(frame.locale).history;
  return (
    <Layout frame={frame} title={words.title} active="history">
      <h1>{words.title}</h1>
      <FilterForm locale={frame.locale} filters={filters} />
      <section class="card" aria-labelledby="payments">
        <h2 id="payments" class="unseen">
          {words.listTitle}
        </h2>
        {lines.length === 0 ? (
          <NothingHere frame={frame} filters={filters} />
        ) : (
          <ul class="lines">
            {lines.map((line) => (
              <li key={line.paymentId}>
                <OnePayment frame={frame} line={line} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <p class="actions">
        {newestHref === undefined ? null : <a href={newestHref}>{words.newest}</a>}
        {olderHref === undefined ? null : (
          <a class="button" href={olderHref} rel="next">
            {words.older}
          </a>
        )}
      </p>
    </Layout>
  );
}

function NothingHere({ frame, filters }: { readonly frame: Frame; readonly filters: HistoryFilters }) {
  const words = wordsFor(frame.locale);
  const filtered = Object.values(filters).some((chosen) => chosen !== 'all');
  return (
    <Empty
      icon="list"
      title={words.history.emptyTitle}
      text={filtered ? words.history.emptyFiltered : words.history.empty}
    >
      <p>
        <a class="button" href={filtered ? paths.history : paths.topup}>
          {filtered ? words.history.clear : words.frame.topup}
        </a>
      </p>
    </Empty>
  );
}

/** The proof; of a withdrawal that is not over, the page on which it can still be followed and called off. */
function hrefOf({ direction, face, paymentId }: HistoryLine): string {
  const mood = moodOf(face);
  const isOpen = mood === 'waiting' || mood === 'asking';
  return direction === 'out' && isOpen ? paths.withdrawal(paymentId) : paths.receipt(paymentId);
}

/** What of a line looks the same for everybody. */
interface LineLook {
  readonly direction: Direction;
  readonly method: Method;
  readonly face: PaymentFace;
  readonly locale: Locale;
  readonly hasFee: boolean;
}

interface LineTexts extends Readonly<Record<string, string>> {
  readonly href: string;
  readonly phone: string;
  readonly instant: string;
  readonly when: string;
  readonly reference: string;
  readonly amount: string;
  readonly fee: string;
}

const drawLine = drawnAround<LineLook, LineTexts>(
  ({ direction, method, face, locale, hasFee }) => `${direction} ${method} ${face} ${locale} ${hasFee}`,
  ['href', 'phone', 'instant', 'when', 'reference', 'amount', 'fee'],
  ({ direction, method, face, locale, hasFee }, texts) => {
    const words = wordsFor(locale);
    const kind = direction === 'in' ? words.history.deposit : words.history.withdrawal;
    return (
      <a class="line" href={texts.href}>
        <MethodMark method={method} />
        <span>
          <strong>{`${kind} · ${words.methods[method]}`}</strong> <small class="beside">{texts.phone}</small>
          <small>
            <time dateTime={texts.instant}>{texts.when}</time>
            {' · '}
            <code>{texts.reference}</code>
          </small>
          <StatusChip face={face} locale={locale} />
        </span>
        <span class="figures">
          <span class="amount">{texts.amount}</span>
          {hasFee ? <small>{texts.fee}</small> : null}
        </span>
      </a>
    );
  },
);

function OnePayment({ frame, line }: { readonly frame: Frame; readonly line: HistoryLine }) {
  const { locale, timeZone } = frame;
  const { direction, method, face, fee, amount } = line;
  const signed = direction === 'in' ? amount : money(-amount.amount, amount.currency);
  return drawLine(
    { direction, method, face, locale, hasFee: fee !== undefined },
    {
      href: hrefOf(line),
      phone: line.phoneText,
      instant: line.createdAt.toISOString(),
      when: formatDateTime(line.createdAt, locale, timeZone),
      reference: line.reference,
      amount: signedText(signed, locale),
      fee: fee === undefined ? '' : wordsFor(locale).history.fee(moneyText(fee, 'page', locale)),
    },
  );
}
