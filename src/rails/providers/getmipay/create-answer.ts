/**
 * Reads what became of a create: accepted, rejected, or unknown.
 *
 * Rejected needs proof that no payment was made; accepted needs a reference that can be asked about. Whatever is
 * between (a page of HTML, an empty 200, a 409, a 429, a cut-off text) is unknown: the payer's phone may be ringing.
 */
import type { Currency } from '../../../ground/money/currency.ts';
import { isSameMoney, type Money, subtract } from '../../../ground/money/money.ts';
import type { CreateAnswer, Direction, Environment, PayerAction, ProviderStatus } from '../../provider.ts';
import { amountIfReadable } from './amount-grammar.ts';
import type { AuthorisedOutcome } from './authorised-api.ts';
import { masked } from './evidence.ts';
import { field, flagOf, type Json, parseJson, referenceOf, textOf } from './json-text.ts';
import { readRejection, refusalWords } from './rejection.ts';
import { translateStatus } from './status-word.ts';

/** What was asked for, as far as reading the answer needs it. */
export interface Asked {
  readonly direction: Direction;
  readonly amount: Money;
  readonly environment: Environment;
  /** Texts that must not remain in the evidence: number, code, name. */
  readonly privateTexts: readonly string[];
}

/** Codes that leave open whether the payment was made, whatever the body says. */
const NEVER_A_REFUSAL: readonly number[] = [408, 409, 425, 429];

export function readCreateAnswer(outcome: AuthorisedOutcome, asked: Asked): CreateAnswer {
  if (outcome.outcome === 'unauthorised') {
    return { answer: 'rejected', code: 'AUTH_CONFIG', detail: outcome.evidence };
  }
  if (outcome.outcome !== 'response') {
    return { answer: 'unknown', phase: outcome.outcome, evidence: outcome.evidence };
  }
  const { status, text } = outcome;
  const body = parseJson(text);
  if (status === 403) return { answer: 'rejected', code: 'AUTH_CONFIG', detail: 'http-403' };
  if (status >= 200 && status < 300) {
    if (body === undefined) return lost(text.trim() === '' ? `empty-${status}` : `unreadable-${status}`);
    return flagOf(field(body, 'success')) === false
      ? readRefusal(body, status, asked)
      : readAcceptance(body, status, asked);
  }
  const saysNo = status === 400 || status === 422 || flagOf(field(body, 'success')) === false;
  if (status >= 400 && status < 500 && saysNo && !NEVER_A_REFUSAL.includes(status)) {
    return readRefusal(body, status, asked);
  }
  return lost(`http-${status}`);
}

function readAcceptance(body: Json, status: number, asked: Asked): CreateAnswer {
  const inner = field(body, 'data') ?? body;
  const reference = referenceOf(field(inner, 'transaction_reference'));
  if (reference === undefined) return lost(`no-reference-${status}`);
  const word = textOf(field(inner, 'status'));
  return accepted(
    reference,
    inner,
    word === undefined ? 'pending' : translateStatus(word, asked.direction),
    asked,
  );
}

function readRefusal(body: Json | undefined, status: number, asked: Asked): CreateAnswer {
  const inner = field(body, 'data') ?? body;
  const reference = referenceOf(field(inner, 'transaction_reference'));
  // A refusal that names a transaction is no proof that none was made: the status call tells what became of it.
  if (reference !== undefined) return accepted(reference, inner, 'unrecognised', asked);
  const words = refusalWords(body);
  const code = readRejection(words, asked.direction);
  const detail = masked(`http-${status} ${words}`, asked.privateTexts);
  return code === 'open' ? lost(detail) : { answer: 'rejected', code, detail };
}

function accepted(
  reference: string,
  inner: Json | undefined,
  status: ProviderStatus,
  asked: Asked,
): CreateAnswer {
  const upstreamReference = referenceOf(field(inner, 'soleaspay_reference'));
  return {
    answer: 'accepted',
    references: upstreamReference === undefined ? { reference } : { reference, upstreamReference },
    action: readAction(inner, asked.environment),
    status,
    ...readFee(inner, asked.amount),
  };
}

/** Only a web address is followed, and only an encrypted one where money is real. */
function readAction(inner: Json | undefined, environment: Environment): PayerAction {
  const url = textOf(field(inner, 'payment_url'));
  const protocol = url !== undefined && URL.canParse(url) ? new URL(url).protocol : '';
  const follows = protocol === 'https:' || (protocol === 'http:' && environment === 'sandbox');
  return url !== undefined && follows ? { kind: 'redirect', url } : { kind: 'approve-on-phone' };
}

/** Fee and net together or not at all: two figures that do not add up to what was asked prove nothing. */
function readFee(inner: Json | undefined, amount: Money): { fee?: Money; net?: Money } {
  const currency: Currency = amount.currency;
  if ((textOf(field(inner, 'currency')) ?? currency) !== currency) return {};
  const fee = amountIfReadable(field(inner, 'fee_amount'), currency);
  if (fee === undefined || fee.amount > amount.amount) return {};
  const net = subtract(amount, fee);
  const told = field(inner, 'net_amount');
  const toldNet = amountIfReadable(told, currency);
  if (told !== undefined && (toldNet === undefined || !isSameMoney(toldNet, net))) return {};
  return { fee, net };
}

function lost(evidence: string): CreateAnswer {
  return { answer: 'unknown', phase: 'lost', evidence };
}
