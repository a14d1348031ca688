/**
 * Keeps what the guarantee fund stood in for in the tables `guarantee_advances` and `advanced_dues`.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface GuaranteeAdvanceTable {
  id: string;
  group_id: string;
  cycle_id: string;
  payout_id: string;
  wallet_amount: bigint;
  cash_amount: bigint;
  at: Date;
}

interface AdvancedDueTable {
  advance_id: string;
  due_id: string;
  amount: bigint;
  repaid: bigint;
  written_off: bigint;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    guarantee_advances: GuaranteeAdvanceTable;
    advanced_dues: AdvancedDueTable;
  }
}

export interface NewAdvance {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly payoutId: string;
  readonly walletAmount: bigint;
  readonly cashAmount: bigint;
  readonly at: Date;
  readonly dues: readonly { readonly dueId: string; readonly amount: bigint }[];
}

export async function insertAdvance(tx: Tx, advance: NewAdvance): Promise<void> {
  await tx
    .insertInto('guarantee_advances')
    .values({
      id: advance.id,
      group_id: advance.groupId,
      cycle_id: advance.cycleId,
      payout_id: advance.payoutId,
      wallet_amount: advance.walletAmount,
      cash_amount: advance.cashAmount,
      at: advance.at,
    })
    .execute();
  await tx
    .insertInto('advanced_dues')
    .values(
      advance.dues.map((due) => ({
        advance_id: advance.id,
        due_id: due.dueId,
        amount: due.amount,
        repaid: 0n,
        written_off: 0n,
      })),
    )
    .execute();
}

export interface AdvancedDue {
  readonly advanceId: string;
  readonly dueId: string;
  readonly amount: bigint;
  readonly repaid: bigint;
  readonly writtenOff: bigint;
}

/** Everything that was advanced on these dues, oldest first. */
export async function listAdvancedDues(reader: Reader, dueIds: readonly string[]): Promise<AdvancedDue[]> {
  if (dueIds.length === 0) return [];
  return await reader
    .selectFrom('advanced_dues')
    .select(['advance_id as advanceId', 'due_id as dueId', 'amount', 'repaid', 'written_off as writtenOff'])
    .where('due_id', 'in', dueIds)
    .orderBy('advance_id')
    .execute();
}

/** What of an advance has not come back. */
export function openAdvance(due: AdvancedDue): bigint {
  return due.amount - due.repaid - due.writtenOff;
}

export async function markRepaid(tx: Tx, due: AdvancedDue, amount: bigint): Promise<void> {
  await tx
    .updateTable('advanced_dues')
    .set((row) => ({ repaid: sql<bigint>`${row.ref('repaid')} + ${amount}::bigint` }))
    .where('advance_id', '=', due.advanceId)
    .where('due_id', '=', due.dueId)
    .execute();
}

/** The defaulter's own deposit answers for it. */
export async function markWrittenOff(tx: Tx, due: AdvancedDue, amount: bigint): Promise<void> {
  await tx
    .updateTable('advanced_dues')
    .set((row) => ({ written_off: sql<bigint>`${row.ref('written_off')} + ${amount}::bigint` }))
    .where('advance_id', '=', due.advanceId)
    .where('due_id', '=', due.dueId)
    .execute();
}
