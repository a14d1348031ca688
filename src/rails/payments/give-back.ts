/**
 * Gives the hold of a withdrawal back, once, and knows whether that has happened.
 *
 * A withdrawal may fail, be said to have succeeded with another amount, and so come before people with its hold already
 * given back. The row does not tell that case from any other review; the ledger does. Called with the payment's row locked.
 */
import type { Ground } from '../../ground/ground.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import { findTransfer } from '../../ground/ledger/transfer.rows.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Payment } from './payment.ts';
import { releaseIdOf, releaseTransfers } from './payout-settlement.ts';

/** Said of a decision that moves nothing in the wallet, because the money was there again already. */
export const GIVEN_BACK = { hold: 'given-back' } as const;

export async function giveBack(tx: Tx, ground: Ground, payment: Payment): Promise<void> {
  if (await isReleased(tx, payment)) return;
  await postOrThrow(tx, ground, releaseTransfers(payment, ground));
}

/** True for a withdrawal before people whose hold was given back: paid now is paid after the release. */
export async function isReleasedInReview(tx: Tx, payment: Payment): Promise<boolean> {
  return payment.state === 'review' && (await isReleased(tx, payment));
}

async function isReleased(tx: Tx, payment: Payment): Promise<boolean> {
  return (await findTransfer(tx, releaseIdOf(payment.id))) !== undefined;
}
