/**
 * States what must be true at every moment of turns that were sold, exchanged or handed on, from the rows and the ledger.
 *
 * What a sale costs whom is worked out here once more, from the bid that won and the terms of its auction.
 */
import { sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';
import { sharedOutOf } from './share-out-books.rows.ts';

/** Sentences, one per violation. */
export async function findTurnFaults(
  db: Db,
  { groupId, cycleId }: { groupId: string; cycleId: string },
): Promise<string[]> {
  const found = await Promise.all([
    findFaultsOfBids(db, cycleId),
    findFaultsOfSales(db, cycleId),
    findFaultsOfPrices(db, groupId, cycleId),
    findFaultsOfExchanges(db, cycleId),
  ]);
  return found.flat();
}

/** Every auction that somebody won: its price, and what of it stays with the common fund. */
const SOLD = (cycleId: string) => sql`priced as (select x.*, case x.kind when 'premium' then x.price
      else least(x.price, x.pot * x.commission_bp / 10000) end as to_fund
    from (select a.id, a.kind, a.place, a.round_id, a.closes_at, a.ended_at, a.least as lower, a.most as upper,
        a.commission_bp, b.share_id, b.amount as price, b.at, b.auction_id,
        c.contribution * (select count(*) from rounds r where r.cycle_id = c.id
          and (r.state <> 'cancelled' or r.cancelled_at > a.ended_at)) as pot
      from auctions a join cycles c on c.id = a.cycle_id join bids b on b.id = a.awarded_bid
      where a.cycle_id = ${cycleId}) x)`;

async function findFaultsOfBids(db: Db, cycleId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`with ${SOLD(cycleId)}
    select 'bid ' || b.id || ' came after the end' as fault
      from bids b join auctions a on a.id = b.auction_id where a.cycle_id = ${cycleId} and b.at >= a.closes_at
    union all select 'bid ' || b.id || ' of ' || b.amount || ' is outside the bounds'
      from bids b join auctions a on a.id = b.auction_id
      where a.cycle_id = ${cycleId} and (b.amount < a.least or b.amount > a.most)
    union all select 'bid ' || b.id || ' of ' || b.amount || ' does not exceed ' || e.amount || ' by ' || a.increment
      from bids b join auctions a on a.id = b.auction_id join bids e on e.auction_id = a.id and e.id <> b.id
      where a.cycle_id = ${cycleId} and (e.at < b.at or e.at = b.at and e.amount <= b.amount)
        and b.amount < e.amount + a.increment
    union all select 'auction ' || p.id || ' was won for ' || p.price || ', and ' || b.amount || ' was bid by a share that might'
      from priced p join bids b on b.auction_id = p.id and b.amount > p.price
        join shares s on s.id = b.share_id join memberships m on m.id = s.membership_id
      where m.state = 'active' and s.state = 'active'
        and not exists (select 1 from turns t where t.cycle_id = s.cycle_id and t.share_id = s.id
          and t.decided_at <= p.ended_at)
        and not exists (select 1 from dues d where (d.share_id = s.id or d.membership_id = s.membership_id)
          and (d.late_at <= p.ended_at or d.kind = 'guarantee') and (d.settled_at is null or d.settled_at >= p.ended_at))
    union all select 'auction ' || p.id || ' was won by a bid of ' || p.auction_id from priced p where p.auction_id <> p.id
    `.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** One pot is sold once, and its price is on the turn of the share that won. */
async function findFaultsOfSales(db: Db, cycleId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`with ${SOLD(cycleId)}
    select 'auction ' || p.id || ' has ' || x.turns || ' turns, ' || x.fitting || ' with its price' as fault
      from priced p join shares s on s.id = p.share_id cross join lateral (select count(*) as turns,
        count(*) filter (where t.share_id = p.share_id and t.decided_by = 'auction'
          and (t.discount, t.premium, t.commission) = (case p.kind when 'discount' then p.price else 0 end,
            case p.kind when 'premium' then p.price else 0 end, case p.kind when 'discount' then p.to_fund else 0 end))
          as fitting
        from turns t where t.decision_id = p.id) x
      where s.state <> 'withdrawn' and (x.turns <> 1 or x.fitting <> 1)
    union all select 'the turn of ' || t.share_id || ' has a price, and no auction has'
      from turns t where t.cycle_id = ${cycleId} and (t.decided_by = 'auction' or t.discount + t.premium > 0)
        and not exists (select 1 from priced p where p.id = t.decision_id)
    union all select 'auction ' || a.id || ' takes bids for a pot that is given'
      from auctions a join turns t on t.cycle_id = a.cycle_id and t.place = a.place
      where a.cycle_id = ${cycleId} and a.state = 'open'
    union all select 'share ' || share_id || ' won ' || count(*) || ' auctions' from priced
      group by share_id having count(*) > 1
    union all select 'place ' || place || ' was given ' || count(*) || ' times' from turns
      where cycle_id = ${cycleId} group by place having count(*) > 1
    union all select 'the turn of ' || t.share_id || ' is place ' || t.place || ', and there is no such pot'
      from turns t where t.cycle_id = ${cycleId}
        and t.place > (select coalesce(sum(payout_count), 0) from rounds where cycle_id = t.cycle_id)
        and (select state from cycles where id = t.cycle_id) <> 'forming'
    `.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** Where every franc of a price went. */
async function findFaultsOfPrices(db: Db, groupId: string, cycleId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`with ${SOLD(cycleId)},
    dividends as (select r.id, r.number, coalesce(sum(p.price - p.to_fund), 0) as sum, count(p.id) as sales
      from rounds r left join priced p on p.round_id = r.id and p.kind = 'discount'
      where r.cycle_id = ${cycleId} group by r.id, r.number),
    lowered as (select d.round_id, sum(d.lowered) as sum,
        coalesce(max(d.lowered) filter (where d.forgiven = 0) - min(d.lowered) filter (where d.forgiven = 0), 0) as apart
      from dues d where d.cycle_id = ${cycleId} and d.kind = 'pot' group by d.round_id)
    select 'the dues of round ' || v.number || ' are ' || l.sum || ' lower, its sales leave ' || v.sum as fault
      from dividends v join lowered l on l.round_id = v.id where l.sum <> v.sum
    union all select 'the dues of round ' || v.number || ' are lowered by ' || l.apart || ' more for one than for another'
      from dividends v join lowered l on l.round_id = v.id where l.apart > v.sales
    union all select 'due ' || d.id || ' of ' || d.amount || ' was met, lowered and forgiven ' || d.met + d.lowered + d.forgiven
      from dues d where d.cycle_id = ${cycleId} and d.met + d.lowered + d.forgiven > d.amount
    union all select 'the guarantee fund stands in for ' || x.open || ' of due ' || d.id || ', of which '
        || d.amount - d.lowered - d.forgiven - d.met || ' is missing'
      from dues d join lateral (select sum(a.amount - a.repaid - a.written_off) as open from advanced_dues a
        where a.due_id = d.id) x on true
      where d.cycle_id = ${cycleId} and x.open > d.amount - d.lowered - d.forgiven - d.met
    union all select 'payout ' || o.id || ' gives ' || o.amount || ' and ' || o.fund_amount || ' to the fund, of a pot of '
        || p.pot || ' sold for ' || p.price
      from payouts o join priced p on p.share_id = o.share_id
      where o.cycle_id = ${cycleId} and (o.amount <> p.pot - p.price or o.fund_amount <> p.to_fund)
    union all select 'payout ' || o.id || ' gives ' || o.fund_amount || ' to the fund, and its pot was not sold'
      from payouts o where o.cycle_id = ${cycleId} and o.fund_amount > 0
        and not exists (select 1 from priced p where p.share_id = o.share_id)
    union all select 'payout ' || o.id || ' gave the fund ' || x.given || ', its row says ' || o.fund_wallet + o.fund_cash
        || ' of ' || o.fund_amount
      from payouts o cross join lateral (select coalesce(sum(t.amount), 0) as given from transfers t
        where t.journal_kind = 'tontine.premium-paid' and t.reference = o.id) x
      where o.cycle_id = ${cycleId} and (x.given <> o.fund_wallet + o.fund_cash
        or o.paid_at is not null and x.given <> o.fund_amount)
    union all select 'the common fund holds ' || x.books || ', its payouts gave ' || x.rows from (select
        (select coalesce(sum(credits_posted - debits_posted), 0) from accounts
          where id like 'interest:' || ${groupId}::text || ':%') as books,
        (select coalesce(sum(fund_wallet + fund_cash), 0) from payouts where group_id = ${groupId})
          - ${sharedOutOf(groupId, 'interest')} as rows) x
      where x.books <> x.rows
    `.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** What changes hands, and what must not any more. */
async function findFaultsOfExchanges(db: Db, cycleId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    select 'swap ' || w.id || ' moved the pot of ' || p.share_id || ', which was asked for' as fault
      from swaps w join payouts p on p.share_id in (w.share_a, w.share_b)
      where w.cycle_id = ${cycleId} and w.state = 'done' and p.proposed_at < w.ended_at
    union all select 'swap ' || w.id || ' moved a turn that was bought or voted'
      from swaps w join turns t on t.cycle_id = w.cycle_id and t.share_id in (w.share_a, w.share_b)
      where w.cycle_id = ${cycleId} and w.state = 'done' and t.decided_by in ('auction', 'vote')
    union all select 'share ' || s.id || ' was handed on to ' || u.to_id || ' and belongs to ' || s.membership_id
      from shares s join lateral (select to_id from substitutions where share_id = s.id and state = 'done'
        order by ended_at desc, id desc limit 1) u on true
      where s.cycle_id = ${cycleId} and u.to_id <> s.membership_id
    union all select 'due ' || d.id || ' is owed by ' || d.membership_id || ', its share is of ' || s.membership_id
      from dues d join shares s on s.id = d.share_id
      where d.cycle_id = ${cycleId} and d.kind in ('pot', 'guarantee') and d.membership_id <> s.membership_id
        and (d.state in ('open', 'late') or d.kind = 'guarantee')
        and not exists (select 1 from allocations a where a.due_id = d.id and a.reverses_id is not null)
    union all select 'substitution ' || u.id || ' moved ' || x.paid || ' of ' || u.price
      from substitutions u join memberships f on f.id = u.from_id join memberships n on n.id = u.to_id
        cross join lateral (select coalesce(sum(t.amount), 0) as paid from transfers t
          where t.journal_kind = 'tontine.share-sold' and t.reference = u.id) x
      where u.cycle_id = ${cycleId} and x.paid <> case when u.state = 'done' and f.person_id is not null
        and n.person_id is not null and f.state <> 'deceased' then u.price else 0 end
    `.execute(db);
  return found.rows.map(({ fault }) => fault);
}
