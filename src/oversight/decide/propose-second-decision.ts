/**
 * Writes down where one operator would send the money of a second payment; another one must agree.
 *
 * Refuses: console-not-permitted, and what `propose-second-payment.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { proposeSecondPayment, type SecondProposal } from '../../rails/payments/propose-second-payment.ts';
import { findSecondPaymentById } from '../../rails/payments/second-payment.rows.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

/** The id of the proposal. */
export async function proposeSecondDecision(
  tx: Tx,
  ground: Ground,
  by: Operator,
  asked: Omit<SecondProposal, 'by'>,
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'decide',
    run: async () => {
      const proposed = await proposeSecondPayment(tx, ground, { ...asked, by: by.personId });
      if (!proposed.ok) return proposed;
      const second = await findSecondPaymentById(tx, asked.secondPaymentId);
      const { outcome, evidence, statedAmount } = asked;
      return accepted({
        value: proposed.value,
        entry: {
          act: 'second.proposed',
          subjectId: second?.paymentId ?? asked.secondPaymentId,
          reason: asked.reason.trim(),
          after: {
            outcome,
            evidence: evidence.trim(),
            proposal: proposed.value,
            stated: statedAmount === undefined ? undefined : String(statedAmount),
          },
        },
      });
    },
  });
}
