/**
 * Keeps the dates of cycles in the table `rounds`.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { CalendarDay } from '../cycles/calendar-day.ts';
import type { Round, RoundState } from './round.ts';

interface RoundTable {
  id: string;
  group_id: string;
  cycle_id: string;
  number: number;
  due_on: CalendarDay;
  opens_at: Date;
  due_at: Date;
  closes_at: Date;
  payout_count: number;
  state: RoundState;
  opened_at: Date | null;
  closed_at: Date | null;
  served_at: Date | null;
  cancelled_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    rounds: RoundTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'number',
  'due_on as dueOn',
  'opens_at as opensAt',
  'due_at as dueAt',
  'closes_at as closesAt',
  'payout_count as payoutCount',
  'state',
  'closed_at as closedAt',
  'served_at as servedAt',
] as const;

/** A cycle that the group gave up has nothing to open or to close. */
const ITS_CYCLE_RUNS = sql<boolean>`exists (select 1 from cycles where cycles.id = rounds.cycle_id
  and cycles.state = 'running')`;

export async function insertRounds(
  tx: Tx,
  rounds: readonly Omit<Round, 'closedAt' | 'servedAt'>[],
): Promise<void> {
  await tx
    .insertInto('rounds')
    .values(
      rounds.map((round) => ({
        id: round.id,
        group_id: round.groupId,
        cycle_id: round.cycleId,
        number: round.number,
        due_on: round.dueOn,
        opens_at: round.opensAt,
        due_at: round.dueAt,
        closes_at: round.closesAt,
        payout_count: round.payoutCount,
        state: round.state,
        opened_at: null,
        closed_at: null,
        served_at: null,
        cancelled_at: null,
      })),
    )
    .execute();
}

export async function findRound(reader: Reader, id: string): Promise<Round | undefined> {
  return await reader.selectFrom('rounds').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

export async function listRounds(reader: Reader, cycleId: string): Promise<Round[]> {
  return [...(await askRounds(reader, { cycleId }))];
}

const askRounds = keptQuery('rounds-of-cycle', (reader, { cycleId }: { readonly cycleId: string }) =>
  reader.selectFrom('rounds').select(COLUMNS).where('cycle_id', '=', cycleId).orderBy('number'),
);

/** Rounds of any group whose moment to open has come. */
export async function listRoundsToOpen(reader: Reader, now: Date, limit: number): Promise<Round[]> {
  return await reader
    .selectFrom('rounds')
    .select(COLUMNS)
    .where('state', '=', 'scheduled')
    .where(ITS_CYCLE_RUNS)
    .where('opens_at', '<=', now)
    .orderBy('opens_at')
    .limit(limit)
    .execute();
}

/** Open rounds of any group whose grace has ended. */
export async function listRoundsToClose(reader: Reader, now: Date, limit: number): Promise<Round[]> {
  return await reader
    .selectFrom('rounds')
    .select(COLUMNS)
    .where('state', '=', 'open')
    .where(ITS_CYCLE_RUNS)
    .where('closes_at', '<=', now)
    .orderBy('closes_at')
    .limit(limit)
    .execute();
}

export async function markRoundOpened(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('rounds').set({ state: 'open', opened_at: at }).where('id', '=', id).execute();
}

export async function markRoundClosed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('rounds').set({ state: 'closed', closed_at: at }).where('id', '=', id).execute();
}

export async function markRoundServed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('rounds').set({ state: 'served', served_at: at }).where('id', '=', id).execute();
}

/** A round falls away before it opens, with its pots. */
export async function markRoundCancelled(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('rounds')
    .set({ state: 'cancelled', cancelled_at: at, payout_count: 0 })
    .where('id', '=', id)
    .execute();
}

/** A round that has not opened hands out fewer pots, because a member has left. */
export async function markPayoutCount(tx: Tx, id: string, payoutCount: number): Promise<void> {
  await tx.updateTable('rounds').set({ payout_count: payoutCount }).where('id', '=', id).execute();
}
