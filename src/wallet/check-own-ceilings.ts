/**
 * Looks whether a person may send an amount now, by their own ceilings.
 *
 * The caller holds the person's lock (`confirm-withdrawal.ts`) when the answer must stay true: two requests sent at
 * once would each see the room that the other is about to fill.
 *
 * Refuses: `withdrawal-day-exceeded`, `withdrawal-week-exceeded`, `withdrawal-month-exceeded`.
 */
import { after } from '../ground/clock.ts';
import type { Money } from '../ground/money/money.ts';
import type { Reader } from '../ground/postgres/database.ts';
import type { Refusal } from '../ground/refusal.ts';
import type { Identification } from '../people/identification.ts';
import { sumPaidOutSince } from '../rails/payments/payment-sums.rows.ts';
import { ceilingExceeded, WINDOW_MS, WITHDRAWAL_LIMITS } from './withdrawal-limits.ts';

export interface OwnCeilings {
  readonly person: { readonly id: string; readonly identification: Identification };
  /** What would be sent, without the fee. */
  readonly amount: Money;
  readonly now: Date;
}

/** The first of the person's own ceilings that the amount would pass; nothing when there is none. */
export async function checkOwnCeilings(reader: Reader, asked: OwnCeilings): Promise<Refusal | undefined> {
  const { currency, amount } = asked.amount;
  for (const ceiling of WITHDRAWAL_LIMITS[currency]?.ceilings[asked.person.identification] ?? []) {
    const since = after(asked.now, -WINDOW_MS[ceiling.window]);
    const sent = await sumPaidOutSince(reader, asked.person.id, since);
    const room = ceiling.most > sent ? ceiling.most - sent : 0n;
    if (amount <= room) continue;
    return ceilingExceeded(ceiling.window, { amount: ceiling.most, currency }, { amount: room, currency });
  }
  return undefined;
}
