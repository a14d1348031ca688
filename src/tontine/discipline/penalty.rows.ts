/**
 * Keeps fines in the table `penalties`: one for one lateness, however often the night comes.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type PenaltyKind = 'late' | 'absence' | 'other';

interface PenaltyTable {
  id: string;
  group_id: string;
  cycle_id: string;
  round_id: string | null;
  membership_id: string;
  kind: PenaltyKind;
  subject_id: string;
  step: number;
  after_pot: boolean;
  amount: bigint;
  reason: string | null;
  levied_by: string | null;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    penalties: PenaltyTable;
  }
}

export interface Penalty {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string | null;
  readonly membershipId: string;
  readonly kind: PenaltyKind;
  /** The due that was late, the meeting that was missed, or the fine itself. */
  readonly subjectId: string;
  readonly step: number;
  /** By the tariff for those who have taken the pot. */
  readonly afterPot: boolean;
  readonly amount: bigint;
  readonly reason: string | null;
  readonly leviedBy: string | null;
  readonly at: Date;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'membership_id as membershipId',
  'kind',
  'subject_id as subjectId',
  'step',
  'after_pot as afterPot',
  'amount',
  'reason',
  'levied_by as leviedBy',
  'at',
] as const;

/** False when this lateness was fined already. */
export async function insertPenalty(tx: Tx, penalty: Penalty): Promise<boolean> {
  const inserted = await tx
    .insertInto('penalties')
    .values({
      id: penalty.id,
      group_id: penalty.groupId,
      cycle_id: penalty.cycleId,
      round_id: penalty.roundId,
      membership_id: penalty.membershipId,
      kind: penalty.kind,
      subject_id: penalty.subjectId,
      step: penalty.step,
      after_pot: penalty.afterPot,
      amount: penalty.amount,
      reason: penalty.reason,
      levied_by: penalty.leviedBy,
      at: penalty.at,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'subject_id', 'membership_id', 'step']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findPenalty(reader: Reader, id: string): Promise<Penalty | undefined> {
  return await reader.selectFrom('penalties').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The fine that an officer's form made. */
export async function findPenaltyOfForm(reader: Reader, formId: string): Promise<Penalty | undefined> {
  return await reader
    .selectFrom('penalties')
    .select(COLUMNS)
    .where('kind', 'in', ['absence', 'other'])
    .where('subject_id', '=', formId)
    .executeTakeFirst();
}

/** What was levied for a lateness, waived fines included. */
export async function sumLevied(reader: Reader, dueId: string): Promise<bigint> {
  const row = await reader
    .selectFrom('penalties')
    .select(sql<string>`coalesce(sum(amount), 0)::text`.as('sum'))
    .where('kind', '=', 'late')
    .where('subject_id', '=', dueId)
    .executeTakeFirst();
  return BigInt(row?.sum ?? '0');
}

/** Newest first. */
export async function listPenalties(reader: Reader, groupId: string, limit: number): Promise<Penalty[]> {
  return await reader
    .selectFrom('penalties')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
