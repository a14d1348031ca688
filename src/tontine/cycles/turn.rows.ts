/**
 * Keeps whose turn it is in the table `turns`.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** How a turn was decided. */
export type TurnDecision = 'fixed' | 'draw' | 'auction' | 'vote' | 'lot';

interface TurnTable {
  cycle_id: string;
  share_id: string;
  place: number;
  decided_by: TurnDecision;
  decision_id: string | null;
  discount: bigint;
  premium: bigint;
  commission: bigint;
  decided_at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    turns: TurnTable;
  }
}

export interface Turn {
  readonly cycleId: string;
  readonly shareId: string;
  /** Which pot of the cycle, from 1. */
  readonly place: number;
  readonly decidedBy: TurnDecision;
  /** The draw, auction or ballot. */
  readonly decisionId: string | null;
  /** What the winner of an auction gives up of the pot. */
  readonly discount: bigint;
  /** What the winner of an auction pays from the pot to the common fund. */
  readonly premium: bigint;
  /** What of the discount stays with the common fund. */
  readonly commission: bigint;
}

export interface NewTurn {
  readonly cycleId: string;
  readonly shareId: string;
  readonly place: number;
  readonly decidedBy: TurnDecision;
  readonly decisionId?: string;
  readonly discount?: bigint;
  readonly premium?: bigint;
  readonly commission?: bigint;
  readonly at: Date;
}

export async function insertTurns(tx: Tx, turns: readonly NewTurn[]): Promise<void> {
  if (turns.length === 0) return;
  await tx
    .insertInto('turns')
    .values(
      turns.map((turn) => ({
        cycle_id: turn.cycleId,
        share_id: turn.shareId,
        place: turn.place,
        decided_by: turn.decidedBy,
        decision_id: turn.decisionId ?? null,
        discount: turn.discount ?? 0n,
        premium: turn.premium ?? 0n,
        commission: turn.commission ?? 0n,
        decided_at: turn.at,
      })),
    )
    .execute();
}

export async function listTurns(reader: Reader, cycleId: string): Promise<Turn[]> {
  return await reader
    .selectFrom('turns')
    .select([
      'cycle_id as cycleId',
      'share_id as shareId',
      'place',
      'decided_by as decidedBy',
      'decision_id as decisionId',
      'discount',
      'premium',
      'commission',
    ])
    .where('cycle_id', '=', cycleId)
    .orderBy('place')
    .execute();
}

/** Takes all turns back, while a cycle forms: the order is fixed anew. */
export async function deleteTurns(tx: Tx, cycleId: string): Promise<void> {
  await tx.deleteFrom('turns').where('cycle_id', '=', cycleId).execute();
}

/** Lets two shares change places, in one statement, because no place may be taken twice even for a moment. */
export async function markTurnsSwapped(
  tx: Tx,
  cycleId: string,
  shareA: string,
  shareB: string,
): Promise<void> {
  await sql`update turns set place = (select place from turns other where other.cycle_id = turns.cycle_id
      and other.share_id = case turns.share_id when ${shareA} then ${shareB} else ${shareA} end)
    where cycle_id = ${cycleId} and share_id in (${shareA}, ${shareB})`.execute(tx);
}

/** A share that leaves takes its turn out of the order. */
export async function deleteTurn(tx: Tx, cycleId: string, shareId: string): Promise<void> {
  await tx.deleteFrom('turns').where('cycle_id', '=', cycleId).where('share_id', '=', shareId).execute();
}

/** Whoever came after an empty place moves up by one. */
export async function closePlace(tx: Tx, cycleId: string, place: number): Promise<void> {
  await tx
    .updateTable('turns')
    .set((row) => ({ place: sql<number>`${row.ref('place')} - 1` }))
    .where('cycle_id', '=', cycleId)
    .where('place', '>', place)
    .execute();
}
