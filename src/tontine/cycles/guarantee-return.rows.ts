/**
 * Keeps which deposit was given back, and what was kept of it, in the table `guarantee_returns`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface GuaranteeReturnTable {
  id: string;
  group_id: string;
  cycle_id: string;
  membership_id: string;
  share_id: string;
  paid: bigint;
  kept: bigint;
  wallet_amount: bigint;
  cash_amount: bigint;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    guarantee_returns: GuaranteeReturnTable;
  }
}

export interface GuaranteeReturn {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly membershipId: string;
  readonly shareId: string;
  readonly paid: bigint;
  /** For what the share never paid. */
  readonly kept: bigint;
  readonly walletAmount: bigint;
  readonly cashAmount: bigint;
  readonly at: Date;
}

export async function insertGuaranteeReturn(tx: Tx, given: GuaranteeReturn): Promise<void> {
  await tx
    .insertInto('guarantee_returns')
    .values({
      id: given.id,
      group_id: given.groupId,
      cycle_id: given.cycleId,
      membership_id: given.membershipId,
      share_id: given.shareId,
      paid: given.paid,
      kept: given.kept,
      wallet_amount: given.walletAmount,
      cash_amount: given.cashAmount,
      at: given.at,
    })
    .execute();
}

/** Shares whose deposit has gone back already (an exit returns it early). */
export async function listReturnedShares(reader: Reader, cycleId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('guarantee_returns')
    .select('share_id')
    .where('cycle_id', '=', cycleId)
    .execute();
  return rows.map((row) => row.share_id);
}
