/**
 * Keeps the places of cycles in the table `shares`.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { Turn } from './turn.rows.ts';

export type ShareState =
  | 'active' // pays, and is served once
  | 'withdrawn' // its owner left before being served
  | 'defaulted'; // was served, and does not pay any more

interface ShareTable {
  id: string;
  group_id: string;
  cycle_id: string;
  membership_id: string;
  number: number;
  state: ShareState;
  created_at: Date;
  served_at: Date | null;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    shares: ShareTable;
  }
}

export interface Share {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly membershipId: string;
  readonly number: number;
  readonly state: ShareState;
  readonly servedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'membership_id as membershipId',
  'number',
  'state',
  'served_at as servedAt',
] as const;

export interface NewShare {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly membershipId: string;
  readonly number: number;
  readonly at: Date;
}

export async function insertShares(tx: Tx, shares: readonly NewShare[]): Promise<void> {
  if (shares.length === 0) return;
  await tx
    .insertInto('shares')
    .values(
      shares.map((share) => ({
        id: share.id,
        group_id: share.groupId,
        cycle_id: share.cycleId,
        membership_id: share.membershipId,
        number: share.number,
        state: 'active',
        created_at: share.at,
        served_at: null,
        ended_at: null,
      })),
    )
    .execute();
}

export async function findShare(reader: Reader, id: string): Promise<Share | undefined> {
  return await reader.selectFrom('shares').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

export async function listShares(reader: Reader, cycleId: string): Promise<Share[]> {
  return await reader
    .selectFrom('shares')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('number')
    .execute();
}

/** The shares of a cycle by number, and the turns that are decided by place. */
export async function listSharesAndTurns(
  reader: Reader,
  cycleId: string,
): Promise<{ readonly shares: Share[]; readonly turns: Turn[] }> {
  const rows = await askSharesAndTurns(reader, { cycleId });
  const turns = rows.flatMap(
    ({ id: shareId, place, decidedBy, decisionId, discount, premium, commission }): Turn[] =>
      place === null || decidedBy === null || discount === null || premium === null || commission === null
        ? []
        : [{ cycleId, shareId, place, decidedBy, decisionId, discount, premium, commission }],
  );
  return {
    shares: rows.map(({ id, groupId, membershipId, number, state, servedAt }) => ({
      id,
      groupId,
      cycleId,
      membershipId,
      number,
      state,
      servedAt,
    })),
    turns: turns.toSorted((left, right) => left.place - right.place),
  };
}

const askSharesAndTurns = keptQuery('shares-and-turns', (reader, { cycleId }: { readonly cycleId: string }) =>
  reader
    .selectFrom('shares')
    .leftJoin('turns', (join) =>
      join.onRef('turns.share_id', '=', 'shares.id').onRef('turns.cycle_id', '=', 'shares.cycle_id'),
    )
    .select(COLUMNS.map((column) => `shares.${column}` as const))
    .select([
      'turns.place',
      'turns.decided_by as decidedBy',
      'turns.decision_id as decisionId',
      'turns.discount',
      'turns.premium',
      'turns.commission',
    ])
    .where('shares.cycle_id', '=', cycleId)
    .orderBy('shares.number'),
);

/** Only while a cycle forms. */
export async function deleteShare(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('shares').where('id', '=', id).execute();
}

export async function markShareServed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('shares')
    .set({ served_at: at })
    .where('id', '=', id)
    .where('served_at', 'is', null)
    .execute();
}

export async function markShareEnded(
  tx: Tx,
  id: string,
  state: Extract<ShareState, 'withdrawn' | 'defaulted'>,
  at: Date,
): Promise<void> {
  await tx.updateTable('shares').set({ state, ended_at: at }).where('id', '=', id).execute();
}

export async function markShareOwner(tx: Tx, id: string, membershipId: string): Promise<void> {
  await tx.updateTable('shares').set({ membership_id: membershipId }).where('id', '=', id).execute();
}

/** How many places of cycles that are not over a member holds, defaulted ones included. */
export async function countSharesHeld(reader: Reader, membershipId: string): Promise<number> {
  const found = await sql<{
    held: bigint;
  }>`select count(*) as held from shares s join cycles c on c.id = s.cycle_id
    where s.membership_id = ${membershipId} and s.state <> 'withdrawn'
    and c.state in ('forming', 'running')`.execute(reader);
  return Number(found.rows[0]?.held ?? 0n);
}
