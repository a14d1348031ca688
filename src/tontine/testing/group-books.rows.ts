/**
 * States what must be true of a group's money at every moment, from the ledger and the rows, for tests.
 *
 * It asks none of the code that it judges.
 */
import { sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';

/** Sentences, one per violation. */
export async function findGroupFaults(
  db: Db,
  group: { groupId: string; cycleId: string },
): Promise<string[]> {
  const { groupId, cycleId } = group;
  const found = await sql<{ faults: string[] | null }>`
    with a as (select id, kind, currency,
        case normal_side when 'credit' then credits_posted - debits_posted else debits_posted - credits_posted end as sum
      from accounts),
    own as (select a.* from a where a.id like 'cash:' || ${groupId}::text || ':%'
      or a.id like 'receivable:' || ${groupId}::text || ':%'
      or a.id like any (array['pot:' || ${cycleId}::text || ':%', 'solidarity:' || ${groupId}::text || ':%',
        'guarantee:' || ${groupId}::text || ':%', 'fines:' || ${groupId}::text || ':%',
        'interest:' || ${groupId}::text || ':%'])
      or a.id in (select 'prepaid:' || m.id || ':' || g.currency from memberships m join groups g on g.id = m.group_id
        where g.id = ${groupId})
      or a.id in (select 'prepaid:' || m.id || ':cash:' || g.currency from memberships m
        join groups g on g.id = m.group_id where g.id = ${groupId})),
    alloc as (select l.*, c.method, d.kind from allocations l join contributions c on c.id = l.contribution_id
      join dues d on d.id = l.due_id where c.group_id = ${groupId})
    select array_agg(fault) as faults from (
      select 'I2: boxes and what keepers owe them hold ' || coalesce(sum(sum) filter (where kind in ('cash', 'receivable')), 0) || ', funds in notes say '
          || coalesce(sum(sum) filter (where id like '%:cash:%'), 0) as fault
        from own having coalesce(sum(sum) filter (where kind in ('cash', 'receivable')), 0)
          <> coalesce(sum(sum) filter (where id like '%:cash:%'), 0)
      union all select 'I3: ' || id || ' is ' || sum from own where sum < 0
      union all select 'I4: contribution ' || c.id || ' allocated ' || c.allocated || ' of ' || c.amount
        from contributions c where c.group_id = ${groupId} and (c.allocated + c.returned > c.amount or c.allocated
          <> (select coalesce(sum(amount), 0) from allocations where contribution_id = c.id))
      union all select 'due ' || d.id || ' says ' || d.met from dues d where d.group_id = ${groupId}
        and d.met <> (select coalesce(sum(amount), 0) from allocations where due_id = d.id)
      union all select 'credit of ' || m.id || ' is ' || x.rows || ' in rows, ' || x.books || ' in the books'
        from memberships m cross join lateral (select
          (select coalesce(sum(amount - allocated - returned), 0) from contributions
            where membership_id = m.id and state = 'confirmed')
          + (select coalesce(sum(h.amount), 0) from cash_handouts h where h.membership_id = m.id
            and h.purpose = 'credit' and h.state in ('waiting', 'declared')) as rows,
          (select coalesce(sum(sum), 0) from a where id like 'prepaid:' || m.id || ':%') as books) x
        where m.group_id = ${groupId} and x.rows <> x.books
      union all select 'A2: share ' || share_id || ' was paid ' || count(*) || ' pots' from payouts
        where cycle_id = ${cycleId} group by share_id having count(*) > 1
      union all select 'payout ' || p.id || ' got ' || x.got || ', its row says ' || p.wallet_paid + p.cash_paid
        from payouts p cross join lateral (select coalesce(sum(t.amount), 0) as got from transfers t
          where t.journal_kind = 'tontine.paid-out' and t.reference = p.id) x
        where p.cycle_id = ${cycleId} and x.got <> p.wallet_paid + p.cash_paid
      union all select 'pot: rows say ' || x.rows || ', the books ' || x.books from (select
          (select coalesce(sum(amount), 0) from alloc where fund = 'pot')
          + (select coalesce(sum(wallet_amount + cash_amount), 0) from guarantee_advances where cycle_id = ${cycleId})
          - (select coalesce(sum(wallet_paid + cash_paid + fund_wallet + fund_cash), 0) from payouts
            where cycle_id = ${cycleId})
          - (select coalesce(sum(refunded_wallet + refunded_cash), 0) from exits where cycle_id = ${cycleId}) as rows,
          (select coalesce(sum(sum), 0) from own where kind = 'pot') as books) x where x.rows <> x.books
      union all select 'pot up to round ' || r.number || ' gave ' || -x.left || ' more than it had' from rounds r
        cross join lateral (select
          (select coalesce(sum(l.amount), 0) from alloc l join dues d on d.id = l.due_id
            join rounds e on e.id = d.round_id where l.fund = 'pot' and d.cycle_id = ${cycleId} and e.number <= r.number)
          + (select coalesce(sum(g.wallet_amount + g.cash_amount), 0) from guarantee_advances g
            join payouts p on p.id = g.payout_id join rounds e on e.id = p.round_id
            where g.cycle_id = ${cycleId} and e.number <= r.number)
          - (select coalesce(sum(p.wallet_paid + p.cash_paid + p.cash_waiting), 0) from payouts p
            join rounds e on e.id = p.round_id where p.cycle_id = ${cycleId} and e.number <= r.number) as left) x
        where r.cycle_id = ${cycleId} and x.left < 0
      union all select 'due ' || subject_id || ' was fined ' || count(*) || ' times for one day' from penalties
        where cycle_id = ${cycleId} and kind = 'late' group by subject_id, step having count(*) > 1
      union all select 'I1: ' || currency || ' sums to ' || sum(debits_posted - credits_posted) from accounts
        group by currency having sum(debits_posted - credits_posted) <> 0
    ) f`.execute(db);
  return [
    ...(found.rows[0]?.faults ?? []),
    ...(await findFaultsOfHelp(db, groupId)),
    ...(await findFaultsOfLeaving(db, groupId)),
  ];
}

/** Of help and of what was forgiven. */
async function findFaultsOfHelp(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
      select 'aid ' || c.id || ' got ' || x.got || ' in the wallet, its row says ' || c.wallet_paid as fault
        from aid_claims c cross join lateral (select coalesce(sum(t.amount), 0) as got from transfers t
          where t.journal_kind = 'tontine.aid-granted' and t.reference = c.id) x
        where c.group_id = ${groupId} and x.got <> c.wallet_paid
      union all select 'aid ' || c.id || ' of ' || c.amount || ' gives ' || c.wallet_paid + c.cash_paid + c.cash_waiting
        from aid_claims c where c.group_id = ${groupId} and c.wallet_paid + c.cash_paid + c.cash_waiting
          <> case when c.state in ('granted', 'paid') then c.amount else 0 end
      union all select 'due ' || d.id || ' of ' || d.amount || ' was met and forgiven ' || d.met + d.forgiven
        from dues d where d.group_id = ${groupId} and d.met + d.forgiven > d.amount`.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** Of those who left, of who stopped paying, and of who stood in for them. */
async function findFaultsOfLeaving(db: Db, groupId: string): Promise<string[]> {
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

/** What a share paid into the pot and received from it. */
export interface ShareFlow {
  readonly shareId: string;
  readonly state: 'active' | 'withdrawn' | 'defaulted';
  readonly paid: bigint;
  readonly received: bigint;
  /** To those who left, of what these had paid into its pot. */
  readonly givenBack: bigint;
}

export async function listShareFlows(db: Db, cycleId: string): Promise<ShareFlow[]> {
  const found = await sql<ShareFlow>`select s.id as "shareId", s.state,
      coalesce((select sum(d.met) from dues d where d.share_id = s.id and d.kind = 'exit'), 0)::bigint as "givenBack",
      coalesce((select sum(d.met) from dues d where d.share_id = s.id and d.kind = 'pot'), 0)::bigint as paid,
      coalesce((select sum(p.wallet_paid + p.cash_paid) from payouts p where p.share_id = s.id), 0)::bigint as received
    from shares s where s.cycle_id = ${cycleId} order by s.number`.execute(db);
  return found.rows;
}
