/**
 * States what must be true at every moment of those who left a group, of who stopped paying, and of who stood in for them.
 */
import { sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';

/** Sentences, one per violation. */
export async function findLeavingFaults(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
      select 'exit ' || e.id || ' got ' || x.got || ' in the wallet, its row says ' || e.refunded_wallet as fault
        from exits e cross join lateral (select coalesce(sum(t.amount), 0) as got from transfers t
          where t.journal_kind = 'tontine.refunded' and t.reference = e.id and t.credit in
            (select key from accounts where kind = 'member')) x
        where e.group_id = ${groupId} and x.got <> e.refunded_wallet
      union all select 'exit ' || e.id || ' is ' || e.state || ' with ' || e.refunded_wallet + e.refunded_cash || ' of '
          || e.refund from exits e where e.group_id = ${groupId} and case e.state
            when 'settled' then e.refunded_wallet + e.refunded_cash <> e.refund
            when 'approved' then e.refunded_wallet + e.refunded_cash >= e.refund
            else e.refunded_wallet + e.refunded_cash <> 0 end
      union all select 'exit ' || e.id || ' gives back ' || e.refund || ', paid was ' || x.paid
        from exits e cross join lateral (select coalesce(sum(d.met), 0) as paid from dues d
          join shares s on s.id = d.share_id where s.cycle_id = e.cycle_id and s.membership_id = e.membership_id
            and s.state = 'withdrawn' and d.kind = 'pot') x
        where e.group_id = ${groupId} and e.state in ('approved', 'settled') and x.paid <> e.refund
      union all select 'exit ' || subject_id || ' asks for ' || sum(d.amount) || ', it gives back ' || e.refund
        from dues d join exits e on e.id = d.subject_id where e.group_id = ${groupId} and d.kind = 'exit'
        group by subject_id, e.refund having sum(d.amount) <> e.refund
      union all select 'share ' || s.id || ' left and has a turn or a pot' from shares s
        where s.group_id = ${groupId} and s.state = 'withdrawn' and (s.served_at is not null
          or exists (select 1 from turns t where t.share_id = s.id)
          or exists (select 1 from payouts p where p.share_id = s.id))
      union all select 'default ' || f.id || ' of ' || f.debt || ' was covered with ' || f.covered || ', its covers say '
          || x.covers || ', its claims ' || x.claims || ', recovered ' || f.recovered from defaults f cross join lateral (select
          (select coalesce(sum(amount), 0) from default_covers where default_id = f.id) as covers,
          (select coalesce(sum(covered), 0) from default_claims where default_id = f.id) as claims) x
        where f.group_id = ${groupId} and (f.covered <> x.covers or x.claims > f.covered
          or f.covered + f.recovered > f.debt)
      union all select 'guarantors gave ' || x.given || ', the covers say ' || x.covers from (select
          (select coalesce(sum(c.amount), 0) from default_covers c join defaults f on f.id = c.default_id
            where f.group_id = ${groupId} and c.source = 'guarantor') as covers,
          (select coalesce(sum(t.amount), 0) from transfers t join accounts a on a.key = t.debit
            where t.journal_kind = 'tontine.default-covered' and a.kind = 'member') as given) x
        where x.covers <> x.given`.execute(db);
  return found.rows.map(({ fault }) => fault);
}
