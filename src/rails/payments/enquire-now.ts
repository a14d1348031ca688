/**
 * Asks the provider about one payment because an operator wants to know, and settles what it says.
 *
 * It is the poller's question at another moment: the same stored references, the same `settle`, so asking twice or beside
 * the poller changes nothing more. Not more than once in three seconds, because the provider counts our calls.
 *
 * Refuses: payment-absent, payment-without-reference, payment-asked-just-now.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import type { Rails } from '../rails.ts';
import { readStatusOf } from './enquire-once.ts';
import { findPayment } from './payment.rows.ts';
import { settle } from './settle.ts';

const AT_MOST_EVERY_MS = 3 * SECOND_MS;

export const PAYMENT_ABSENT = refusal(
  'payment-absent',
  'absent',
  'Ce paiement n’existe pas.',
  'There is no such payment.',
);
const WITHOUT_REFERENCE = refusal(
  'payment-without-reference',
  'conflict',
  'Le fournisseur n’a jamais donné de référence pour ce paiement : il n’y a rien à lui demander.',
  'The provider never gave a reference for this payment: there is nothing to ask it.',
);
const JUST_NOW = refusal(
  'payment-asked-just-now',
  'too-many',
  'Le fournisseur vient d’être interrogé. Réessayez dans quelques secondes.',
  'The provider was asked a moment ago. Try again in a few seconds.',
);

export interface Enquiry {
  readonly paymentId: string;
  /** Runs in the transaction that settles, with what the provider said and what was decided. */
  readonly record: (tx: Tx, told: { readonly said: string; readonly decision: string }) => Promise<void>;
}

/** What was decided; opens its own transactions, because the provider is asked in between. */
export async function enquireNow(
  db: Db,
  ground: Ground,
  rails: Rails,
  enquiry: Enquiry,
): Promise<Answer<string>> {
  const payment = await findPayment(db, enquiry.paymentId);
  if (payment === undefined) return refused(PAYMENT_ABSENT);
  const soonest = payment.enquiredAt && after(payment.enquiredAt, AT_MOST_EVERY_MS);
  if (soonest !== undefined && ground.clock.now() < soonest) return refused(JUST_NOW);
  const answer = await readStatusOf(rails, payment);
  if (answer === undefined) return refused(WITHOUT_REFERENCE);
  return await inTransaction(db, async (tx) => {
    const decision = await settle(tx, ground, { paymentId: payment.id, answer, source: 'console' });
    const said = answer.found === 'yes' ? answer.word.slice(0, 60) : `found: ${answer.found}`;
    await enquiry.record(tx, { said, decision });
    return accepted(decision);
  });
}
