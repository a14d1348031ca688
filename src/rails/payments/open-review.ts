/**
 * Gives a payment to people: machines may not decide it.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { insertReview } from './review.rows.ts';

export interface ReviewToOpen {
  readonly payment: Payment;
  readonly reason: string;
  /** What the reviewers need to know, as text. */
  readonly facts?: Readonly<Record<string, string>>;
  /** When the provider is asked again meanwhile; absent when there is nothing to ask about. */
  readonly nextActionAt?: Date;
}

export async function openReview(tx: Tx, ground: Ground, review: ReviewToOpen): Promise<void> {
  const { payment, reason } = review;
  await markPayment(tx, payment.id, { state: 'review', reason, nextActionAt: review.nextActionAt ?? null });
  await insertReview(tx, {
    id: ground.ids.next('rev'),
    paymentId: payment.id,
    reason,
    openedAt: ground.clock.now(),
  });
  await recordEvent(tx, ground, {
    name: 'payment.reviewed',
    subjectId: payment.id,
    facts: { ...review.facts, reason },
  });
}
