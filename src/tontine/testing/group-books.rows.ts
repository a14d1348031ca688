/**
 * States what must be true of a group's money at every moment, from the ledger and the rows, for tests.
 *
 * It asks none of the code that it judges.
 */
import { sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';
import { findBoxFaults } from './box-books.rows.ts';
import { findLeavingFaults } from './leaving-books.rows.ts';
import { findShareOutFaults } from './share-out-books.rows.ts';
import { findTurnFaults } from './turn-books.rows.ts';

interface Books {
  readonly groupId: string;
  readonly cycleId: string;
}

/** Sentences, one per violation. */
export async function findGroupFaults(db: Db, group: Books): Promise<string[]> {
  return [
    ...(await findFaultsOfMoney(db, group)),
    ...(await findFaultsOfHelp(db, group.groupId)),
    ...(await findBoxFaults(db, group.groupId)),
    ...(await findLeavingFaults(db, group.groupId)),
    ...(await findTurnFaults(db, group)),
    ...(await findShareOutFaults(db, group.groupId)),
  ];
}

async function findFaultsOfMoney(db: Db, { groupId, cycleId }: Books): Promise<string[]> {
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
  return found.rows[0]?.faults ?? [];
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
