/**
 * Asks the provider about a payment in an operator's name, and writes down what it said.
 *
 * Refuses: console-not-permitted, and what `enquire-now.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { type Answer, refused } from '../../ground/refusal.ts';
import { enquireNow } from '../../rails/payments/enquire-now.ts';
import type { Rails } from '../../rails/rails.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Operator, whyNot } from '../operator.ts';

/** What was decided. Takes the database: the provider is asked outside any transaction. */
export async function askProviderNow(
  db: Db,
  ground: Ground,
  rails: Rails,
  asking: { readonly by: Operator; readonly paymentId: string },
): Promise<Answer<string>> {
  const { by, paymentId } = asking;
  const no = whyNot(by, 'nudge');
  if (no !== undefined) return refused(no);
  return await enquireNow(db, ground, rails, {
    paymentId,
    record: async (tx, { said, decision }) => {
      const after = { said, decision };
      await recordAct(tx, ground, by, { act: 'payment.asked', subjectId: paymentId, after });
    },
  });
}
