/**
 * Reads from GetMiPay's free words why it said no, when they say it clearly.
 *
 * No catalogue of error codes exists, so the reading is cautious: a sentence that fits no rule is `UNSPECIFIED`, and
 * a refusal that speaks of something still under way is no refusal at all (`open`), because the money may be moving.
 * For a pay-out, words that tell of a failure without its cause are `open` too: what failed may have failed afterwards.
 */
import type { Direction, RejectionCode } from '../../provider.ts';
import { field, type Json, textOf } from './json-text.ts';

/** The words of a refusal, from the fields in which clients have met them; empty when there are none. */
export function refusalWords(body: Json | undefined): string {
  const places = [body, field(body, 'data'), field(body, 'error')];
  const words = places.flatMap((place) =>
    ['error_code', 'code', 'message', 'error'].map((name) => textOf(field(place, name)) ?? ''),
  );
  return [...new Set(words.filter((word) => word !== ''))].join(' · ');
}

const STILL_OPEN =
  /\btime[ -]?d?[ -]?out\b|\bprocessing\b|\bin progress\b|\bpending\b|\ben cours\b|\ben attente\b|\balready\b|\bduplicate|\bdeja\b|\bdoublon/;

/** Something went wrong somewhere; when, nobody says. */
const FAILED_SOMEHOW =
  /\b(fail(ed|s|ure)?|echec|echoue[er]?|errors?|erreurs?|went wrong|unexpected|inattendue?|try again|reessayez|exception)\b/;
/** The request itself was at fault, so it was not taken in. */
const NOT_TAKEN_IN =
  /\b(validation|invalid|invalide|required|requise?|obligatoire|must|doit|missing|malformed)\b/;

/** `open` when the words do not exclude that the payment lives. */
export function readRejection(words: string, direction: Direction): RejectionCode | 'open' {
  const plain = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[_-]/g, ' ');
  if (STILL_OPEN.test(plain)) return 'open';
  const rule = RULES.find(({ when }) => when.every((pattern) => pattern.test(plain)));
  if (rule !== undefined) return rule[direction];
  const isVague = FAILED_SOMEHOW.test(plain) && !NOT_TAKEN_IN.test(plain);
  return direction === 'out' && isVague ? 'open' : 'UNSPECIFIED';
}

interface Rule {
  readonly when: readonly RegExp[];
  readonly in: RejectionCode;
  readonly out: RejectionCode | 'open';
}

const MONEY = /\b(balance|funds?|solde|fonds|provision|wallet|compte)\b/;
const NUMBER = /\b(number|phone|msisdn|wallet|numero|telephone|subscriber|abonne|payer|customer|client)\b/;
const AMOUNT = /\b(amount|montant)\b/;

/** The first that fits counts: the narrow ones stand before the wide ones. */
const RULES: readonly Rule[] = [
  {
    when: [
      /\b(api ?keys?|unauthori[sz]ed|not authori[sz]ed|kyc|merchant (is )?(inactive|blocked|suspended))\b/,
    ],
    in: 'AUTH_CONFIG',
    out: 'AUTH_CONFIG',
  },
  { when: [/\botp\b/, /\b(expired?|expiree?)\b/], in: 'OTP_EXPIRED', out: 'OTP_EXPIRED' },
  { when: [/\botp\b/], in: 'OTP_INVALID', out: 'OTP_INVALID' },
  { when: [/\binsuff?i[sc]/, MONEY], in: 'INSUFFICIENT_FUNDS', out: 'FLOAT_INSUFFICIENT' },
  { when: [AMOUNT, /\b(multiple|step|palier)\b/], in: 'AMOUNT_STEP', out: 'AMOUNT_STEP' },
  {
    when: [
      AMOUNT,
      /\b(min|max|minimum|maximum|least|most|exceeds?|limits?|range|invalid|invalide|low|high)\b/,
    ],
    in: 'AMOUNT_OUT_OF_RANGE',
    out: 'AMOUNT_OUT_OF_RANGE',
  },
  // Too many calls, which says nothing about the one before this answer.
  { when: [/\b(rate limit|too many requests|trop de requetes)/], in: 'RAIL_DOWN', out: 'open' },
  { when: [/\b(limits?|plafond|ceiling)\b/], in: 'PAYER_LIMIT', out: 'WALLET_LIMIT' },
  {
    when: [/\b(currency|devise)\b/, /\b(invalid|invalide|unsupported|not supported|must)\b/],
    in: 'CURRENCY_UNSUPPORTED',
    out: 'CURRENCY_UNSUPPORTED',
  },
  {
    when: [
      NUMBER,
      /\b(not found|not registered|unknown|does not exist|introuvable|inconnue?|n'existe pas)\b/,
    ],
    in: 'PAYER_NOT_FOUND',
    out: 'RECIPIENT_NOT_FOUND',
  },
  {
    when: [
      /\b(number|phone|msisdn|wallet|numero|telephone)\b/,
      /\b(invalid|invalide|incorrecte?|wrong|format)\b/,
    ],
    in: 'INVALID_MSISDN',
    out: 'INVALID_MSISDN',
  },
  {
    when: [NUMBER, /\b(blocked|suspended|inactive|closed|bloquee?|suspendue?|inactif|fermee?)\b/],
    in: 'UNSPECIFIED',
    out: 'RECIPIENT_BLOCKED',
  },
  {
    when: [/\bservice\b/, /\b(does not accept|not allowed|not supported|n'accepte pas)\b/],
    in: 'RAIL_DOWN',
    out: 'RAIL_DOWN',
  },
  { when: [/\bmaintenance\b/], in: 'RAIL_DOWN', out: 'RAIL_DOWN' },
  // Unavailable before the money left, or after: the words do not say.
  { when: [/\b(service unavailable|indisponible)\b/], in: 'RAIL_DOWN', out: 'open' },
];
