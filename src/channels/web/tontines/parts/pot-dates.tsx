/**
 * Lists rounds with their day, who receives, and how much: the calendar of a tontine.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';

export interface PotDate {
  readonly number: number;
  /** As `2026-04-05`. */
  readonly day: string;
  /** Absent while it is not decided, or where nobody is served. */
  readonly recipients?: readonly string[];
  readonly pot: Money;
  readonly is:
    | 'past' // served
    | 'present' // open now
    | 'coming';
  /** One's own turn. */
  readonly mine?: boolean;
}

export function PotDates({ frame, dates }: { readonly frame: Frame; readonly dates: readonly PotDate[] }) {
  const words = wordsFor(frame.locale).tontines.dates;
  return (
    <ol class="dates">
      {dates.map((date) => (
        <li key={date.number} class={`${date.is}${date.mine ? ' mine' : ''}`}>
          <span class="number">{date.number}</span>
          <span>
            {date.recipients === undefined ? null : (
              <strong>
                {date.recipients.length === 0 ? words.nobody : date.recipients.join(', ')}
                {date.mine ? ` · ${words.mine}` : ''}
              </strong>
            )}{' '}
            <small>
              {formatDay(date.day, frame.locale)}
              {date.is === 'coming' ? '' : ` · ${words[date.is]}`}
            </small>
          </span>
          <Amount value={date.pot} locale={frame.locale} />
        </li>
      ))}
    </ol>
  );
}
