/**
 * Carries out or turns down what another operator proposed about a second payment. Never one's own.
 *
 * Refuses: console-not-permitted, and what `decide-second-payment.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { decideSecondPayment } from '../../rails/payments/decide-second-payment.ts';
import { findSecondPaymentById, findSecondProposal } from '../../rails/payments/second-payment.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';
import type { DecidedProposal } from './decide-proposal.ts';

export async function decideSecondProposal(
  tx: Tx,
  ground: Ground,
  by: Operator,
  decided: DecidedProposal,
): Promise<Answer<'approved' | 'refused'>> {
  return await actAs(tx, ground, by, {
    needs: 'decide',
    run: async () => {
      const answer = await decideSecondPayment(tx, ground, { ...decided, by: by.personId });
      if (!answer.ok) return answer;
      const proposal = await findSecondProposal(tx, decided.proposalId);
      const second = proposal && (await findSecondPaymentById(tx, proposal.secondPaymentId));
      return accepted({
        value: answer.value,
        entry: {
          act: `second.${answer.value}`,
          subjectId: second?.paymentId ?? decided.proposalId,
          before: { proposal: decided.proposalId, 'proposed-by': proposal?.proposedBy },
          after: {
            outcome: proposal?.outcome,
            amount: second?.amount === undefined ? undefined : String(second.amount),
          },
        },
      });
    },
  });
}
