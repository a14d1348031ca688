/**
 * States what must be true of boxes, counts, notes between keepers and fines at every moment, for tests.
 *
 * It asks none of the code that it judges: what the rows say happened to a box is added up here once more.
 */
import { sql } from 'kysely';
import type { Db } from '../../ground/postgres/database.ts';
import { sharedOutOf } from './share-out-books.rows.ts';

/** Sentences, one per violation. */
export async function findBoxFaults(db: Db, groupId: string): Promise<string[]> {
  const found = await Promise.all([
    findFaultsOfBoxes(db, groupId),
    findFaultsOfCounts(db, groupId),
    findFaultsOfFines(db, groupId),
  ]);
  return found.flat();
}

/** A box is what its rows say, holds what is promised of it, and notes between two keepers are in one of the two. */
async function findFaultsOfBoxes(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    with keeper as (select m.id,
        (select debits_posted - credits_posted from accounts
          where accounts.id = 'cash:' || g.id || ':' || m.person_id || ':' || g.currency) as holds
      from memberships m join groups g on g.id = m.group_id where g.id = ${groupId} and m.person_id is not null),
    moved as (
      select keeper_id as keeper, amount from contributions where group_id = ${groupId} and state = 'confirmed'
      union all select keeper_id, -amount from cash_handouts where group_id = ${groupId} and state = 'confirmed'
      union all select keeper_id, -amount from cash_exchanges where group_id = ${groupId}
      union all select to_id, amount from cash_handovers where group_id = ${groupId} and state = 'confirmed'
      union all select from_id, -amount from cash_handovers where group_id = ${groupId} and state = 'confirmed'
      union all select split_part(subject_id, ' ', 2), (facts->>'variance')::bigint from approval_requests
        where group_id = ${groupId} and kind = 'cash-variance' and state = 'granted'),
    promised as (
      select keeper_id as keeper, amount from cash_handouts where group_id = ${groupId} and state = 'declared'
      union all select from_id, amount from cash_handovers where group_id = ${groupId} and state = 'declared')
    select 'the box of ' || k.id || ' holds ' || coalesce(k.holds, 0) || ', its rows say ' || x.rows as fault
      from keeper k cross join lateral
        (select coalesce(sum(amount), 0) as rows from moved where keeper = k.id) x
      where coalesce(k.holds, 0) <> x.rows
    union all select 'the box of ' || k.id || ' holds ' || coalesce(k.holds, 0) || ' and has promised ' || x.rows
      from keeper k cross join lateral
        (select coalesce(sum(amount), 0) as rows from promised where keeper = k.id) x
      where coalesce(k.holds, 0) < x.rows
    union all select 'notes ' || h.id || ' are ' || h.state || ' and were moved ' || x.times || ' times'
      from cash_handovers h cross join lateral (select count(*) as times from transfers t
          where t.journal_kind = 'tontine.handed-over' and t.reference = h.id and t.amount = h.amount) x
      where h.group_id = ${groupId} and x.times <> case h.state when 'confirmed' then 1 else 0 end`.execute(
    db,
  );
  return found.rows.map(({ fault }) => fault);
}

/** What was agreed to moved the difference that people saw, once, and left in the box what was counted. */
async function findFaultsOfCounts(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    with asked as (select r.id, r.state, r.facts, a.key
      from approval_requests r join groups g on g.id = r.group_id
      join memberships m on m.id = split_part(r.subject_id, ' ', 2)
      join accounts a on a.id = 'cash:' || g.id || ':' || m.person_id || ':' || g.currency
      where g.id = ${groupId} and r.kind = 'cash-variance'),
    moved as (select a.id, t.seq, case t.debit when a.key then t.amount else -t.amount end as amount,
        -case t.debit when a.key then t.debit_after else t.credit_after end as holds
      from asked a join transfers t on t.journal_kind = 'tontine.variance' and t.reference = a.id
        and a.key in (t.debit, t.credit)),
    closed as (select c.keeper_id, c.counted, m.id, m.closed_at, a.key from cash_counts c
      join meetings m on m.id = c.meeting_id join groups g on g.id = m.group_id
      join memberships k on k.id = c.keeper_id
      join accounts a on a.id = 'cash:' || g.id || ':' || k.person_id || ':' || g.currency
      where g.id = ${groupId} and m.closed_at is not null)
    select 'difference ' || a.id || ' of ' || (a.facts->>'variance') || ' is ' || a.state || ' and moved ' || x.sum as fault
      from asked a cross join lateral (select coalesce(sum(amount), 0) as sum from moved where id = a.id) x
      where x.sum <> case a.state when 'granted' then (a.facts->>'variance')::bigint else 0 end
    union all select 'difference ' || a.id || ' left ' || x.holds || ' in the box, counted were ' || (a.facts->>'counted')
      from asked a cross join lateral
        (select holds from moved where id = a.id order by seq desc limit 1) x
      where x.holds <> (a.facts->>'counted')::bigint
    union all select 'the count at ' || c.meeting_id || ' differs by ' || c.counted - c.expected || ', agreed was '
        || (r.facts->>'variance')
      from cash_counts c join approval_requests r on r.id = c.explained_by_request
      where c.group_id = ${groupId}
        and (r.state <> 'granted' or c.counted - c.expected <> (r.facts->>'variance')::bigint)
    union all select 'meeting ' || c.id || ' closed with ' || c.counted || ' in a box that held ' || x.holds
      from closed c cross join lateral (select
          coalesce(sum(case t.debit when c.key then t.amount else -t.amount end), 0) as holds,
          coalesce(bool_or(t.recorded_at = c.closed_at), false) as is_unclear
        from transfers t where c.key in (t.debit, t.credit) and t.recorded_at <= c.closed_at) x
      where not x.is_unclear and x.holds <> c.counted`.execute(db);
  return found.rows.map(({ fault }) => fault);
}

/** A fine is due once, one form is one fine, and the fines hold what was paid of them and what counts brought. */
async function findFaultsOfFines(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ fault: string }>`
    select 'fine ' || p.id || ' of ' || p.amount || ' is due ' || x.times || ' times' as fault
      from penalties p cross join lateral (select count(*) as times from dues d where d.kind = 'fine'
        and d.subject_id = p.id and d.amount = p.amount and d.membership_id = p.membership_id) x
      where p.group_id = ${groupId} and x.times <> 1
    union all select 'due ' || d.id || ' is for no fine' from dues d
      where d.group_id = ${groupId} and d.kind = 'fine' and not exists (select from penalties where id = d.subject_id)
    union all select 'form ' || subject_id || ' fined ' || count(*) || ' times' from penalties
      where group_id = ${groupId} and kind <> 'late' and subject_id not in (select id from meetings)
      group by subject_id having count(*) > 1
    union all select 'fines: rows say ' || x.rows || ', the books ' || x.books from (select
        (select coalesce(sum(l.amount), 0) from allocations l join contributions c on c.id = l.contribution_id
          where c.group_id = ${groupId} and l.fund = 'fines')
        + (select coalesce(sum((facts->>'variance')::bigint), 0) from approval_requests
          where group_id = ${groupId} and kind = 'cash-variance' and state = 'granted')
        + (select coalesce(sum(debits_posted - credits_posted), 0) from accounts
          where id like 'receivable:' || ${groupId}::text || ':%')
        - ${sharedOutOf(groupId, 'fines')} as rows,
        (select coalesce(sum(credits_posted - debits_posted), 0) from accounts
          where id like 'fines:' || ${groupId}::text || ':%') as books) x where x.rows <> x.books`.execute(
    db,
  );
  return found.rows.map(({ fault }) => fault);
}

/** What is not settled yet between keepers and their group: sentences for whoever expects rest. */
export async function listUnsettled(db: Db, groupId: string): Promise<string[]> {
  const found = await sql<{ what: string }>`
    select debits_posted - credits_posted || ' is owed by a keeper in ' || id as what from accounts
      where id like 'receivable:' || ${groupId}::text || ':%' and debits_posted <> credits_posted
    union all select 'meeting ' || id || ' is open' from meetings where group_id = ${groupId} and closed_at is null
    union all select 'notes ' || id || ' are on their way' from cash_handovers
      where group_id = ${groupId} and state = 'declared'`.execute(db);
  return found.rows.map(({ what }) => what);
}

/** The meetings of a group, the newest first. */
export async function listMeetings(db: Db, groupId: string): Promise<{ id: string; isOpen: boolean }[]> {
  const found = await sql<{
    id: string;
    isOpen: boolean;
  }>`select id, closed_at is null as "isOpen" from meetings
    where group_id = ${groupId} order by id desc`.execute(db);
  return found.rows;
}
