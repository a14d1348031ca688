/**
 * Empties the tables of tontines for the next universe, where the last one had a group, and finds what may be undone,
 * forgiven or taken.
 */
import { sql } from 'kysely';
import type { Db, Tx } from '../src/ground/postgres/database.ts';

export const TONTINE_TABLES = [
  'default_covers',
  'default_claims',
  'defaults',
  'guarantors',
  'exits',
  'presences',
  'cash_counts',
  'meetings',
  'bids',
  'auctions',
  'draw_entropies',
  'draws',
  'swaps',
  'substitutions',
  'corrections',
  'aid_claims',
  'penalties',
  'guarantee_returns',
  'share_out_parts',
  'share_outs',
  'advanced_dues',
  'guarantee_advances',
  'cash_exchanges',
  'cash_handouts',
  'cash_handovers',
  'cash_boxes',
  'allocations',
  'contributions',
  'dues',
  'payouts',
  'turns',
  'rounds',
  'shares',
  'cycles',
  'approval_votes',
  'approval_requests',
  'member_notices',
  'group_journal',
  'group_rules',
  'membership_roles',
  'memberships',
  'groups',
] as const;

/** Within the transaction that has put the triggers to sleep. */
export async function emptyTontines(tx: Tx): Promise<void> {
  const found = await sql<{ id: string }>`select id from groups limit 1`.execute(tx);
  if (found.rows.length === 0) return;
  for (const table of TONTINE_TABLES) await sql`delete from ${sql.table(table)}`.execute(tx);
}

/** The contributions of a group that are in its books, the oldest first. */
export async function listConfirmed(db: Db, groupId: string): Promise<readonly string[]> {
  const found = await sql<{ id: string }>`select id from contributions
    where group_id = ${groupId} and state = 'confirmed' order by id`.execute(db);
  return found.rows.map(({ id }) => id);
}

export async function listPenalties(db: Db, groupId: string): Promise<readonly string[]> {
  const found = await sql<{
    id: string;
  }>`select id from penalties where group_id = ${groupId} order by id`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Notes that one keeper gave to another who has not answered yet, the oldest first. */
export async function listOnTheirWay(
  db: Db,
  groupId: string,
): Promise<readonly { id: string; fromId: string; toId: string; amount: bigint }[]> {
  const found = await sql<{ id: string; fromId: string; toId: string; amount: bigint }>`
    select id, from_id as "fromId", to_id as "toId", amount from cash_handovers
    where group_id = ${groupId} and state = 'declared' order by id`.execute(db);
  return found.rows;
}
