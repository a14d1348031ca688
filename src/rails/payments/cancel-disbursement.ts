/**
 * Calls a withdrawal off while nothing has been sent, and gives the money back.
 *
 * The race with the sender is decided by the payment's row lock and by the instruction's state: one of the two finds
 * it taken. Once an instruction is being sent there is no calling off.
 *
 * Refuses: `withdrawal-absent` (none, or somebody else's), `withdrawal-already-sent`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { markWaitingCancelled } from '../outbox/provider-command.rows.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { releaseTransfers } from './payout-settlement.ts';

export const WITHDRAWAL_ABSENT = refusal(
  'withdrawal-absent',
  'absent',
  'Ce retrait n’existe pas.',
  'There is no such withdrawal.',
);

export const ALREADY_SENT = refusal(
  'withdrawal-already-sent',
  'conflict',
  'Ce retrait est déjà parti chez l’opérateur : il ne peut plus être annulé.',
  'This withdrawal has already gone to the operator: it can no longer be cancelled.',
);

export async function cancelDisbursement(
  tx: Tx,
  ground: Ground,
  asked: { readonly paymentId: string; readonly ownerId: string },
): Promise<Answer<Payment>> {
  const payment = await lockPayment(tx, asked.paymentId);
  if (payment === undefined || payment.ownerId !== asked.ownerId || payment.direction !== 'out') {
    return refused(WITHDRAWAL_ABSENT);
  }
  if (payment.state === 'cancelled') return accepted(payment);
  if (payment.state !== 'risk-hold' && payment.state !== 'created') return refused(ALREADY_SENT);
  const at = ground.clock.now();
  if (payment.state === 'created' && !(await markWaitingCancelled(tx, payment.id, at)))
    return refused(ALREADY_SENT);
  await markPayment(tx, payment.id, { state: 'cancelled', nextActionAt: null, settledAt: at });
  await recordEvent(tx, ground, { name: 'payment.cancelled', subjectId: payment.id });
  await postOrThrow(tx, ground, releaseTransfers(payment, ground));
  return accepted({ ...payment, state: 'cancelled' });
}
