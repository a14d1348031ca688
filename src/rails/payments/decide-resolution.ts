/**
 * Carries out, or turns down, what another operator proposed about a payment under review.
 *
 * Two different people, known by the database too. The decision is a ledger entry; nothing is edited. A provider that
 * settled the payment meanwhile has closed the review, and then there is nothing left to decide.
 *
 * Refuses: `review-absent`, `review-closed`, `review-own-proposal`, `review-proposal-stale`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { GIVEN_BACK, giveBack, isReleasedInReview } from './give-back.ts';
import { payLate } from './pay-late.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { payTransfers } from './payout-settlement.ts';
import { REVIEW_ABSENT, REVIEW_CLOSED } from './propose-resolution.ts';
import { resolveDeposit } from './resolve-deposit.ts';
import {
  findProposal,
  findReview,
  lockProposal,
  markProposalDecided,
  markReviewClosed,
  type ReviewOutcome,
} from './review.rows.ts';

export const OWN_PROPOSAL = refusal(
  'review-own-proposal',
  'denied',
  'Une autre personne que l’auteur doit décider.',
  'Somebody other than its author must decide.',
);
export const STALE = refusal(
  'review-proposal-stale',
  'conflict',
  'Cette proposition a été décidée ou n’est plus valable. Proposez de nouveau.',
  'This proposal was decided or is no longer valid. Propose again.',
);

export interface Decision {
  readonly proposalId: string;
  readonly decision: 'approved' | 'refused';
  /** Id of the operator, who must not be the one who proposed. */
  readonly by: string;
}

export async function decideResolution(
  tx: Tx,
  ground: Ground,
  asked: Decision,
): Promise<Answer<'approved' | 'refused'>> {
  const found = await findProposal(tx, asked.proposalId);
  const review = found && (await findReview(tx, found.reviewId));
  if (found === undefined || review === undefined) return refused(REVIEW_ABSENT);
  // The payment first, as everywhere: whoever settles it holds the same lock.
  const payment = await lockPayment(tx, review.paymentId);
  const proposal = await lockProposal(tx, asked.proposalId);
  invariant(
    payment !== undefined && proposal !== undefined,
    `review ${review.id} lost its payment or proposal`,
  );
  const now = ground.clock.now();
  if (proposal.decidedAt !== undefined || proposal.expiresAt <= now) return refused(STALE);
  if (payment.state !== 'review') return refused(REVIEW_CLOSED);
  if (proposal.proposedBy === asked.by && asked.decision === 'approved') return refused(OWN_PROPOSAL);
  await markProposalDecided(tx, proposal.id, asked.decision, asked.by, now);
  if (asked.decision === 'refused') return accepted('refused');
  await markReviewClosed(tx, payment.id, proposal.outcome, now);
  const isReleased = payment.direction === 'out' && (await isReleasedInReview(tx, payment));
  await recordEvent(tx, ground, {
    name: 'payment.resolved',
    subjectId: payment.id,
    facts: {
      outcome: proposal.outcome,
      proposed: proposal.proposedBy,
      approved: asked.by,
      reason: proposal.reason,
      ...(isReleased ? GIVEN_BACK : {}),
    },
  });
  if (payment.direction === 'in') await resolveDeposit(tx, ground, payment, proposal.outcome);
  else if (isReleased && proposal.outcome === 'paid') {
    await payLate(tx, ground, payment, payment.fee ?? 0n, { reason: proposal.reason });
  } else await resolvePayout(tx, ground, payment, proposal.outcome);
  return accepted('approved');
}

async function resolvePayout(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  outcome: ReviewOutcome,
): Promise<void> {
  const settledAt = ground.clock.now();
  if (outcome === 'paid') {
    const credited = payment.amount;
    await markPayment(tx, payment.id, {
      state: 'succeeded',
      reason: 'resolved',
      credited,
      settledAt,
      nextActionAt: null,
    });
    await postOrThrow(tx, ground, payTransfers(payment, payment.fee ?? 0n, ground));
    return;
  }
  await markPayment(tx, payment.id, { state: 'failed', reason: 'resolved', settledAt, nextActionAt: null });
  await giveBack(tx, ground, payment);
}
