/**
 * Settles a withdrawal that was paid although its hold had been given back: a claim on the person, a stop on withdrawals,
 * and an alarm.
 *
 * Called with the payment's row locked: by whoever hears it from the provider, and by the people who find it out.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { insertFreeze } from './freeze.rows.ts';
import { markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { latePaymentTransfers } from './payout-settlement.ts';
import { markReviewClosed } from './review.rows.ts';

export async function payLate(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  providerFee: bigint,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const now = ground.clock.now();
  await markPayment(tx, payment.id, {
    state: 'succeeded',
    reason: 'paid-after-release',
    fee: providerFee,
    credited: payment.amount,
    settledAt: now,
    nextActionAt: null,
  });
  await markReviewClosed(tx, payment.id, 'settled-by-provider', now);
  await recordEvent(tx, ground, { name: 'payment.paid-after-release', subjectId: payment.id, facts });
  const frozen = await insertFreeze(tx, {
    id: ground.ids.next('frz'),
    scope: 'owner',
    subject: payment.ownerId,
    direction: 'out',
    reason: `paid after release: ${payment.reference}`,
    createdBy: 'settle',
    createdAt: now,
  });
  if (frozen) await recordEvent(tx, ground, { name: 'owner.frozen', subjectId: payment.ownerId, facts });
  await openAccount(tx, ground, accountId('receivable', payment.ownerId, payment.currency));
  await postOrThrow(tx, ground, latePaymentTransfers(payment, providerFee, ground));
}
