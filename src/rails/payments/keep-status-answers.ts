/**
 * Keeps what the provider answered about payments, for their stories, in the transaction that settles.
 *
 * One statement for one answer or for two hundred. The caller holds the rows of the payments and names each once: that
 * is what keeps two askers from counting the same answer at once.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { StatusAnswer } from '../provider.ts';
import { lockPayment } from './payment.rows.ts';
import { insertStatusAnswers } from './status-answer.rows.ts';
import { type Answered, keptAnswer } from './status-verdict.ts';

export async function keepStatusAnswers(
  tx: Tx,
  ground: Ground,
  answered: readonly Answered[],
): Promise<void> {
  if (answered.length === 0) return;
  await insertStatusAnswers(tx, answered.map(keptAnswer), ground.clock.now());
}

/** The same for an answer about a second transaction of the provider, whose payment nobody has locked yet. */
export async function keepStrayAnswer(
  tx: Tx,
  ground: Ground,
  paymentId: string,
  answer: StatusAnswer,
  secondReference: string | undefined,
): Promise<void> {
  await lockPayment(tx, paymentId);
  await keepStatusAnswers(tx, ground, [{ paymentId, answer, source: 'callback', secondReference }]);
}
