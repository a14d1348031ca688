/**
 * Keeps the bytes that a provider sent, and says whether they are believed enough to be looked at.
 *
 * This is all that happens while the provider waits: one row, answered within its patience. A callback is a hint; what
 * it claims is never applied. One whose signature is wrong leaves its fingerprint only.
 *
 * Refuses: `callback-not-believed` when the signature is wrong, missing where one is required, or too old.
 */
import { createHash } from 'node:crypto';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import type { CallbackRequest } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { insertCallback } from './provider-callback.rows.ts';

export const NOT_BELIEVED = refusal(
  'callback-not-believed',
  'denied',
  'Signature refusée.',
  'The signature was refused.',
);

export interface CallbackArrived {
  readonly request: CallbackRequest;
  /** The payment whose own address was called, when the token in it is ours. */
  readonly paymentId: string | undefined;
}

export async function storeCallback(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  arrived: CallbackArrived,
): Promise<Answer<'new' | 'again'>> {
  const { provider } = rails;
  const verdict = provider.verifyCallback(arrived.request);
  const believed = verdict.verdict !== 'invalid';
  const stored = await insertCallback(tx, {
    id: ground.ids.next('cbk'),
    provider: provider.name,
    environment: provider.environment,
    fingerprint: fingerprintOf(arrived.request.body, arrived.paymentId, believed),
    body: believed ? arrived.request.body : undefined,
    contentType: arrived.request.contentType.slice(0, 100),
    verdict,
    paymentId: arrived.paymentId,
    receivedAt: arrived.request.receivedAt,
  });
  if (!believed) {
    if (stored === 'new') {
      await recordEvent(tx, ground, {
        name: 'callback.rejected',
        subjectId: arrived.paymentId ?? provider.name,
        facts: { reason: verdict.reason },
      });
    }
    return refused(NOT_BELIEVED);
  }
  await ground.queue.enqueue(tx, PROCESS_CALLBACKS);
  return accepted(stored);
}

/** The bytes and the address decide whether two deliveries are one; a refused one never shadows a believed one. */
export function fingerprintOf(body: Uint8Array, paymentId: string | undefined, believed: boolean): string {
  return createHash('sha256')
    .update(`${believed ? 'believed' : 'refused'} ${paymentId ?? ''} `)
    .update(body)
    .digest('hex');
}
