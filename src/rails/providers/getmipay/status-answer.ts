/**
 * Reads what GetMiPay says about a payment now.
 *
 * Only this answer settles money, so it is believed only when it speaks of the payment that was asked about. An amount
 * without its currency is unreadable rather than assumed: XAF francs and XOF francs look alike and are not the same.
 */
import { isCurrency } from '../../../ground/money/currency.ts';
import type { Money } from '../../../ground/money/money.ts';
import type { Direction, Environment, ProviderReferences, StatusAnswer } from '../../provider.ts';
import { amountIfReadable, readAmount } from './amount-grammar.ts';
import type { AuthorisedOutcome } from './authorised-api.ts';
import { masked } from './evidence.ts';
import { field, flagOf, type Json, parseJson, referenceOf, textOf } from './json-text.ts';
import { refusalWords } from './rejection.ts';
import { translateStatus } from './status-word.ts';

export interface Question {
  readonly direction: Direction;
  readonly references: ProviderReferences;
  readonly environment: Environment;
}

export function readStatusAnswer(outcome: AuthorisedOutcome, question: Question): StatusAnswer {
  if (outcome.outcome !== 'response') return unavailable(outcome.evidence);
  const { status, text } = outcome;
  if (status === 404) return { found: 'no' };
  const body = parseJson(text);
  const refused = status === 400 || status === 422 || flagOf(field(body, 'success')) === false;
  if (refused && status < 500 && saysNotFound(refusalWords(body))) return { found: 'no' };
  if (status < 200 || status > 299) return unavailable(`http-${status}`);
  if (body === undefined) return unavailable(`unreadable-${status}`);
  if (refused) return unavailable(masked(`http-${status} ${refusalWords(body)}`));
  return readFound(field(body, 'data') ?? body, question);
}

function readFound(inner: Json, { direction, references, environment }: Question): StatusAnswer {
  const word = textOf(field(inner, 'status'));
  if (word === undefined) return unavailable('no-status');
  const named = readNames(inner);
  const ours = [references.reference, references.upstreamReference];
  if (named.length > 0 && !named.some((name) => ours.includes(name))) return unavailable('another-payment');
  const learned = references.upstreamReference ?? referenceOf(field(inner, 'pay_id', 'soleaspay_reference'));
  const paid = readPaid(inner);
  const fee = paid === undefined || paid === 'unreadable' ? undefined : readFee(inner, paid);
  return {
    found: 'yes',
    status: translateStatus(word, direction),
    word: masked(word).slice(0, 40),
    ...(paid === undefined ? {} : { paid }),
    ...(fee === undefined ? {} : { fee }),
    references: learned === undefined ? references : { ...references, upstreamReference: learned },
    // The answer comes from the address and the keys of one world: that is what it speaks of.
    environment,
  };
}

const NAMES = ['order_id', 'pay_id', 'transaction_reference', 'reference', 'soleaspay_reference'];

function readNames(inner: Json): readonly string[] {
  return NAMES.flatMap((name) => referenceOf(field(inner, name)) ?? []);
}

function readPaid(inner: Json): Money | 'unreadable' | undefined {
  const written = field(inner, 'amount');
  if (written === undefined) return undefined;
  const currency = field(inner, 'currency');
  return isCurrency(currency) ? readAmount(written, currency) : 'unreadable';
}

function readFee(inner: Json, paid: Money): Money | undefined {
  const fee = amountIfReadable(field(inner, 'fee_amount'), paid.currency);
  return fee !== undefined && fee.amount <= paid.amount ? fee : undefined;
}

/** About the payment itself: a service or a path that is not found says nothing about it. */
function saysNotFound(words: string): boolean {
  const plain = words.toLowerCase().replace(/[_-]/g, ' ');
  return (
    /\bnot found\b|\bdoes not exist\b|\bintrouvable\b|\binexistante?\b|\bno such\b/.test(plain) &&
    !/\b(service|route|endpoint|path|merchant|marchand)\b/.test(plain)
  );
}

function unavailable(evidence: string): StatusAnswer {
  return { found: 'unavailable', evidence };
}
