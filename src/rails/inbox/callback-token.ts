/**
 * Makes and reads the unguessable part of a payment's own callback address.
 *
 * A provider that takes no reference of ours and loses its answer can still be matched: its callback comes to an
 * address that only it was told. The token is the payment's id with 128 bits of its keyed hash, so nothing is stored.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../ground/identifiers.ts';

export function makeCallbackToken(key: Uint8Array, paymentId: string): string {
  return `${paymentId}.${seal(key, paymentId)}`;
}

/** The payment that the token names, or nothing when the token is not ours. */
export function readCallbackToken(key: Uint8Array, token: string): string | undefined {
  const [paymentId, given, ...rest] = token.split('.');
  if (!isId('pay', paymentId) || given === undefined || rest.length > 0) return undefined;
  const expected = Buffer.from(seal(key, paymentId));
  const offered = Buffer.from(given);
  if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return undefined;
  return paymentId;
}

function seal(key: Uint8Array, paymentId: string): string {
  return createHmac('sha256', key).update(paymentId).digest('hex').slice(0, 32);
}
