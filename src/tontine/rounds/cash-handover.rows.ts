/**
 * Keeps notes that go from one keeper's box to another's in the table `cash_handovers`.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type HandoverState =
  | 'declared' // the giver says that they gave them
  | 'confirmed' // the receiver has them: the boxes say so
  | 'refused'; // the receiver says that it is not true

interface CashHandoverTable {
  id: string;
  group_id: string;
  from_id: string;
  to_id: string;
  currency: Currency;
  amount: bigint;
  state: HandoverState;
  declared_at: Date;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    cash_handovers: CashHandoverTable;
  }
}

export interface Handover {
  readonly id: string;
  readonly groupId: string;
  /** The membership that gives. */
  readonly fromId: string;
  readonly toId: string;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly state: HandoverState;
  readonly declaredAt: Date;
  /** When the receiver said yes or no. */
  readonly endedAt: Date | null;
}

/** What the giver says. */
export type NewHandover = Omit<Handover, 'state' | 'declaredAt' | 'endedAt'>;

const COLUMNS = [
  'id',
  'group_id as groupId',
  'from_id as fromId',
  'to_id as toId',
  'currency',
  'amount',
  'state',
  'declared_at as declaredAt',
  'ended_at as endedAt',
] as const;

export async function insertHandover(tx: Tx, handover: NewHandover, at: Date): Promise<void> {
  await tx
    .insertInto('cash_handovers')
    .values({
      id: handover.id,
      group_id: handover.groupId,
      from_id: handover.fromId,
      to_id: handover.toId,
      currency: handover.currency,
      amount: handover.amount,
      state: 'declared',
      declared_at: at,
      ended_at: null,
    })
    .execute();
}

export async function findHandover(reader: Reader, id: string): Promise<Handover | undefined> {
  return await reader.selectFrom('cash_handovers').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Those that wait for the receiver's word, the oldest first. */
export async function listOpenHandovers(reader: Reader, groupId: string): Promise<Handover[]> {
  return await reader
    .selectFrom('cash_handovers')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('state', '=', 'declared')
    .orderBy('id')
    .execute();
}

/** What a keeper says they gave to another one, and nobody has confirmed. */
export async function sumGiven(reader: Reader, groupId: string, fromId: string): Promise<bigint> {
  const row = await reader
    .selectFrom('cash_handovers')
    .select(sql<string>`coalesce(sum(amount), 0)::text`.as('sum'))
    .where('group_id', '=', groupId)
    .where('from_id', '=', fromId)
    .where('state', '=', 'declared')
    .executeTakeFirst();
  return BigInt(row?.sum ?? '0');
}

export async function markHandoverEnded(
  tx: Tx,
  id: string,
  state: Exclude<HandoverState, 'declared'>,
  at: Date,
): Promise<void> {
  await tx.updateTable('cash_handovers').set({ state, ended_at: at }).where('id', '=', id).execute();
}
