/**
 * Reads the search of an address: what was typed, and what it means. What cannot be read narrows nothing.
 */
import { after, DAY_MS } from '../../../../ground/clock.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import { type PaymentSearch, understand } from '../../../../oversight/payments/payment-search.ts';
import type { Country } from '../../../../people/country.ts';
import type { PaymentState } from '../../../../rails/payments/payment.ts';
import { METHODS } from '../../../../rails/provider.ts';
import { given } from '../../given.ts';
import { wordsFor } from '../../words/words.ts';
import type { SearchFields } from './list-page.tsx';

export const SEARCH_FIELDS = ['q', 'amount', 'state', 'method', 'direction', 'from', 'until'] as const;

export function readSearch(fields: SearchFields, country: Country): Omit<PaymentSearch, 'limit' | 'after'> {
  const amount = fields.amount === undefined ? undefined : parseAmount(fields.amount, 'XOF');
  const { direction } = fields;
  const until = dayOf(fields.until);
  return given({
    sought: understand(fields.q, country),
    amount: amount?.ok === true ? amount.value.amount : undefined,
    state: stateOf(fields.state),
    method: METHODS.find((method) => method === fields.method),
    direction: direction === 'in' || direction === 'out' ? direction : undefined,
    from: dayOf(fields.from),
    until: until && after(until, DAY_MS),
  }) as Omit<PaymentSearch, 'limit' | 'after'>;
}

function stateOf(text: string | undefined): PaymentState | undefined {
  const { states } = wordsFor('en').console;
  return text !== undefined && Object.hasOwn(states, text) ? (text as PaymentState) : undefined;
}

/** Midnight of a day in Abidjan, which is UTC. */
function dayOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? undefined : day;
}
