/**
 * Keeps departures of members who have not had a pot in the table `exits`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type ExitState =
  | 'asked' // the officers must agree
  | 'approved' // the shares are out; the refund is paid as its parts come in
  | 'settled' // the refund is paid
  | 'refused'; // the officers said no

interface ExitTable {
  id: string;
  group_id: string;
  cycle_id: string;
  membership_id: string;
  after_round: number;
  refund: bigint;
  refunded_wallet: bigint;
  refunded_cash: bigint;
  plan: ColumnType<Record<string, string>, string, string>;
  reason: string;
  state: ExitState;
  asked_at: Date;
  approved_at: Date | null;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    exits: ExitTable;
  }
}

export interface Exit {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly membershipId: string;
  readonly afterRound: number;
  readonly refund: bigint;
  readonly refundedWallet: bigint;
  readonly refundedCash: bigint;
  /** The figures that were shown when it was asked, as text. */
  readonly plan: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly state: ExitState;
  readonly askedAt: Date;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'membership_id as membershipId',
  'after_round as afterRound',
  'refund',
  'refunded_wallet as refundedWallet',
  'refunded_cash as refundedCash',
  'plan',
  'reason',
  'state',
  'asked_at as askedAt',
  'approved_at as approvedAt',
  'ended_at as endedAt',
] as const;

export async function insertExit(tx: Tx, exit: Exit): Promise<void> {
  await tx
    .insertInto('exits')
    .values({
      id: exit.id,
      group_id: exit.groupId,
      cycle_id: exit.cycleId,
      membership_id: exit.membershipId,
      after_round: exit.afterRound,
      refund: exit.refund,
      refunded_wallet: exit.refundedWallet,
      refunded_cash: exit.refundedCash,
      plan: JSON.stringify(exit.plan),
      reason: exit.reason,
      state: exit.state,
      asked_at: exit.askedAt,
      approved_at: exit.approvedAt,
      ended_at: exit.endedAt,
    })
    .execute();
}

export async function findExit(reader: Reader, id: string): Promise<Exit | undefined> {
  return await reader.selectFrom('exits').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The departure of a member that waits or is under way. */
export async function findOpenExit(
  reader: Reader,
  at: { readonly cycleId: string; readonly membershipId: string },
): Promise<Exit | undefined> {
  return await reader
    .selectFrom('exits')
    .select(COLUMNS)
    .where('cycle_id', '=', at.cycleId)
    .where('membership_id', '=', at.membershipId)
    .where('state', 'in', ['asked', 'approved'])
    .executeTakeFirst();
}

export async function listExits(reader: Reader, cycleId: string): Promise<Exit[]> {
  return await reader
    .selectFrom('exits')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id')
    .execute();
}

/** Writes how far a departure has come. */
export async function markExit(
  tx: Tx,
  exit: Pick<
    Exit,
    | 'id'
    | 'state'
    | 'afterRound'
    | 'refund'
    | 'refundedWallet'
    | 'refundedCash'
    | 'plan'
    | 'approvedAt'
    | 'endedAt'
  >,
): Promise<void> {
  await tx
    .updateTable('exits')
    .set({
      state: exit.state,
      after_round: exit.afterRound,
      refund: exit.refund,
      refunded_wallet: exit.refundedWallet,
      refunded_cash: exit.refundedCash,
      plan: JSON.stringify(exit.plan),
      approved_at: exit.approvedAt,
      ended_at: exit.endedAt,
    })
    .where('id', '=', exit.id)
    .execute();
}
