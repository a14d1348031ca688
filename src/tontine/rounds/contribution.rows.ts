/**
 * Keeps what was paid in the table `contributions`. What was allocated is written by the database with each allocation.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Contribution, ContributionMethod, ContributionState } from './contribution.ts';

interface ContributionTable {
  id: string;
  group_id: string;
  cycle_id: string;
  membership_id: string;
  payer_id: string;
  method: ContributionMethod;
  keeper_id: string | null;
  currency: Currency;
  amount: bigint;
  allocated: bigint;
  returned: bigint;
  state: ContributionState;
  declared_by: string;
  declared_at: Date;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  refused_reason: string | null;
  corrected_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    contributions: ContributionTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'membership_id as membershipId',
  'payer_id as payerId',
  'method',
  'keeper_id as keeperId',
  'currency',
  'amount',
  'allocated',
  'returned',
  'state',
  'declared_by as declaredBy',
  'declared_at as declaredAt',
  'confirmed_by as confirmedBy',
  'confirmed_at as confirmedAt',
  'refused_reason as refusedReason',
] as const;

export async function insertContribution(tx: Tx, contribution: Contribution): Promise<void> {
  await tx
    .insertInto('contributions')
    .values({
      id: contribution.id,
      group_id: contribution.groupId,
      cycle_id: contribution.cycleId,
      membership_id: contribution.membershipId,
      payer_id: contribution.payerId,
      method: contribution.method,
      keeper_id: contribution.keeperId,
      currency: contribution.currency,
      amount: contribution.amount,
      allocated: 0n,
      returned: 0n,
      state: contribution.state,
      declared_by: contribution.declaredBy,
      declared_at: contribution.declaredAt,
      confirmed_by: contribution.confirmedBy,
      confirmed_at: contribution.confirmedAt,
      refused_reason: null,
      corrected_at: null,
    })
    .execute();
}

export async function findContribution(reader: Reader, id: string): Promise<Contribution | undefined> {
  return await reader.selectFrom('contributions').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Those of the ids that exist, in no order. */
export async function listContributions(reader: Reader, ids: readonly string[]): Promise<Contribution[]> {
  if (ids.length === 0) return [];
  return await reader.selectFrom('contributions').select(COLUMNS).where('id', 'in', ids).execute();
}

/** Notes that an officer declared and nobody has confirmed yet. */
export async function listDeclared(reader: Reader, groupId: string): Promise<Contribution[]> {
  return await reader
    .selectFrom('contributions')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('state', '=', 'declared')
    .orderBy('id')
    .execute();
}

/** What members paid beyond what was due, oldest first. */
export async function listCredits(reader: Reader, membershipIds: readonly string[]): Promise<Contribution[]> {
  if (membershipIds.length === 0) return [];
  return await reader
    .selectFrom('contributions')
    .select(COLUMNS)
    .where('membership_id', 'in', membershipIds)
    .where('state', '=', 'confirmed')
    .where(sql<boolean>`allocated + returned < amount`)
    .orderBy('id')
    .execute();
}

export async function markContributionConfirmed(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('contributions')
    .set({ state: 'confirmed', confirmed_by: by, confirmed_at: at })
    .where('id', '=', id)
    .execute();
}

export async function markContributionRefused(tx: Tx, id: string, reason: string): Promise<void> {
  await tx
    .updateTable('contributions')
    .set({ state: 'refused', refused_reason: reason })
    .where('id', '=', id)
    .execute();
}

/** Everything of it went back; its allocations were undone before. */
export async function markContributionCorrected(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('contributions')
    .set((row) => ({ state: 'corrected', corrected_at: at, returned: row.ref('amount') }))
    .where('id', '=', id)
    .execute();
}

/** Its credit went back to the member. */
export async function markCreditReturned(tx: Tx, id: string, amount: bigint): Promise<void> {
  await tx
    .updateTable('contributions')
    .set((row) => ({ returned: sql<bigint>`${row.ref('returned')} + ${amount}::bigint` }))
    .where('id', '=', id)
    .execute();
}
