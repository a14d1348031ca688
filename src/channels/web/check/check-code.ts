/**
 * Makes and reads the code by which anyone can check a receipt.
 *
 * It is the payment's id with 60 bits of its keyed hash: a receipt cannot be invented, and the numbers of other
 * people's receipts cannot be walked through.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../ground/identifiers.ts';

export function makeCheckCode(key: Uint8Array, paymentId: string): string {
  return `${paymentId.slice('pay_'.length)}-${seal(key, paymentId)}`;
}

/** The payment that the code names, or nothing when the code was not made here. */
export function readCheckCode(key: Uint8Array, code: string): string | undefined {
  const [tail, given, ...rest] = code.split('-');
  const paymentId = `pay_${tail}`;
  if (!isId('pay', paymentId) || given === undefined || rest.length > 0) return undefined;
  const expected = Buffer.from(seal(key, paymentId));
  const offered = Buffer.from(given);
  if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return undefined;
  return paymentId;
}

function seal(key: Uint8Array, paymentId: string): string {
  return createHmac('sha256', key).update(`receipt ${paymentId}`).digest('hex').slice(0, 15);
}
