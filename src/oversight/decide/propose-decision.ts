/**
 * Writes down what one operator would decide about a payment under review; a second one must agree.
 *
 * Refuses: console-not-permitted, and what `propose-resolution.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import { proposeResolution, REVIEW_ABSENT } from '../../rails/payments/propose-resolution.ts';
import { findReview, type ReviewOutcome } from '../../rails/payments/review.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export interface ProposedDecision {
  readonly reviewId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  readonly evidence: string;
}

/** The id of the proposal. */
export async function proposeDecision(
  tx: Tx,
  ground: Ground,
  by: Operator,
  proposed: ProposedDecision,
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'decide',
    run: async () => {
      const review = await findReview(tx, proposed.reviewId);
      const payment = review && (await findPayment(tx, review.paymentId));
      if (payment === undefined) return refused(REVIEW_ABSENT);
      const answer = await proposeResolution(tx, ground, { ...proposed, by: by.personId });
      if (!answer.ok) return answer;
      const { outcome, evidence } = proposed;
      return accepted({
        value: answer.value,
        entry: {
          act: 'review.proposed',
          subjectId: payment.id,
          reason: proposed.reason.trim(),
          before: { state: payment.state, reason: payment.reason },
          after: { outcome, evidence: evidence.trim(), proposal: answer.value },
        },
      });
    },
  });
}
