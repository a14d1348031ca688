/**
 * Brings the next question to the provider forward because somebody is looking at the payment right now.
 *
 * At most once in three seconds per payment, however many pages are open: the provider counts our calls.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import { isInFlight } from './payment.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';

const AT_MOST_EVERY_MS = 3 * SECOND_MS;

/** True when a question was brought forward. */
export async function hastenEnquiry(tx: Tx, ground: Ground, paymentId: string): Promise<boolean> {
  const now = ground.clock.now();
  const payment = await lockPayment(tx, paymentId);
  if (payment === undefined || !isInFlight(payment) || payment.providerReference === undefined) return false;
  const last = payment.enquiredAt ?? payment.submittedAt ?? payment.createdAt;
  const soonest = after(last, AT_MOST_EVERY_MS);
  if (now < soonest || (payment.nextActionAt !== undefined && payment.nextActionAt <= now)) return false;
  await markPayment(tx, paymentId, { nextActionAt: now, enquiredAt: now });
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS);
  return true;
}
