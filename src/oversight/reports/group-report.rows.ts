/**
 * Adds up what went into the funds of each group and what left them, straight from the journal.
 *
 * A member may be in several groups, so payments cannot be divided among them; what names a group for certain is the
 * account that the money stands on. Moves between two funds of a group change nothing of what it holds and are left out.
 * Each fund is looked up by its name and each of its lines by its account, so that the journal of everybody else is not
 * read.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Period } from './report.ts';

export interface GroupLine {
  readonly groupId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly movements: bigint;
  readonly inWallet: bigint;
  readonly inCash: bigint;
  readonly outWallet: bigint;
  readonly outCash: bigint;
  /** How much of what left was handed out as pots. */
  readonly pots: bigint;
  /** Now, whatever the period. */
  readonly heldWallet: bigint;
  readonly heldCash: bigint;
}

/** A page is read by people; whoever hosts more active groups narrows the period. */
export const MOST_GROUPS = 500;

/** Those in which something moved, in the order of their names. */
export async function listGroupLines(reader: Reader, { from, until }: Period): Promise<GroupLine[]> {
  const of = (side: 'debit' | 'credit', other: 'debit' | 'credit') =>
    sql`select amount, journal_kind, ${sql.lit(side)} as side, ${sql.ref(other)} as other from transfers
      where ${sql.ref(side)} = funds.key and kind in ('single', 'post')
        and recorded_at >= ${from}::timestamptz and recorded_at < ${until}::timestamptz`;
  const sum = (side: 'debit' | 'credit', purse: 'wallet' | 'cash') =>
    sql`coalesce(sum(${sql.ref(side === 'credit' ? 'came' : 'went')}) filter (where purse = ${sql.lit(purse)}), 0)::bigint`;
  const held = (purse: 'wallet' | 'cash') =>
    sql`coalesce(sum(held) filter (where purse = ${sql.lit(purse)}), 0)::bigint`;
  const found = await sql<GroupLine>`with owners as (
      select id as group_id, id as owner, currency, array['solidarity', 'guarantee', 'fines', 'interest'] as kinds
        from groups
      union all select c.group_id, c.id, g.currency, array['pot'] from cycles c join groups g on g.id = c.group_id
      union all select m.group_id, m.id, g.currency, array['prepaid']
        from memberships m join groups g on g.id = m.group_id),
    funds as (
      select o.group_id, p.purse, a.key, a.credits_posted - a.debits_posted as held
      from owners o cross join unnest(o.kinds) as fund
        cross join (values ('wallet', ''), ('cash', ':cash')) as p (purse, suffix)
        join accounts a on a.id = (fund || ':' || o.owner || p.suffix || ':' || o.currency) collate "C"),
    moved as (
      select funds.*, m.* from funds cross join lateral (
        select count(*) as movements, sum(t.amount) filter (where side = 'credit') as came,
          sum(t.amount) filter (where side = 'debit') as went,
          sum(t.amount) filter (where side = 'debit' and t.journal_kind = 'tontine.paid-out') as pots
        from (${of('credit', 'debit')} union all ${of('debit', 'credit')}) t
          join accounts o on o.key = t.other
        where o.kind not in ('solidarity', 'guarantee', 'fines', 'interest', 'pot', 'prepaid')) m)
    select g.id as "groupId", g.name, g.currency, sum(movements)::bigint as movements,
      ${sum('credit', 'wallet')} as "inWallet", ${sum('credit', 'cash')} as "inCash",
      ${sum('debit', 'wallet')} as "outWallet", ${sum('debit', 'cash')} as "outCash",
      coalesce(sum(pots), 0)::bigint as pots, ${held('wallet')} as "heldWallet", ${held('cash')} as "heldCash"
    from moved join groups g on g.id = moved.group_id
    group by g.id having sum(movements) > 0 order by g.name, g.id limit ${MOST_GROUPS}::int`.execute(reader);
  return found.rows;
}
