/**
 * Carries out or turns down what another operator proposed. Never one's own: the act, the table and this trail know both.
 *
 * Refuses: console-not-permitted, and what `decide-resolution.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { decideResolution } from '../../rails/payments/decide-resolution.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import { findProposal, findReview } from '../../rails/payments/review.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export interface DecidedProposal {
  readonly proposalId: string;
  readonly decision: 'approved' | 'refused';
}

export async function decideProposal(
  tx: Tx,
  ground: Ground,
  by: Operator,
  decided: DecidedProposal,
): Promise<Answer<'approved' | 'refused'>> {
  return await actAs(tx, ground, by, {
    needs: 'decide',
    run: async () => {
      const answer = await decideResolution(tx, ground, { ...decided, by: by.personId });
      if (!answer.ok) return answer;
      const proposal = await findProposal(tx, decided.proposalId);
      const review = proposal && (await findReview(tx, proposal.reviewId));
      const payment = review && (await findPayment(tx, review.paymentId));
      const { proposalId } = decided;
      return accepted({
        value: answer.value,
        entry: {
          act: `review.${answer.value}`,
          subjectId: payment?.id ?? proposalId,
          before: { state: 'review', proposal: proposalId, 'proposed-by': proposal?.proposedBy },
          after: { state: payment?.state, outcome: proposal?.outcome },
        },
      });
    },
  });
}
