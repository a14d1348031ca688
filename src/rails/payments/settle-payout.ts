/**
 * Applies what the provider says about one withdrawal whose row is locked: the part of `settle.ts` for money that
 * leaves.
 */
import { DAY_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { StatusAnswer } from '../provider.ts';
import { GIVEN_BACK, giveBack, isReleasedInReview } from './give-back.ts';
import { judgePayout, type PayoutJudgement } from './judge-payout.ts';
import { openReview } from './open-review.ts';
import { payLate } from './pay-late.ts';
import { markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';
import { nextPayoutEnquiryAt, REVIEW_AFTER_MS, SLOW_AFTER_MS } from './payout-schedule.ts';
import { lateReturnTransfers, payTransfers, returnTransfers } from './payout-settlement.ts';
import { markReviewClosed } from './review.rows.ts';

/** How long a closed withdrawal is still asked about, as a deposit that ended badly is. */
const ASKED_WHEN_CLOSED_MS = 7 * DAY_MS;

type Told = Readonly<Record<string, string>>;

export async function settlePayout(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  answer: StatusAnswer,
  told: Told,
): Promise<PayoutJudgement['decision']> {
  const isReleased = await isReleasedInReview(tx, payment);
  const judgement = judgePayout(payment, answer, isReleased);
  switch (judgement.decision) {
    case 'wait':
    case 'keep':
      await waitOn(tx, ground, payment);
      break;
    case 'pay':
      await pay(tx, ground, payment, judgement.providerFee, told);
      break;
    case 'release':
      await release(
        tx,
        ground,
        payment,
        told.word ?? 'failed',
        isReleased ? { ...told, ...GIVEN_BACK } : told,
      );
      break;
    case 'pay-late':
      await payLate(tx, ground, payment, judgement.providerFee, told);
      break;
    case 'return':
      await takeBack(tx, ground, payment, told);
      break;
    case 'review': {
      const { reason } = judgement;
      await openReview(tx, ground, {
        payment,
        reason,
        facts: told,
        nextActionAt: nextMoment(payment, ground),
      });
      break;
    }
    case 'contradiction':
      await waitOn(tx, ground, payment);
      await recordEvent(tx, ground, {
        name: 'payment.contradicted',
        subjectId: payment.id,
        facts: { ...told, sentence: judgement.sentence },
      });
      break;
  }
  return judgement.decision;
}

/** It arrived: the hold is spent. */
export async function pay(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  providerFee: bigint,
  told: Told,
): Promise<void> {
  const now = ground.clock.now();
  await markPayment(tx, payment.id, {
    state: 'succeeded',
    reason: null,
    fee: providerFee,
    credited: payment.amount,
    settledAt: now,
    enquiredAt: now,
    nextActionAt: null,
  });
  await markReviewClosed(tx, payment.id, 'settled-by-provider', now);
  await recordEvent(tx, ground, { name: 'payment.succeeded', subjectId: payment.id, facts: told });
  await postOrThrow(tx, ground, payTransfers(payment, providerFee, ground));
}

/** It did not happen, on the provider's own word: the hold is given back, once. */
export async function release(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  reason: string,
  told: Told,
): Promise<void> {
  const now = ground.clock.now();
  await markPayment(tx, payment.id, {
    state: 'failed',
    reason,
    settledAt: now,
    enquiredAt: now,
    nextActionAt: null,
  });
  await markReviewClosed(tx, payment.id, 'settled-by-provider', now);
  await recordEvent(tx, ground, { name: 'payment.failed', subjectId: payment.id, facts: told });
  await giveBack(tx, ground, payment);
}

async function takeBack(tx: Tx, ground: Ground, payment: Payment, told: Told): Promise<void> {
  await markPayment(tx, payment.id, { state: 'reversed', nextActionAt: null });
  await recordEvent(tx, ground, { name: 'payment.reversed', subjectId: payment.id, facts: told });
  const late = payment.reason === 'paid-after-release';
  await postOrThrow(
    tx,
    ground,
    late ? lateReturnTransfers(payment, ground) : returnTransfers(payment, ground),
  );
}

async function waitOn(tx: Tx, ground: Ground, payment: Payment): Promise<void> {
  const now = ground.clock.now();
  const open = payment.state === 'pending' || payment.state === 'unknown' || payment.state === 'review';
  const age_ms = now.getTime() - (payment.submittedAt ?? payment.createdAt).getTime();
  if (!open) {
    // One that people closed before its references came is asked about for a week: it may have been paid after all.
    const isAsked = payment.nextActionAt !== undefined && age_ms < ASKED_WHEN_CLOSED_MS;
    await markPayment(tx, payment.id, {
      enquiries: payment.enquiries + 1,
      enquiredAt: now,
      nextActionAt: isAsked ? nextMoment(payment, ground) : null,
    });
    return;
  }
  if (payment.state !== 'review' && age_ms >= REVIEW_AFTER_MS) {
    await openReview(tx, ground, {
      payment,
      reason: 'not-confirmed',
      nextActionAt: nextMoment(payment, ground),
    });
    return;
  }
  const next = nextMoment(payment, ground);
  await markPayment(tx, payment.id, {
    enquiries: payment.enquiries + 1,
    enquiredAt: now,
    nextActionAt: next,
  });
  if (age_ms >= SLOW_AFTER_MS && !payment.slowTold) {
    await markPayment(tx, payment.id, { slowToldAt: now });
    await recordEvent(tx, ground, { name: 'payment.slow', subjectId: payment.id });
  }
  await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: next });
}

function nextMoment(payment: Payment, ground: Ground): Date {
  const submittedAt = payment.submittedAt ?? payment.createdAt;
  return nextPayoutEnquiryAt(submittedAt, payment.enquiries, ground.clock.now(), ground.chance);
}
