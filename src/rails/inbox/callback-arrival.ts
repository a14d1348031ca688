/**
 * Is a callback at the door: its bytes, whether it is believed, and what makes two deliveries one.
 *
 * It is judged once, before it waits for anything, so that what nobody believes cannot take the place of what is signed.
 */
import { createHash } from 'node:crypto';
import type { CallbackRequest, CallbackVerdict, Provider } from '../provider.ts';

export interface CallbackArrived {
  readonly request: CallbackRequest;
  /** The payment whose own address was called, when the token in it is ours. */
  readonly paymentId: string | undefined;
}

export interface CallbackArrival extends CallbackArrived {
  readonly verdict: CallbackVerdict;
  readonly fingerprint: string;
}

export function readArrival(
  provider: Pick<Provider, 'verifyCallback'>,
  arrived: CallbackArrived,
): CallbackArrival {
  const verdict = provider.verifyCallback(arrived.request);
  const fingerprint = fingerprintOf(arrived.request.body, arrived.paymentId, verdict.verdict !== 'invalid');
  return { ...arrived, verdict, fingerprint };
}

/** The bytes and the address decide whether two deliveries are one; a refused one never shadows a believed one. */
export function fingerprintOf(body: Uint8Array, paymentId: string | undefined, believed: boolean): string {
  return createHash('sha256')
    .update(`${believed ? 'believed' : 'refused'} ${paymentId ?? ''} `)
    .update(body)
    .digest('hex');
}
