/**
 * Decides whether a callback was signed by someone who knows our webhook secret.
 *
 * GetMiPay publishes the headers but not which bytes are signed: exactly the configured recipe is accepted, never
 * "any that fits". The bytes are those received, before any parser. Without a secret nothing is believed where money
 * is real, and an empty secret is a mistake that is refused everywhere.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallbackRequest, CallbackVerdict } from '../../provider.ts';
import type { GetmipayConfiguration, WebhookRecipe } from './configuration.ts';

const SIGNATURE_HEADER = 'x-getmipay-signature';
const TIMESTAMP_HEADER = 'x-getmipay-timestamp';

export type SignatureSettings = Pick<
  GetmipayConfiguration,
  'webhookSecret' | 'previousWebhookSecret' | 'webhookRecipe' | 'webhookTolerance_s' | 'environment'
>;

export function verifySignature(request: CallbackRequest, settings: SignatureSettings): CallbackVerdict {
  const { webhookSecret: current, previousWebhookSecret: previous, webhookRecipe: recipe } = settings;
  if (current === undefined) {
    return settings.environment === 'sandbox' ? { verdict: 'unsigned' } : invalid('no secret is configured');
  }
  if (isBlank(current)) return invalid('the configured secret is empty');

  // The shapes are exact: a header sent twice arrives joined by a comma, an oversized one has another length.
  const signature = /^sha256=([0-9a-f]{64})$/i.exec(request.headers[SIGNATURE_HEADER] ?? '')?.[1];
  if (signature === undefined) return invalid('the signature header is missing or malformed');
  const timestamp = request.headers[TIMESTAMP_HEADER];
  const timing = timestampProblem(timestamp, request.receivedAt, settings);
  if (timing !== undefined) return invalid(timing);

  const claimed = Buffer.from(signature, 'hex');
  const signs = (secret: string): boolean =>
    timingSafeEqual(claimed, sign(recipe, secret, timestamp ?? '', request.body));
  const byCurrent = signs(current);
  // Both are always computed, so that the time taken does not tell which secret was near.
  const byPrevious = previous !== undefined && !isBlank(previous) && signs(previous);
  if (byCurrent) return { verdict: 'verified', secret: 'current' };
  if (byPrevious) return { verdict: 'verified', secret: 'previous' };
  return invalid('the signature does not fit the body');
}

/** The headers that the provider would send with this body, for a test that plays the provider. */
export function signedHeaders(
  settings: Pick<SignatureSettings, 'webhookSecret' | 'webhookRecipe'>,
  body: Uint8Array,
  at: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  if (settings.webhookSecret === undefined) return { [TIMESTAMP_HEADER]: timestamp };
  const signature = sign(settings.webhookRecipe, settings.webhookSecret, timestamp, body).toString('hex');
  return { [SIGNATURE_HEADER]: `sha256=${signature}`, [TIMESTAMP_HEADER]: timestamp };
}

function sign(recipe: WebhookRecipe, secret: string, timestamp: string, body: Uint8Array): Buffer {
  const before: Readonly<Record<WebhookRecipe, string>> = {
    body: '',
    'timestamp.body': `${timestamp}.`,
    'timestamp-body': timestamp,
    'timestamp-lf-body': `${timestamp}\n`,
  };
  return createHmac('sha256', secret).update(before[recipe]).update(body).digest();
}

/** A signed timestamp is required; one that is merely sent along must still be near, which costs a replayer effort. */
function timestampProblem(
  timestamp: string | undefined,
  receivedAt: Date,
  { webhookRecipe, webhookTolerance_s }: SignatureSettings,
): string | undefined {
  if (timestamp === undefined) {
    return webhookRecipe === 'body' ? undefined : 'the timestamp header is missing';
  }
  if (!/^[0-9]{10}$/.test(timestamp)) return 'the timestamp header is malformed';
  const distance_ms = Math.abs(receivedAt.getTime() - Number(timestamp) * 1000);
  return distance_ms > webhookTolerance_s * 1000 ? 'the timestamp is too far from now' : undefined;
}

function isBlank(secret: string): boolean {
  return secret.trim() === '';
}

function invalid(reason: string): CallbackVerdict {
  return { verdict: 'invalid', reason };
}
