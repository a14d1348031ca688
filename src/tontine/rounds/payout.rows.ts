/**
 * Keeps the pots that are handed out in the table `payouts`: one per share and cycle, for ever.
 */

import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { Payout, PayoutState } from './payout.ts';

interface PayoutTable {
  id: string;
  group_id: string;
  cycle_id: string;
  round_id: string;
  share_id: string;
  membership_id: string;
  amount: bigint;
  wallet_paid: bigint;
  cash_paid: bigint;
  cash_waiting: bigint;
  fund_amount: bigint;
  fund_wallet: bigint;
  fund_cash: bigint;
  state: PayoutState;
  proposed_by: string | null;
  proposed_at: Date;
  approved_at: Date | null;
  paid_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  reminded_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    payouts: PayoutTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'share_id as shareId',
  'membership_id as membershipId',
  'amount',
  'wallet_paid as walletPaid',
  'cash_paid as cashPaid',
  'cash_waiting as cashWaiting',
  'fund_amount as fundAmount',
  'fund_wallet as fundWallet',
  'fund_cash as fundCash',
  'state',
  'proposed_by as proposedBy',
  'proposed_at as proposedAt',
  'approved_at as approvedAt',
  'paid_at as paidAt',
  'acknowledged_at as acknowledgedAt',
] as const;

export type NewPayout = Pick<
  Payout,
  | 'id'
  | 'groupId'
  | 'cycleId'
  | 'roundId'
  | 'shareId'
  | 'membershipId'
  | 'amount'
  | 'fundAmount'
  | 'proposedBy'
  | 'proposedAt'
>;

export async function insertPayout(tx: Tx, payout: NewPayout): Promise<void> {
  await tx
    .insertInto('payouts')
    .values({
      id: payout.id,
      group_id: payout.groupId,
      cycle_id: payout.cycleId,
      round_id: payout.roundId,
      share_id: payout.shareId,
      membership_id: payout.membershipId,
      amount: payout.amount,
      wallet_paid: 0n,
      cash_paid: 0n,
      cash_waiting: 0n,
      fund_amount: payout.fundAmount,
      fund_wallet: 0n,
      fund_cash: 0n,
      state: 'proposed',
      proposed_by: payout.proposedBy,
      proposed_at: payout.proposedAt,
      approved_at: null,
      paid_at: null,
      acknowledged_at: null,
      acknowledged_by: null,
      reminded_at: null,
    })
    .execute();
}

export async function findPayout(reader: Reader, id: string): Promise<Payout | undefined> {
  return await reader.selectFrom('payouts').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The payout of a share in its cycle, if its pot was asked for. */
export async function findPayoutOf(reader: Reader, shareId: string): Promise<Payout | undefined> {
  return await reader
    .selectFrom('payouts')
    .select(COLUMNS)
    .where('share_id', '=', shareId)
    .executeTakeFirst();
}

export async function listPayouts(reader: Reader, cycleId: string): Promise<Payout[]> {
  return [...(await askPayouts(reader, { cycleId }))];
}

const askPayouts = keptQuery('payouts-of-cycle', (reader, { cycleId }: { readonly cycleId: string }) =>
  reader.selectFrom('payouts').select(COLUMNS).where('cycle_id', '=', cycleId).orderBy('id'),
);

export async function markPayoutApproved(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('payouts').set({ state: 'approved', approved_at: at }).where('id', '=', id).execute();
}

/** Writes what was handed out by now. */
export async function markPayoutMoney(tx: Tx, payout: Payout, at: Date): Promise<void> {
  await tx
    .updateTable('payouts')
    .set({
      wallet_paid: payout.walletPaid,
      cash_paid: payout.cashPaid,
      cash_waiting: payout.cashWaiting,
      fund_wallet: payout.fundWallet,
      fund_cash: payout.fundCash,
      ...(payout.state === 'paid' && payout.paidAt === null ? { state: 'paid', paid_at: at } : {}),
    })
    .where('id', '=', payout.id)
    .execute();
}

export async function markPayoutAcknowledged(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('payouts')
    .set({ state: 'acknowledged', acknowledged_at: at, acknowledged_by: by })
    .where('id', '=', id)
    .execute();
}

/** Paid before `before`, not answered, and nobody was reminded. */
export async function listUnanswered(reader: Reader, before: Date, limit: number): Promise<Payout[]> {
  return await reader
    .selectFrom('payouts')
    .select(COLUMNS)
    .where('state', '=', 'paid')
    .where('reminded_at', 'is', null)
    .where('paid_at', '<=', before)
    .orderBy('paid_at')
    .limit(limit)
    .execute();
}

export async function markReminded(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('payouts').set({ reminded_at: at }).where('id', '=', id).execute();
}
