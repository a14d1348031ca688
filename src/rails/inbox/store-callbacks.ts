/**
 * Keeps the bytes that a provider sent, as many callbacks as arrived together, in a few statements whatever their number.
 *
 * This is all that happens while the provider waits. A callback is a hint; what it claims is never applied. One whose
 * signature is wrong leaves its fingerprint only. One wake-up serves the whole set, because a job is a look at the rows.
 *
 * Refuses, each for itself: `callback-not-believed` when the signature is wrong, missing where one is required, or too old.
 */
import { recordEvents } from '../../ground/events/record-events.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import type { Rails } from '../rails.ts';
import { insertCallbacks } from './arriving-callback.rows.ts';
import type { CallbackArrival } from './callback-arrival.ts';

export const NOT_BELIEVED = refusal(
  'callback-not-believed',
  'denied',
  'Signature refusée.',
  'The signature was refused.',
);

/** One answer for each, in order. */
export async function storeCallbacks(
  tx: Tx,
  ground: Ground,
  { provider }: Rails,
  arrivals: readonly CallbackArrival[],
): Promise<Answer<'new' | 'again'>[]> {
  const stored = await insertCallbacks(
    tx,
    arrivals.map(({ request, verdict, fingerprint, paymentId }) => ({
      id: ground.ids.next('cbk'),
      provider: provider.name,
      environment: provider.environment,
      fingerprint,
      body: verdict.verdict === 'invalid' ? undefined : request.body,
      contentType: request.contentType.slice(0, 100),
      verdict,
      paymentId,
      receivedAt: request.receivedAt,
    })),
  );
  const events = arrivals.flatMap(({ verdict, paymentId }, place) =>
    verdict.verdict === 'invalid' && stored[place] === 'new'
      ? [
          {
            name: 'callback.rejected' as const,
            subjectId: paymentId ?? provider.name,
            facts: { reason: verdict.reason },
          },
        ]
      : [],
  );
  await recordEvents(tx, ground, events);
  if (arrivals.some(({ verdict }) => verdict.verdict !== 'invalid')) {
    await ground.queue.enqueue(tx, PROCESS_CALLBACKS);
  }
  return arrivals.map(({ verdict }, place) =>
    verdict.verdict === 'invalid' ? refused(NOT_BELIEVED) : accepted(stored[place] ?? 'again'),
  );
}
