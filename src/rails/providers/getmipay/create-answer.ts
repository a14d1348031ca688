/**
 * Reads what became of a create: accepted, rejected, or unknown.
 *
 * Rejected needs proof that no payment was made; accepted needs a reference that can be asked about. Whatever is
 * between (a page of HTML, an empty 200, a 409, a 429, a cut-off text) is unknown: the payer's phone may be ringing.
 *
 * A pay-out asks for more proof. A deposit that was wrongly read as refused can still be credited; a pay-out that was
 * wrongly read as refused gives the money back to somebody who has it already.
 */
import type { Currency } from '../../../ground/money/currency.ts';
import { isSameMoney, type Money, subtract } from '../../../ground/money/money.ts';
import type {
  CreateAnswer,
  Direction,
  Environment,
  PayerAction,
  ProviderStatus,
  RejectionCode,
} from '../../provider.ts';
import { amountIfReadable } from './amount-grammar.ts';
import type { AuthorisedOutcome } from './authorised-api.ts';
import { masked } from './evidence.ts';
import { field, flagOf, isObject, type Json, parseJson, referenceOf, textOf } from './json-text.ts';
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
  if (status >= 200 && status < 300) {
    if (body === undefined) return lost(text.trim() === '' ? `empty-${status}` : `unreadable-${status}`);
    return flagOf(field(body, 'success')) === false
      ? readRefusal(body, status, asked)
      : readAcceptance(body, status, asked);
  }
  // A door keeper in front of the API answers 403 too; for a deposit nothing is lost by believing it.
  if (status === 403 && asked.direction === 'in') {
    return { answer: 'rejected', code: 'AUTH_CONFIG', detail: 'http-403' };
  }
  return isRefusal(status, body, asked.direction) ? readRefusal(body, status, asked) : lost(`http-${status}`);
}

/** Whether an answer outside 2xx says no for itself. */
function isRefusal(status: number, body: Json | undefined, direction: Direction): boolean {
  if (status < 400 || status > 499 || NEVER_A_REFUSAL.includes(status)) return false;
  const success = flagOf(field(body, 'success'));
  if (success === false) return true;
  if (!isValidation(status)) return false;
  // The API answers in JSON: another page is from somebody in between, and a yes with a 400 is no clear no.
  return direction === 'in' || (isObject(body) && success === undefined);
}

/** The two codes by which the API says that a request was not even taken in. */
function isValidation(status: number): boolean {
  return status === 400 || status === 422;
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
  if (code === 'open') return lost(detail);
  if (asked.direction === 'out' && !provesNothingMoved(code, status, body)) return lost(detail);
  return { answer: 'rejected', code, detail };
}

/** Fields that name a transaction, though not in the way in which GetMiPay could be asked about it. */
const TRACES = ['soleaspay_reference', 'order_id', 'pay_id', 'reference', 'transaction_id'];

/** A refused pay-out is believed with a cause that excludes its execution, and without a trace of one. */
function provesNothingMoved(code: RejectionCode, status: number, body: Json | undefined): boolean {
  const details = field(body, 'data');
  if (TRACES.some((name) => referenceOf(field(details ?? body, name)) !== undefined)) return false;
  const word = textOf(field(details, 'status'));
  if (word !== undefined && translateStatus(word, 'out') !== 'failed') return false;
  return code !== 'UNSPECIFIED' || isValidation(status);
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
    ...readFee(inner, asked),
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
function readFee(inner: Json | undefined, { amount, direction }: Asked): { fee?: Money; net?: Money } {
  const currency: Currency = amount.currency;
  if ((textOf(field(inner, 'currency')) ?? currency) !== currency) return {};
  const fee = amountIfReadable(field(inner, 'fee_amount'), currency);
  if (fee === undefined || fee.amount > amount.amount) return {};
  // A pay-out's fee is taken besides the amount, not out of it: the recipient gets what was asked.
  if (direction === 'out') return { fee };
  const net = subtract(amount, fee);
  const told = field(inner, 'net_amount');
  const toldNet = amountIfReadable(told, currency);
  if (told !== undefined && (toldNet === undefined || !isSameMoney(toldNet, net))) return {};
  return { fee, net };
}

function lost(evidence: string): CreateAnswer {
  return { answer: 'unknown', phase: 'lost', evidence };
}
