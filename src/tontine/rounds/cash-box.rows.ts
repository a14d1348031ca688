/**
 * Keeps the boxes of notes, and what became of their notes, in the tables `cash_boxes`, `cash_handouts` and
 * `cash_exchanges`.
 */
import { sql } from 'kysely';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { HandoutPurpose, HandoutState } from './cash-handout.ts';

interface CashBoxTable {
  group_id: string;
  keeper_id: string;
  opened_at: Date;
  closed_at: Date | null;
}

interface CashHandoutTable {
  id: string;
  group_id: string;
  membership_id: string;
  purpose: HandoutPurpose;
  subject_id: string;
  account_id: AccountId;
  currency: Currency;
  amount: bigint;
  state: HandoutState;
  keeper_id: string | null;
  created_at: Date;
  declared_at: Date | null;
  confirmed_at: Date | null;
  confirmed_by: string | null;
}

interface CashExchangeTable {
  id: string;
  group_id: string;
  keeper_id: string;
  account_id: AccountId;
  currency: Currency;
  amount: bigint;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    cash_boxes: CashBoxTable;
    cash_handouts: CashHandoutTable;
    cash_exchanges: CashExchangeTable;
  }
}

/** Opens the box of a keeper; opening twice is opening once. */
export async function insertBox(tx: Tx, groupId: string, keeperId: string, at: Date): Promise<void> {
  await tx
    .insertInto('cash_boxes')
    .values({ group_id: groupId, keeper_id: keeperId, opened_at: at, closed_at: null })
    .onConflict((conflict) => conflict.columns(['group_id', 'keeper_id']).doNothing())
    .execute();
}

/** The memberships that keep a box. */
export async function listKeepers(reader: Reader, groupId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('cash_boxes')
    .select('keeper_id')
    .where('group_id', '=', groupId)
    .orderBy('keeper_id')
    .execute();
  return rows.map((row) => row.keeper_id);
}

export interface Handout {
  readonly id: string;
  readonly groupId: string;
  readonly membershipId: string;
  readonly purpose: HandoutPurpose;
  readonly subjectId: string;
  readonly accountId: AccountId;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly state: HandoutState;
  readonly keeperId: string | null;
  readonly createdAt: Date;
  /** When the keeper said that they handed them over. */
  readonly declaredAt: Date | null;
  readonly confirmedAt: Date | null;
  /** The membership whose word it is. */
  readonly confirmedBy: string | null;
}

/** Notes that nobody has handed over yet. */
export type NewHandout = Omit<Handout, 'state' | 'keeperId' | 'declaredAt' | 'confirmedAt' | 'confirmedBy'>;

const HANDOUT = [
  'id',
  'group_id as groupId',
  'membership_id as membershipId',
  'purpose',
  'subject_id as subjectId',
  'account_id as accountId',
  'currency',
  'amount',
  'state',
  'keeper_id as keeperId',
  'created_at as createdAt',
  'declared_at as declaredAt',
  'confirmed_at as confirmedAt',
  'confirmed_by as confirmedBy',
] as const;

export async function insertHandout(tx: Tx, handout: NewHandout): Promise<void> {
  await tx
    .insertInto('cash_handouts')
    .values({
      id: handout.id,
      group_id: handout.groupId,
      membership_id: handout.membershipId,
      purpose: handout.purpose,
      subject_id: handout.subjectId,
      account_id: handout.accountId,
      currency: handout.currency,
      amount: handout.amount,
      state: 'waiting',
      keeper_id: null,
      created_at: handout.createdAt,
      declared_at: null,
      confirmed_at: null,
      confirmed_by: null,
    })
    .execute();
}

export async function findHandout(reader: Reader, id: string): Promise<Handout | undefined> {
  return await reader.selectFrom('cash_handouts').select(HANDOUT).where('id', '=', id).executeTakeFirst();
}

/** How many of a fund's notes wait to be handed over: nothing else may be paid with them. */
export async function sumPromised(reader: Reader, groupId: string, accountId: AccountId): Promise<bigint> {
  return (await listOpenHandouts(reader, groupId))
    .filter((handout) => handout.accountId === accountId)
    .reduce((sum, handout) => sum + handout.amount, 0n);
}

/** Notes that are still to be handed over in a group, oldest first. */
export async function listOpenHandouts(reader: Reader, groupId: string): Promise<Handout[]> {
  return await reader
    .selectFrom('cash_handouts')
    .select(HANDOUT)
    .where('group_id', '=', groupId)
    .where('state', 'in', ['waiting', 'declared'])
    .orderBy('id')
    .execute();
}

export async function markHandoutDeclared(tx: Tx, id: string, keeperId: string, at: Date): Promise<void> {
  await tx
    .updateTable('cash_handouts')
    .set({ state: 'declared', keeper_id: keeperId, declared_at: at })
    .where('id', '=', id)
    .execute();
}

/** As before a keeper said that they had handed them over. */
export async function markHandoutWaiting(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('cash_handouts')
    .set({ state: 'waiting', keeper_id: null, declared_at: null })
    .where('id', '=', id)
    .execute();
}

export async function markHandoutConfirmed(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('cash_handouts')
    .set({ state: 'confirmed', confirmed_by: by, confirmed_at: at })
    .where('id', '=', id)
    .execute();
}

export interface Exchange {
  readonly id: string;
  readonly groupId: string;
  readonly keeperId: string;
  /** The fund in wallets that receives. */
  readonly accountId: AccountId;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly at: Date;
}

export async function insertExchange(tx: Tx, exchange: Exchange): Promise<void> {
  await tx
    .insertInto('cash_exchanges')
    .values({
      id: exchange.id,
      group_id: exchange.groupId,
      keeper_id: exchange.keeperId,
      account_id: exchange.accountId,
      currency: exchange.currency,
      amount: exchange.amount,
      at: exchange.at,
    })
    .execute();
}

export async function findExchange(reader: Reader, id: string): Promise<Exchange | undefined> {
  return await reader
    .selectFrom('cash_exchanges')
    .select([
      'id',
      'group_id as groupId',
      'keeper_id as keeperId',
      'account_id as accountId',
      'currency',
      'amount',
      'at',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** How much of a fund's notes became wallet money. */
export async function sumExchanged(reader: Reader, accountId: AccountId): Promise<bigint> {
  const row = await reader
    .selectFrom('cash_exchanges')
    .select(sql<string>`coalesce(sum(amount), 0)::text`.as('sum'))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return BigInt(row?.sum ?? '0');
}
