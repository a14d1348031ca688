/**
 * Sums up from `contributions`, `payouts`, `penalties` and `dues` what happened while a meeting was open.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { MinutesTotals } from './minutes.ts';

export interface MeetingWindow {
  readonly groupId: string;
  readonly cycleId: string | null;
  readonly from: Date;
  readonly until: Date;
}

/** What came in, pots that became whole, what was fined, and what is due and not paid at the end of the window. */
export async function sumMeeting(
  reader: Reader,
  { groupId, cycleId, from, until }: MeetingWindow,
): Promise<Omit<MinutesTotals, 'boxes'>> {
  const found = await sql<{ sums: string[] }>`select array[
      (select coalesce(sum(amount), 0) from contributions where group_id = ${groupId} and state = 'confirmed'
        and method = 'wallet' and confirmed_at between ${from} and ${until}),
      (select coalesce(sum(amount), 0) from contributions where group_id = ${groupId} and state = 'confirmed'
        and method = 'cash' and confirmed_at between ${from} and ${until}),
      (select coalesce(sum(wallet_paid), 0) from payouts where group_id = ${groupId}
        and paid_at between ${from} and ${until}),
      (select coalesce(sum(cash_paid), 0) from payouts where group_id = ${groupId}
        and paid_at between ${from} and ${until}),
      (select coalesce(sum(amount), 0) from penalties where group_id = ${groupId}
        and at between ${from} and ${until}),
      (select coalesce(sum(amount - lowered - forgiven - met), 0) from dues where cycle_id = ${cycleId}
        and state in ('open', 'late') and due_at <= ${until})
    ]::text[] as sums`.execute(reader);
  const [contributionsWallet = 0n, contributionsCash = 0n, payoutsWallet = 0n, payoutsCash = 0n, ...rest] = (
    found.rows[0]?.sums ?? []
  ).map(BigInt);
  const [finesLevied = 0n, stillDue = 0n] = rest;
  return { contributionsWallet, contributionsCash, payoutsWallet, payoutsCash, finesLevied, stillDue };
}
