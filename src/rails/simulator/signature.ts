/**
 * Makes and checks the aggregator's signatures: on callbacks that it sends and on requests that it receives.
 *
 * Nobody outside knows which bytes the real callbacks sign, so the recipe is configuration here as it is in the
 * adapter. Request signatures are checked only when a client sends one; the newest official client no longer does.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which bytes a callback's signature covers; `timestamp` is in Unix seconds. */
export type WebhookRecipe =
  | 'body' // the body alone
  | 'timestamp.body' // the timestamp, a full stop, the body
  | 'timestamp-body' // the timestamp directly followed by the body
  | 'timestamp-lf-body'; // the timestamp, a line feed, the body

const LEADS: Readonly<Record<WebhookRecipe, (timestamp: string) => string>> = {
  body: () => '',
  'timestamp.body': (timestamp) => `${timestamp}.`,
  'timestamp-body': (timestamp) => timestamp,
  'timestamp-lf-body': (timestamp) => `${timestamp}\n`,
};

/** The lower-case hexadecimal HMAC-SHA256 of a callback, without its `sha256=` prefix. */
export function signCallback(body: string, timestamp: string, secret: string, recipe: WebhookRecipe): string {
  return createHmac('sha256', secret).update(LEADS[recipe](timestamp)).update(body).digest('hex');
}

/** What the official clients sign: `path` is relative to `/api/v1`, `body` the exact bytes sent. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly timestamp: string;
  readonly body: Uint8Array | string;
}

/** The lower-case hexadecimal HMAC-SHA256 that a client puts into `x-signature`. */
export function signRequest(request: SignedRequest, apiKey: string): string {
  return createHmac('sha256', apiKey)
    .update(`${request.method}\n${request.path}\n${request.timestamp}\n`)
    .update(request.body)
    .digest('hex');
}

/** Compares two secrets in constant time. */
export function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
