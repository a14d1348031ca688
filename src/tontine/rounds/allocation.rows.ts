/**
 * Keeps which money settled which due in the table `allocations`. Each row changes both sums by itself.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** The fund into which it went. */
export type AllocatedFund = 'pot' | 'solidarity' | 'guarantee' | 'fines';

interface AllocationTable {
  id: string;
  contribution_id: string;
  due_id: string;
  amount: bigint;
  fund: AllocatedFund;
  source: 'payment' | 'credit' | 'reversal';
  reverses_id: string | null;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    allocations: AllocationTable;
  }
}

export interface AllocationRow {
  readonly id: string;
  readonly contributionId: string;
  readonly dueId: string;
  readonly amount: bigint;
  readonly fund: AllocatedFund;
  readonly source: 'payment' | 'credit' | 'reversal';
  readonly reversesId: string | null;
  readonly at: Date;
}

export async function insertAllocations(tx: Tx, rows: readonly AllocationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('allocations')
    .values(
      rows.map((row) => ({
        id: row.id,
        contribution_id: row.contributionId,
        due_id: row.dueId,
        amount: row.amount,
        fund: row.fund,
        source: row.source,
        reverses_id: row.reversesId,
        at: row.at,
      })),
    )
    .execute();
}

/** What a contribution settled, oldest first. */
export async function listAllocations(reader: Reader, contributionId: string): Promise<AllocationRow[]> {
  return await reader
    .selectFrom('allocations')
    .select([
      'id',
      'contribution_id as contributionId',
      'due_id as dueId',
      'amount',
      'fund',
      'source',
      'reverses_id as reversesId',
      'at',
    ])
    .where('contribution_id', '=', contributionId)
    .orderBy('id')
    .execute();
}

/** What settled a due, oldest first. */
export async function listAllocationsOfDue(reader: Reader, dueId: string): Promise<AllocationRow[]> {
  return await reader
    .selectFrom('allocations')
    .select([
      'id',
      'contribution_id as contributionId',
      'due_id as dueId',
      'amount',
      'fund',
      'source',
      'reverses_id as reversesId',
      'at',
    ])
    .where('due_id', '=', dueId)
    .orderBy('id')
    .execute();
}
