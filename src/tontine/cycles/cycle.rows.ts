/**
 * Keeps cycles in the table `cycles`.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { Cycle, CycleState, OrderKind } from './cycle.ts';

interface CycleTable {
  id: string;
  group_id: string;
  number: number;
  rules_version: number;
  currency: Currency;
  starts_on: CalendarDay;
  contribution: bigint;
  order_kind: OrderKind;
  share_count: number | null;
  round_count: number | null;
  state: CycleState;
  formed_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    cycles: CycleTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'number',
  'rules_version as rulesVersion',
  'currency',
  'starts_on as startsOn',
  'contribution',
  'order_kind as orderKind',
  'share_count as shareCount',
  'round_count as roundCount',
  'state',
  'formed_at as formedAt',
  'started_at as startedAt',
  'ended_at as endedAt',
] as const;

export async function insertCycle(tx: Tx, cycle: Cycle): Promise<void> {
  await tx
    .insertInto('cycles')
    .values({
      id: cycle.id,
      group_id: cycle.groupId,
      number: cycle.number,
      rules_version: cycle.rulesVersion,
      currency: cycle.currency,
      starts_on: cycle.startsOn,
      contribution: cycle.contribution,
      order_kind: cycle.orderKind,
      share_count: null,
      round_count: null,
      state: 'forming',
      formed_at: cycle.formedAt,
      started_at: null,
      ended_at: null,
    })
    .execute();
}

export async function findCycle(reader: Reader, id: string): Promise<Cycle | undefined> {
  const [found] = await askCycle(reader, { id });
  return found;
}

const askCycle = keptQuery('cycle', (reader, { id }: { readonly id: string }) =>
  reader.selectFrom('cycles').select(COLUMNS).where('id', '=', id),
);

/** The newest cycle of a group, whatever its state. */
export async function findLastCycle(reader: Reader, groupId: string): Promise<Cycle | undefined> {
  const [found] = await askLastCycle(reader, { groupId });
  return found;
}

const askLastCycle = keptQuery('last-cycle', (reader, { groupId }: { readonly groupId: string }) =>
  reader
    .selectFrom('cycles')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .orderBy('number', 'desc')
    .limit(1),
);

/** Only while it forms. */
export async function markCycleStart(tx: Tx, id: string, startsOn: CalendarDay): Promise<void> {
  await tx.updateTable('cycles').set({ starts_on: startsOn }).where('id', '=', id).execute();
}

export async function markCycleStarted(
  tx: Tx,
  start: {
    readonly id: string;
    readonly startsOn: CalendarDay;
    readonly shareCount: number;
    readonly roundCount: number;
    readonly at: Date;
  },
): Promise<void> {
  await tx
    .updateTable('cycles')
    .set({
      state: 'running',
      starts_on: start.startsOn,
      share_count: start.shareCount,
      round_count: start.roundCount,
      started_at: start.at,
    })
    .where('id', '=', start.id)
    .execute();
}

export async function markCycleEnded(
  tx: Tx,
  id: string,
  state: Extract<CycleState, 'complete' | 'broken'>,
  at: Date,
): Promise<void> {
  await tx.updateTable('cycles').set({ state, ended_at: at }).where('id', '=', id).execute();
}
