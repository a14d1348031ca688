/**
 * Keeps of an answer what an operator may read: its HTTP status, how long it took, and an excerpt of its body.
 *
 * The excerpt is made from a list of what may be shown, not from a list of what must be hidden: a field that the provider
 * adds tomorrow, with a name or a number in it, is named and not shown.
 */
import type { AnswerTrace } from '../../provider.ts';
import type { AuthorisedOutcome } from './authorised-api.ts';
import { masked } from './evidence.ts';
import { isObject, type Json, type JsonObject, NumberLiteral, parseJson, textOf } from './json-text.ts';

/** Names of the payment, which we know already or are about to learn. */
const REFERENCES = new Set([
  'order_id',
  'pay_id',
  'transaction_reference',
  'reference',
  'soleaspay_reference',
]);
const AMOUNTS = new Set(['amount', 'fee_amount', 'net_amount', 'fees']);
/** Words of the provider, masked like all evidence. */
const WORDS = new Set(['status', 'message', 'error', 'code', 'currency', 'operation', 'service']);
const LONGEST = 400;
const DEEPEST = 3;

export function traceOf(outcome: AuthorisedOutcome, took_ms: number): AnswerTrace {
  if (outcome.outcome !== 'response') return { took_ms, excerpt: '' };
  return { httpStatus: outcome.status, took_ms, excerpt: excerptOf(outcome.text) };
}

export function excerptOf(text: string): string {
  const body = parseJson(text);
  return (isObject(body) ? objectText(body, 1) : masked(text)).slice(0, LONGEST);
}

function objectText(object: JsonObject, depth: number): string {
  return `{${Object.entries(object)
    .map(([name, value]) => `${masked(name)}: ${valueText(name.toLowerCase(), value, depth)}`)
    .join(', ')}}`;
}

function valueText(name: string, value: Json, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (isObject(value)) return depth < DEEPEST ? objectText(value, depth + 1) : '…';
  const text = textOf(value);
  if (text === undefined) return '…';
  if (AMOUNTS.has(name) && /^-?\d{1,9}(\.\d{1,4})?$/.test(text)) return text;
  if (REFERENCES.has(name) && /^[A-Za-z][\w.:-]{0,63}$/.test(text)) return text;
  return WORDS.has(name) && !(value instanceof NumberLiteral && text.length > 3) ? masked(text) : '…';
}
