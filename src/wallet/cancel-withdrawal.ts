/**
 * Calls a person's own withdrawal off while nothing has been sent (W5, W5b).
 *
 * Before the PIN nothing was reserved, and the request merely ends; after it the rails give the money back. Against the
 * PIN the request's row lock decides, against the sender the payment's: whoever comes second finds it done. Calling off
 * twice is calling off once.
 *
 * Refuses: `withdrawal-absent` (none, or somebody else's), `withdrawal-already-sent`.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../ground/refusal.ts';
import { cancelDisbursement, WITHDRAWAL_ABSENT } from '../rails/payments/cancel-disbursement.ts';
import type { Payment } from '../rails/payments/payment.ts';
import { lockWithdrawalRequest, markRequestLapsed } from './withdrawal-request.rows.ts';

/** The cancelled payment; nothing when the PIN had not been given, so that there was no payment. */
export async function cancelWithdrawal(
  tx: Tx,
  ground: Ground,
  asked: { readonly paymentId: string; readonly personId: string },
): Promise<Answer<Payment | undefined>> {
  const request = await lockWithdrawalRequest(tx, asked);
  if (request === undefined) return refused(WITHDRAWAL_ABSENT);
  if (request.state === 'confirmed') {
    return await cancelDisbursement(tx, ground, { paymentId: asked.paymentId, ownerId: asked.personId });
  }
  if (request.state === 'requested') await markRequestLapsed(tx, request.paymentId);
  return accepted(undefined);
}
