/**
 * Holds the token that GetMiPay gives for our two keys, and renews it before it dies.
 *
 * However many calls need one at once, one is asked for. Its end of life is written in three ways by three sources
 * (ISO text, seconds, milliseconds): reading seconds as milliseconds lands in 1970 and asks for a token at each call.
 */
import { type Clock, HOUR_MS, MINUTE_MS } from '../../../ground/clock.ts';
import type { Api, ApiOutcome } from './api.ts';
import type { GetmipayConfiguration } from './configuration.ts';
import { field, flagOf, type Json, parseJson, textOf } from './json-text.ts';

/** Renewed this long before its end, so that no call travels with a token that dies on the way. */
const MARGIN_MS = 5 * MINUTE_MS;
/** When the end cannot be read; a token that dies earlier is renewed at the first 401. */
const ASSUMED_LIFE_MS = 12 * HOUR_MS;
const LONGEST_LIFE_MS = 24 * HOUR_MS;

export type TokenAnswer =
  | { readonly answer: 'token'; readonly token: string }
  | { readonly answer: 'refused'; readonly evidence: string } // our keys are wrong
  | { readonly answer: 'unreachable'; readonly evidence: string };

export interface Tokens {
  current(): Promise<TokenAnswer>;
  /** Another token than `rejected`, which the API no longer accepts. */
  renewed(rejected: string): Promise<TokenAnswer>;
}

export function openTokens(api: Api, configuration: GetmipayConfiguration, clock: Clock): Tokens {
  let kept: { readonly token: string; readonly until_ms: number } | undefined;
  let asking: Promise<TokenAnswer> | undefined;

  const ask = async (): Promise<TokenAnswer> => {
    const keys = { public_apikey: configuration.publicKey, private_secretkey: configuration.secretKey };
    const outcome = await api.read(
      { method: 'POST', path: configuration.paths.auth, headers: {}, json: JSON.stringify(keys) },
      // Its own deadline: the answer is for all who wait, not for the one who asked first.
      AbortSignal.timeout(configuration.totalTimeout_ms),
    );
    const now_ms = clock.now().getTime();
    const read = readToken(outcome, now_ms);
    if (read.answer === 'token') kept = { token: read.token, until_ms: read.end_ms - MARGIN_MS };
    return read;
  };
  const askOnce = (): Promise<TokenAnswer> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    current: async () =>
      kept !== undefined && clock.now().getTime() < kept.until_ms
        ? { answer: 'token', token: kept.token }
        : askOnce(),
    renewed: async (rejected) => {
      // Somebody else may have renewed it while this call was on its way.
      if (kept !== undefined && kept.token !== rejected) return { answer: 'token', token: kept.token };
      kept = undefined;
      return askOnce();
    },
  };
}

type ReadToken =
  | Exclude<TokenAnswer, { answer: 'token' }>
  | { answer: 'token'; token: string; end_ms: number };

function readToken(outcome: ApiOutcome, now_ms: number): ReadToken {
  if (outcome.outcome !== 'response') return { answer: 'unreachable', evidence: `auth-${outcome.evidence}` };
  const { status, text } = outcome;
  const evidence = `auth-http-${status}`;
  const body = parseJson(text);
  const ours = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (ours || (status < 300 && flagOf(field(body, 'success')) === false))
    return { answer: 'refused', evidence };
  if (status < 200 || status > 299) return { answer: 'unreachable', evidence };
  const inner = field(body, 'data');
  const token = textOf(field(inner, 'token', 'access_token') ?? field(body, 'token', 'access_token'));
  // It travels in a header: anything but visible ASCII is not a token.
  if (token === undefined || !/^[\x21-\x7e]{1,8192}$/.test(token)) return { answer: 'unreachable', evidence };
  const end_ms = endOfLife_ms(field(inner, 'expires_at') ?? field(body, 'expires_at'));
  return {
    answer: 'token',
    token,
    end_ms: Math.min(end_ms ?? now_ms + ASSUMED_LIFE_MS, now_ms + LONGEST_LIFE_MS),
  };
}

/** Milliseconds since 1970, or nothing when it cannot be read. */
function endOfLife_ms(written: Json | undefined): number | undefined {
  const text = textOf(written);
  if (text === undefined) return undefined;
  if (/^[0-9]{9,11}(\.[0-9]+)?$/.test(text)) return Number(text) * 1000;
  if (/^[0-9]{12,14}$/.test(text)) return Number(text);
  // Without a zone the text would be read in this machine's: the provider writes UTC.
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  const end_ms = iso === null ? Number.NaN : Date.parse(`${iso[1]}T${iso[2]}${iso[3] ?? 'Z'}`);
  return Number.isNaN(end_ms) ? undefined : end_ms;
}
