/**
 * States what must be true of common funds that were shared out, at every moment, for tests.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';

/** Sentences, one per violation. */
export async function findShareOutFaults(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    with own as (select * from share_outs where group_id = ${groupId}),
    members as (select p.share_out_id, p.membership_id, p.shares, sum(p.amount) as amount from share_out_parts p
      where p.group_id = ${groupId} group by 1, 2, 3)
    select 'cycle ' || cycle_id || ' was shared out ' || count(*) || ' times' as fault from own
      group by cycle_id having count(*) > 1
    union all select 'share-out ' || o.id || ' of ' || o.total || ' has parts of ' || x.parts
      from own o cross join lateral (select sum(amount) as parts from members m where m.share_out_id = o.id) x
      where x.parts is distinct from o.total
    union all select m.membership_id || ' has ' || m.amount || ' of ' || o.total || ' for ' || m.shares || ' shares of ' || o.shares
      from members m join own o on o.id = m.share_out_id
      where abs(m.amount * o.shares - o.total * m.shares) >= o.shares
    union all select 'share-out ' || o.id || ' moved ' || x.moved || ' into wallets, its parts say ' || x.parts
      from own o cross join lateral (select
        (select coalesce(sum(amount), 0) from transfers
          where journal_kind = 'tontine.shared-out' and reference = o.id) as moved,
        (select coalesce(sum(amount), 0) from share_out_parts where share_out_id = o.id and not in_notes) as parts) x
      where x.moved <> x.parts
    union all select 'part ' || p.id || ' in notes is handed over ' || x.times || ' times'
      from share_out_parts p cross join lateral (select count(*) as times from cash_handouts h
        where h.purpose = 'share-out' and h.subject_id = p.id and h.amount = p.amount
          and h.membership_id = p.membership_id and h.account_id = p.account_id and h.state <> 'cancelled') x
      where p.group_id = ${groupId} and x.times <> case when p.in_notes then 1 else 0 end`.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** Once a cycle is at rest: whoever still holds shares has a part for each of them, and nobody else has any. */
export async function findUnfairParts(db: Db, cycleId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    select s.membership_id || ' holds ' || s.held || ' shares, and had a part for ' || coalesce(p.shares, 0) as fault
      from share_outs o
      cross join (select membership_id, count(*) filter (where state = 'active') as held from shares
        where cycle_id = ${cycleId} group by 1) s
      left join lateral (select max(shares) as shares from share_out_parts
        where share_out_id = o.id and membership_id = s.membership_id) p on true
      where o.cycle_id = ${cycleId} and coalesce(p.shares, 0) <> s.held and (o.total >= o.shares or p.shares is not null)
    union all select 'the common fund was shared out among ' || o.shares || ' shares of ' || x.held
      from share_outs o cross join lateral (select count(*) as held from shares
        where cycle_id = o.cycle_id and state = 'active') x
      where o.cycle_id = ${cycleId} and x.held <> o.shares`.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** What has left a fund of the group so far because it was shared out: parts in wallets, and notes that arrived. */
export function sharedOutOf(groupId: string, fund: 'fines' | 'interest'): RawBuilder<bigint> {
  return sql<bigint>`(select coalesce(sum(p.amount), 0) from share_out_parts p
    where p.group_id = ${groupId} and p.account_id like ${`${fund}:%`}::text and (not p.in_notes or exists (
      select from cash_handouts h where h.purpose = 'share-out' and h.subject_id = p.id and h.state = 'confirmed')))`;
}
