/**
 * Takes one message that is no code out of the day's budget for text messages; the caller sends it after the commit.
 *
 * Codes have the budget first: who can make the product write to strangers must not be able to lock everybody out of
 * logging in, so once half of a day's budget is spent no invitation leaves, and after a third no news of money.
 *
 * Refuses: `sms-budget-spent`.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { lockSmsDay, markSmsSent } from './sms-day.rows.ts';

export type SmsKind =
  | 'invitation' // a group invites a number
  | 'movement'; // money came into a wallet or left it

/** One part in so many of the day's budget. */
const PART: Readonly<Record<SmsKind, number>> = { invitation: 2, movement: 3 };

export async function spendSms(
  tx: Tx,
  ground: Ground,
  { perDay, kind }: { readonly perDay: number; readonly kind: SmsKind },
): Promise<Answer<void>> {
  const day = ground.clock.now().toISOString().slice(0, 10);
  if ((await lockSmsDay(tx, day)) >= Math.floor(perDay / PART[kind])) return refused(BUDGET_SPENT);
  await markSmsSent(tx, day);
  return accepted(undefined);
}

const BUDGET_SPENT = refusal(
  'sms-budget-spent',
  'unavailable',
  'Nous ne pouvons plus envoyer de SMS aujourd’hui.',
  'We cannot send any more text messages today.',
);
