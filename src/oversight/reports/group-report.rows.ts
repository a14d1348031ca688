/**
 * Adds up what went into the funds of each group and what left them, straight from the journal.
 *
 * A member may be in several groups, so payments cannot be divided among them; what names a group for certain is the
 * account that the money stands on. Moves between two funds of a group change nothing of what it holds and are left out.
 * Each fund is looked up by its name; its lines are followed from the end of the period to its beginning, so that neither
 * the journal of everybody else nor other years are read. Groups come in slices, by the last one seen.
 */
import { sql } from 'kysely';
import type { Stretch } from '../../ground/ledger/find-stretch.ts';
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

/** After which group a slice begins. */
export interface GroupPlace {
  readonly name: string;
  readonly groupId: string;
}

export interface GroupSlice {
  readonly period: Period;
  readonly stretch: Stretch;
  readonly after: GroupPlace | undefined;
  readonly limit: number;
}

/** The next groups in the order of their names, also those in which nothing moved. */
export async function listGroupSlice(reader: Reader, slice: GroupSlice): Promise<GroupLine[]> {
  const { from, until } = slice.period;
  const { fromSeq, untilSeq } = slice.stretch;
  const place =
    slice.after === undefined
      ? sql``
      : sql`where (name, id) > (${slice.after.name}::text, ${slice.after.groupId}::text)`;
  const LINE = sql`t.seq, t.debit, t.credit, t.amount, t.journal_kind, t.recorded_at, t.debit_previous, t.credit_previous`;
  /** The nearest row at or above the end of the stretch from which the lines of a fund can be followed. */
  const milestone = (side: 'debit' | 'credit') =>
    sql`(select id, seq from transfers where ${sql.ref(side)} = funds.key and kind in ('single', 'post')
        and seq >= ${untilSeq}::bigint and (${sql.ref(`${side}_previous`)} is null or seq & 15 = 0)
        order by seq limit 1)`;
  /** Lines that do not know the one before them. */
  const unled = (side: 'debit' | 'credit') =>
    sql`select ${LINE}, funds.key from funds cross join lateral (select * from transfers
        where ${sql.ref(side)} = funds.key and ${sql.ref(`${side}_previous`)} is null and kind in ('single', 'post')
          and seq >= ${fromSeq}::bigint and seq < ${untilSeq}::bigint offset 0) t`;
  const sum = (side: 'debit' | 'credit', purse: 'wallet' | 'cash') =>
    sql`coalesce(sum(${sql.ref(side === 'credit' ? 'came' : 'went')}) filter (where purse = ${sql.lit(purse)}), 0)::bigint`;
  const held = (purse: 'wallet' | 'cash') =>
    sql`coalesce(sum(held) filter (where purse = ${sql.lit(purse)}), 0)::bigint`;
  const found = await sql<GroupLine>`with recursive chosen as (
      select id, name, currency from groups ${place} order by name, id limit ${slice.limit}::int),
    owners as (
      select id as group_id, id as owner, currency, array['solidarity', 'guarantee', 'fines', 'interest'] as kinds
        from chosen
      union all select c.group_id, c.id, g.currency, array['pot'] from cycles c join chosen g on g.id = c.group_id
      union all select m.group_id, m.id, g.currency, array['prepaid']
        from memberships m join chosen g on g.id = m.group_id),
    funds as (
      select o.group_id, p.purse, a.key, a.latest_line, a.credits_posted - a.debits_posted as held
      from owners o cross join unnest(o.kinds) as fund
        cross join (values ('wallet', ''), ('cash', ':cash')) as p (purse, suffix)
        join accounts a on a.id = (fund || ':' || o.owner || p.suffix || ':' || o.currency) collate "C"),
    walk as (
      (select ${LINE}, funds.key from funds cross join lateral (select * from transfers
          where id = case when ${untilSeq}::bigint > (select seq from fences) then funds.latest_line else coalesce(
            (select m.id from (${milestone('debit')} union all ${milestone('credit')}) m order by m.seq limit 1),
            funds.latest_line) end offset 0) t)
      union all
      (select ${LINE}, w.key from walk w cross join lateral (select * from transfers
          where id = case when w.debit = w.key then w.debit_previous else w.credit_previous end offset 0) t
        where w.seq > ${fromSeq}::bigint)),
    lines as (
      select * from walk
        where seq < ${untilSeq}::bigint and seq >= ${fromSeq}::bigint
          and case when debit = key then debit_previous else credit_previous end is not null
      union all ${unled('debit')} union all ${unled('credit')}),
    moved as (
      select l.key, count(*) as movements, sum(l.amount) filter (where l.credit = l.key) as came,
        sum(l.amount) filter (where l.debit = l.key) as went,
        sum(l.amount) filter (where l.debit = l.key and l.journal_kind = 'tontine.paid-out') as pots
      from lines l join accounts o on o.key = case when l.debit = l.key then l.credit else l.debit end
      where l.recorded_at >= ${from}::timestamptz and l.recorded_at < ${until}::timestamptz
        and o.kind not in ('solidarity', 'guarantee', 'fines', 'interest', 'pot', 'prepaid')
      group by l.key)
    select g.id as "groupId", g.name, g.currency, coalesce(sum(movements), 0)::bigint as movements,
      ${sum('credit', 'wallet')} as "inWallet", ${sum('credit', 'cash')} as "inCash",
      ${sum('debit', 'wallet')} as "outWallet", ${sum('debit', 'cash')} as "outCash",
      coalesce(sum(pots), 0)::bigint as pots, ${held('wallet')} as "heldWallet", ${held('cash')} as "heldCash"
    from chosen g left join funds on funds.group_id = g.id left join moved on moved.key = funds.key
    group by g.id, g.name, g.currency order by g.name, g.id`.execute(reader);
  return found.rows;
}
