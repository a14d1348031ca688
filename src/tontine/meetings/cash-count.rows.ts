/**
 * Keeps what boxes should have held and what was counted in them in the table `cash_counts`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface CashCountTable {
  meeting_id: string;
  group_id: string;
  keeper_id: string;
  opening: bigint;
  came_in: bigint | null;
  went_out: bigint | null;
  expected: bigint | null;
  counted: bigint | null;
  counted_by: string | null;
  counted_at: Date | null;
  explanation: string | null;
  explained_by_request: string | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    cash_counts: CashCountTable;
  }
}

/** One box at one meeting. */
export interface BoxCount {
  readonly keeperId: string;
  /** What the books said when the meeting opened. */
  readonly opening: bigint;
  readonly cameIn: bigint | null;
  readonly wentOut: bigint | null;
  readonly expected: bigint | null;
  readonly counted: bigint | null;
  readonly countedBy: string | null;
  readonly countedAt: Date | null;
  readonly explanation: string | null;
  /** The request by which two people agreed to the difference. */
  readonly explainedByRequest: string | null;
}

const COLUMNS = [
  'keeper_id as keeperId',
  'opening',
  'came_in as cameIn',
  'went_out as wentOut',
  'expected',
  'counted',
  'counted_by as countedBy',
  'counted_at as countedAt',
  'explanation',
  'explained_by_request as explainedByRequest',
] as const;

/** Writes what the boxes hold as a meeting opens; a box that came later is added when it is counted. */
export async function insertBoxOpenings(
  tx: Tx,
  at: { readonly groupId: string; readonly meetingId: string },
  openings: readonly Pick<BoxCount, 'keeperId' | 'opening'>[],
): Promise<void> {
  if (openings.length === 0) return;
  await tx
    .insertInto('cash_counts')
    .values(
      openings.map(({ keeperId, opening }) => ({
        meeting_id: at.meetingId,
        group_id: at.groupId,
        keeper_id: keeperId,
        opening,
        came_in: null,
        went_out: null,
        expected: null,
        counted: null,
        counted_by: null,
        counted_at: null,
        explanation: null,
        explained_by_request: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['meeting_id', 'keeper_id']).doNothing())
    .execute();
}

export async function listBoxCounts(reader: Reader, meetingId: string): Promise<BoxCount[]> {
  return await reader
    .selectFrom('cash_counts')
    .select(COLUMNS)
    .where('meeting_id', '=', meetingId)
    .orderBy('keeper_id')
    .execute();
}

export async function findBoxCount(
  reader: Reader,
  at: { readonly meetingId: string; readonly keeperId: string },
): Promise<BoxCount | undefined> {
  return await reader
    .selectFrom('cash_counts')
    .select(COLUMNS)
    .where('meeting_id', '=', at.meetingId)
    .where('keeper_id', '=', at.keeperId)
    .executeTakeFirst();
}

export async function markBoxCounted(tx: Tx, meetingId: string, count: BoxCount): Promise<void> {
  await tx
    .updateTable('cash_counts')
    .set({
      came_in: count.cameIn,
      went_out: count.wentOut,
      expected: count.expected,
      counted: count.counted,
      counted_by: count.countedBy,
      counted_at: count.countedAt,
      explanation: count.explanation,
      explained_by_request: count.explainedByRequest,
    })
    .where('meeting_id', '=', meetingId)
    .where('keeper_id', '=', count.keeperId)
    .execute();
}
