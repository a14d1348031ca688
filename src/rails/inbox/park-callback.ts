/**
 * Puts a callback aside that cannot be followed up yet, and gives up what nobody will ever be able to.
 *
 * A callback may come before our own transaction has committed (seconds, on some rails), so one that names nothing
 * known is looked at again for a day; it is never answered and forgotten.
 */
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import { markCallbackDone, markCallbackParked, type StoredCallback } from './provider-callback.rows.ts';

/** When a callback that cannot be followed up yet is looked at again. */
const RETRY_AFTER_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
];
/** For one that names nothing known: what our own transaction has not committed in a day, it never will. */
const GIVE_UP_AFTER_MS = DAY_MS;
/**
 * For one whose payment is known, while the provider does not answer or the payment is being sent: it may be the only
 * news of money that came or was taken back, so an outage of a day, ours or theirs, must not end it.
 */
export const GIVE_UP_ASKING_AFTER_MS = 30 * DAY_MS;

export async function parkCallback(
  tx: Tx,
  ground: Ground,
  callback: StoredCallback,
  paymentId: string | undefined,
  patience_ms = GIVE_UP_AFTER_MS,
): Promise<void> {
  const now = ground.clock.now();
  if (now.getTime() - callback.receivedAt.getTime() >= patience_ms) {
    await markCallbackDone(tx, callback.id, 'unmatched', paymentId, now);
    await recordEvent(tx, ground, { name: 'callback.unmatched', subjectId: callback.id });
    return;
  }
  const wait_ms = RETRY_AFTER_MS[Math.min(callback.tries, RETRY_AFTER_MS.length) - 1] ?? HOUR_MS;
  await lookAgain(tx, ground, callback, after(now, wait_ms));
}

export async function lookAgain(
  tx: Tx,
  ground: Ground,
  callback: StoredCallback,
  dueAt: Date,
): Promise<void> {
  await markCallbackParked(tx, callback.id, dueAt);
  await ground.queue.enqueue(tx, PROCESS_CALLBACKS, { startAfter: dueAt });
}
