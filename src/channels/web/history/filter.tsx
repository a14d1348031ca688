/**
 * Narrows the history by direction, status and period, by a GET form: the address says what is shown and can be kept.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { drawnOnce } from '../parts/drawn-once.ts';
import { paths } from '../paths.ts';
import type { Words } from '../words/fr.ts';
import { wordsFor } from '../words/words.ts';

export type DirectionFilter =
  | 'all' // both
  | 'in' // deposits
  | 'out'; // withdrawals

export type StatusFilter =
  | 'all' // whatever became of it
  | 'pending' // may still arrive
  | 'succeeded' // arrived where it should
  | 'failed' // it did not arrive, or came back
  | 'review'; // a person must look at it

export type PeriodFilter =
  | 'all' // since the beginning
  | 'today' // since midnight
  | '7d' // the last seven days
  | '30d' // the last thirty days
  | 'this-month' // since the first of the month
  | 'last-month'; // the whole month before

export interface HistoryFilters {
  readonly direction: DirectionFilter;
  readonly status: StatusFilter;
  readonly period: PeriodFilter;
}

const DIRECTIONS: Readonly<Record<DirectionFilter, keyof Words['history']>> = {
  all: 'anyDirection',
  in: 'deposits',
  out: 'withdrawals',
};

const STATUSES: Readonly<Record<StatusFilter, keyof Words['history']>> = {
  all: 'anyStatus',
  pending: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  review: 'review',
};

const PERIODS: Readonly<Record<PeriodFilter, keyof Words['history']>> = {
  all: 'all',
  today: 'today',
  '7d': 'week',
  '30d': 'month',
  'this-month': 'thisMonth',
  'last-month': 'lastMonth',
};

/** The filters of a query string; a word that is not one of ours means "all". */
export function readFilters(query: {
  readonly direction?: unknown;
  readonly status?: unknown;
  readonly period?: unknown;
}): HistoryFilters {
  return {
    direction: oneOf(DIRECTIONS, query.direction),
    status: oneOf(STATUSES, query.status),
    period: oneOf(PERIODS, query.period),
  };
}

interface FilterFormProps {
  readonly locale: Locale;
  readonly filters: HistoryFilters;
}

function nameOf({ locale, filters }: FilterFormProps): string {
  return `${filters.direction} ${filters.status} ${filters.period} ${locale}`;
}

export const FilterForm = drawnOnce(nameOf, ({ locale, filters }) => {
  const words = wordsFor(locale).history;
  return (
    <form method="get" action={paths.history} class="filter">
      <Choice
        name="direction"
        label={words.direction}
        chosen={filters.direction}
        options={DIRECTIONS}
        words={words}
      />
      <Choice name="status" label={words.status} chosen={filters.status} options={STATUSES} words={words} />
      <Choice name="period" label={words.period} chosen={filters.period} options={PERIODS} words={words} />
      <button type="submit">{words.filter}</button>
    </form>
  );
});

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: Readonly<Record<string, keyof Words['history']>>;
  readonly words: Words['history'];
}

function Choice({ name, label, chosen, options, words }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        {Object.entries(options).map(([value, key]) => (
          <option key={value} value={value} selected={value === chosen}>
            {String(words[key])}
          </option>
        ))}
      </select>
    </div>
  );
}

function oneOf<K extends string>(options: Readonly<Record<K, unknown>>, word: unknown): K | 'all' {
  return typeof word === 'string' && Object.hasOwn(options, word) ? (word as K) : 'all';
}
