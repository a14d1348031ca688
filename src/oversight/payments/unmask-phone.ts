/**
 * Shows an operator a payment's whole number, and writes down that they looked and why.
 *
 * Refuses: console-not-permitted, payment-absent, console-reason-missing.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { PAYMENT_ABSENT } from '../../rails/payments/enquire-now.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';

/** The number, E.164. */
export async function unmaskPhone(
  tx: Tx,
  ground: Ground,
  by: Operator,
  look: { readonly paymentId: string; readonly reason: string },
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'unmask',
    run: async () => {
      const reason = look.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const payment = await findPayment(tx, look.paymentId);
      if (payment === undefined) return refused(PAYMENT_ABSENT);
      return accepted({
        value: payment.phone,
        entry: { act: 'payment.unmasked', subjectId: payment.id, reason },
      });
    },
  });
}
