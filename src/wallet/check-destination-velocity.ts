/**
 * Looks whether a number may be sent an amount now, by what it received lately from anybody.
 *
 * The caller holds the number's lock (`confirm-withdrawal.ts`). Only a right PIN gets this answer: asked for free, it
 * would tell a stranger what others send to the number.
 *
 * Refuses: `withdrawal-destination-too-often`, `withdrawal-destination-exceeded`.
 */
import { after } from '../ground/clock.ts';
import type { Money } from '../ground/money/money.ts';
import type { Reader } from '../ground/postgres/database.ts';
import type { Refusal } from '../ground/refusal.ts';
import { readPaidOutTo } from '../rails/payments/payment-sums.rows.ts';
import { DESTINATION_TOO_OFTEN, destinationExceeded, WITHDRAWAL_LIMITS } from './withdrawal-limits.ts';

/** Why this number may not be sent the amount, whoever sends; nothing when it may. Takes the E.164 form. */
export async function checkDestinationVelocity(
  reader: Reader,
  asked: { readonly phone: string; readonly amount: Money; readonly now: Date },
): Promise<Refusal | undefined> {
  const { currency, amount } = asked.amount;
  const velocity = WITHDRAWAL_LIMITS[currency]?.destination;
  if (velocity === undefined) return undefined;
  const received = await readPaidOutTo(reader, asked.phone, after(asked.now, -velocity.within_ms));
  if (received.count >= velocity.payouts) return DESTINATION_TOO_OFTEN;
  if (received.amount + amount > velocity.most)
    return destinationExceeded({ amount: velocity.most, currency });
  return undefined;
}
