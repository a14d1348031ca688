-- Each line of a statement knows the line before it on the same account, and an account its latest one. Until now two
-- indexes over every transfer found the lines of an account, and keeping them was a fifth of what posting costs.
-- The version before goes on calling the same functions meanwhile.

-- The id of the latest line. Nil where there is none yet; null on an account that was there before, until it moves.
alter table accounts add column latest_line uuid;
--;;
alter table accounts alter latest_line set default '00000000-0000-0000-0000-000000000000';
--;;
-- The id of the line before, on the account that is debited and on the one that is credited. Nil for the first line of an
-- account; null where nothing is moved (`pending`, `void`), and where nobody wrote it down, which is in older rows.
alter table transfers add column debit_previous uuid, add column credit_previous uuid;
--;;
-- Where reading may begin, so that a page of long ago does not read all that came since: every sixteenth row of the
-- journal, whoever's it is, and the lines that do not know what was before them. A journal that has rows keeps its two
-- larger indexes, which say all that these say: building others would hold up whoever posts meanwhile.
do $$
begin
  if not exists (select from transfers) then
    drop index transfers_by_debit, transfers_by_credit;
    create index transfers_debit_milestones on transfers (debit, seq)
      where kind in ('single', 'post') and (debit_previous is null or seq & 15 = 0);
    create index transfers_credit_milestones on transfers (credit, seq)
      where kind in ('single', 'post') and (credit_previous is null or seq & 15 = 0);
  end if;
end
$$;
--;;
-- Posts one plain transfer that nothing speaks against, and says so; for everything else it does nothing, says false, and
-- post_batch finds the answer. One statement reads, decides and writes: for one row the price of a statement is what
-- there is to save. An id that is there already is found by the key itself. The lock is a statement before it, so that
-- the second one sees what the caller before it wrote. `p_occurred` is in microseconds since 1970.
create or replace function post_one(p_shard smallint, p_now timestamptz, p_id uuid, p_debit text, p_credit text, p_amount bigint,
  p_journal text, p_journal_kind text, p_occurred bigint, p_reference text) returns boolean language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  v_changed bigint;
begin
  perform pg_advisory_xact_lock(74120206, p_shard);
  begin
    with plain as materialized (
      select f.seq + 1 as seq, d.ctid as giver, c.ctid as receiver, d.key as giver_key, c.key as receiver_key,
        d.latest_line as giver_line, c.latest_line as receiver_line,
        d.credits_posted - d.debits_posted - p_amount as giver_after,
        c.credits_posted - c.debits_posted + p_amount as receiver_after,
        next_link(f.head, concat_ws(E'\n', f.seq + 1, p_id, 'single', p_debit, p_credit, p_amount,
          d.credits_posted - d.debits_posted - p_amount, c.credits_posted - c.debits_posted + p_amount, '-', p_journal,
          p_journal_kind, p_occurred, (date_part('epoch', p_now) * 1000000)::bigint, coalesce(p_reference, ''))) as link
      from fences f, accounts d, accounts c
      where f.shard = p_shard and d.id = p_debit and c.id = p_credit and d.key <> c.key and d.currency = c.currency
        and d.closed_at is null and c.closed_at is null and p_amount > 0
        and p_amount <= 9223372036854775807 - d.debits_posted - d.debits_pending
        and p_amount <= 9223372036854775807 - c.credits_posted - c.credits_pending
        and (not d.limited or p_amount <= d.credits_posted - d.debits_posted - d.debits_pending)
        and not exists (select from refusals r where r.id = p_id)
        -- The time inside the id, to the millisecond; and no end of the journal's months is near.
        and substr(uuid_send(p_id), 1, 6) >= substr(int8send((date_part('epoch', p_now) * 1000)::bigint - 34560000000), 3)
        and substr(uuid_send(p_id), 1, 6) <= substr(int8send((date_part('epoch', p_now) * 1000)::bigint + 86400000), 3)
        and f.covers_from <= p_now - interval '9600 hours' and f.covers_until > p_now + interval '25 hours'
    ), journal as (
      insert into transfers (id, pending_id, seq, debit, credit, amount, debit_after, credit_after, occurred_at,
        recorded_at, shard, kind, journal_id, journal_kind, reference, link,
        debit_previous, credit_previous)
      select p_id, null, p.seq, p.giver_key, p.receiver_key, p_amount, p.giver_after, p.receiver_after,
        timestamptz '1970-01-01Z' + p_occurred * interval '1 microsecond', p_now, p_shard, 'single', p_journal,
        p_journal_kind, p_reference, p.link, p.giver_line, p.receiver_line
      from plain p
    ), fence as (
      update fences f set seq = p.seq, head = p.link, latest_at = greatest(f.latest_at, p_now)
      from plain p where f.shard = p_shard
    )
    update accounts a set debits_posted = a.debits_posted + s.debited, credits_posted = a.credits_posted + s.credited,
      version = a.version + 1, latest_line = p_id
    from (select p.giver as place, p_amount as debited, 0::bigint as credited from plain p
      union all select p.receiver, 0, p_amount from plain p) s
    where a.ctid = s.place;
    get diagnostics v_changed = row_count;
  exception when unique_violation then
    return false;
  end;
  -- Rows are found again by their place on disk, which only a writer beside this function could have changed.
  if v_changed = 1 then
    raise exception 'accounts were written outside post_one: 1 changed instead of 2';
  end if;
  return v_changed = 2;
end
$$;
--;;
-- Decides a batch in order, each transfer seeing those before it, and writes what was decided: one answer per
-- transfer, in the order of the arrays, or nothing when all were posted. It reads everything it needs with a few set-based
-- statements, decides in memory, and writes with a few set-based statements. The order of the checks is that of
-- state-machine.ts. `p_accounts` has each account of the batch once, in order; `p_debits` and `p_credits` are places in it.
-- `p_occurred` is in microseconds since 1970. `p_apart` says that no id is named twice, neither of a transfer nor of a hold:
-- a caller for whom that is not so is refused by the keys. Arrays in which nothing stands may be null.
-- Plans are pinned: one made while a table was empty must not be kept when it is full. `offset 0` keeps each lookup
-- a lookup: without it the planner may turn the join round and walk a whole table that happens to be empty today.
create function post_batch(p_shard smallint, p_now timestamptz, p_apart boolean, p_accounts text[], p_ids uuid[], p_kinds text[],
  p_debits int[], p_credits int[], p_amounts bigint[], p_pendings uuid[], p_linked boolean[], p_journals text[],
  p_journal_kinds text[], p_occurred bigint[], p_references text[]) returns text[] language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  c_largest constant bigint := 9223372036854775807;
  n constant int := cardinality(p_ids);
  v_seq bigint;
  v_head bytea;
  v_first uuid;
  v_end uuid;
  v_low uuid;
  v_high uuid;
  v_row record;
  -- What the accounts of the batch look like, in their places.
  v_names text[];
  v_places tid[];
  v_keys bigint[];
  v_currencies text[];
  v_limited boolean[];
  v_closed boolean[];
  v_debits_posted bigint[];
  v_credits_posted bigint[];
  v_debits_pending bigint[];
  v_credits_pending bigint[];
  v_touched bigint[];
  -- The latest line of each account: before the batch, and its position in the batch.
  v_lines uuid[];
  v_last int[];
  -- Ids of the batch, each in a slot: the position that won it, the code that burnt it, how its hold ended. Ids that are
  -- apart have the slots of their positions, holds behind transfers.
  v_id_slots bigint[];
  v_won int[];
  v_lost text[];
  v_resolved text[];
  v_known text[];
  -- Holds of earlier batches that this one resolves, in the slot of their id.
  v_hold_kind text[];
  v_hold_debit bigint[];
  v_hold_credit bigint[];
  v_hold_amount bigint[];
  -- Answers, and what the journal will say.
  v_codes text[];
  v_burnt boolean[];
  v_debit_after bigint[];
  v_credit_after bigint[];
  v_seqs bigint[];
  v_links bytea[];
  v_debit_previous int[];
  v_credit_previous int[];
  v_changed bigint;
  v_wanted bigint;
  v_posted int := 0;
  v_refused int := 0;
  v_epoch constant timestamptz := '1970-01-01Z';
  v_recorded bigint;
  v_resolving boolean;
  -- Whether every id stands alone, is new, and has a time that it may have; and whether nobody is chained besides.
  v_fresh boolean;
  v_plain boolean;
  -- The transfer at hand.
  v_chain int := 0;
  v_broken boolean := false;
  v_code text;
  v_own boolean;
  v_good boolean;
  d int;
  c int;
  s int;
  p int;
  w int;
  v_amount bigint;
  v_reserved bigint;
begin
  if n = 0 then
    return '{}';
  end if;
  perform pg_advisory_xact_lock(74120206, p_shard);
  select f.seq, f.head, greatest(journal_boundary(p_now - interval '9600 hours'), journal_boundary(f.covers_from)),
      least(journal_boundary(p_now + interval '24 hours 0.001 seconds'), journal_boundary(f.covers_until))
    into strict v_seq, v_head, v_first, v_end
    from fences f where f.shard = p_shard;

  -- One walk through the index for all names. Those found stand in their places, unless one is missing.
  select array_agg(a.id), array_agg(a.place), array_agg(a.key), array_agg(a.currency), array_agg(a.limited),
      array_agg(a.closed), array_agg(a.debits_posted), array_agg(a.credits_posted), array_agg(a.debits_pending),
      array_agg(a.credits_pending), array_agg(0::bigint), array_agg(a.latest_line), array_agg(0)
    into v_names, v_places, v_keys, v_currencies, v_limited, v_closed, v_debits_posted, v_credits_posted,
      v_debits_pending, v_credits_pending, v_touched, v_lines, v_last
    from (
      select b.id, b.ctid as place, b.key, b.currency, b.limited, b.closed_at is not null as closed, b.debits_posted,
        b.credits_posted, b.debits_pending, b.credits_pending, b.latest_line
      from accounts b where b.id = any (p_accounts) order by b.id) a;
  if v_names is distinct from p_accounts then
    if exists (select from generate_series(2, cardinality(p_accounts)) i
        where p_accounts[i - 1] collate "C" >= p_accounts[i]) then
      raise exception 'the accounts of a batch must be told in order, each once';
    end if;
    select array_agg(q.place), array_agg(q.key), array_agg(q.currency), array_agg(q.limited), array_agg(q.closed_at is not null),
        array_agg(q.debits_posted), array_agg(q.credits_posted), array_agg(q.debits_pending),
        array_agg(q.credits_pending), array_agg(0::bigint), array_agg(q.latest_line), array_agg(0)
      into v_places, v_keys, v_currencies, v_limited, v_closed, v_debits_posted, v_credits_posted, v_debits_pending,
        v_credits_pending, v_touched, v_lines, v_last
      from (
        select a.ctid as place, a.key, a.currency, a.limited, a.closed_at, a.debits_posted, a.credits_posted,
          a.debits_pending, a.credits_pending, a.latest_line
        from unnest(p_accounts) with ordinality as m(name, pos)
        left join lateral (select b.ctid, b.* from accounts b where b.id = m.name offset 0) a on true
        order by m.pos) q;
  end if;

  v_resolving := p_pendings is not null;
  -- The two ends let the planner skip every month that the batch cannot touch, and say at once when all ids are new.
  select u.id into v_low from unnest(p_ids) as u(id) order by u.id limit 1;
  select u.id into v_high from unnest(p_ids) as u(id) order by u.id desc limit 1;
  if not p_apart then
    select array_agg(q.slot) into v_id_slots from (
      select dense_rank() over (order by u.id) as slot
      from unnest(p_ids || p_pendings) with ordinality as u(id, pos) order by u.pos) q;
  else
    v_id_slots := array(select generate_series(1, 2 * n)::bigint);
  end if;
  v_won := array_fill(0, array[2 * n]);
  v_lost := array_fill(null::text, array[2 * n]);
  v_resolved := array_fill(null::text, array[2 * n]);
  v_known := array_fill(null::text, array[n]);
  v_seqs := array_fill(0::bigint, array[n]);
  v_fresh := v_low >= v_first and v_high < v_end;

  if exists (select from transfers t where t.id >= v_low and t.id <= v_high)
      and exists (select from transfers t where t.id = any (p_ids) and t.id >= v_low and t.id <= v_high) then
    for v_row in
      select u.pos, compare_transfers(t.kind, p_kinds[u.pos], d.id, p_accounts[p_debits[u.pos]], c.id,
        p_accounts[p_credits[u.pos]], t.amount, p_amounts[u.pos], t.pending_id, p_pendings[u.pos], t.journal_id,
        p_journals[u.pos], t.journal_kind, p_journal_kinds[u.pos], t.occurred_at,
        v_epoch + p_occurred[u.pos] * interval '1 microsecond', t.reference, p_references[u.pos]) as code
      from unnest(p_ids) with ordinality as u(id, pos)
      cross join lateral (select * from transfers t where t.id = u.id and t.id >= v_low and t.id <= v_high offset 0) t
      cross join lateral (select a.id from accounts a where a.key = t.debit offset 0) d
      cross join lateral (select a.id from accounts a where a.key = t.credit offset 0) c
    loop
      v_known[v_row.pos] := v_row.code;
      v_fresh := false;
    end loop;
  end if;
  if exists (select from refusals r where r.id >= v_low and r.id <= v_high) then
    for v_row in
      select u.pos, r.code from unnest(p_ids) with ordinality as u(id, pos)
      cross join lateral (select f.code from refusals f where f.id = u.id offset 0) r
    loop
      v_known[v_row.pos] := v_row.code;
      v_fresh := false;
    end loop;
  end if;
  v_plain := v_fresh and p_linked is null and p_apart;
  if v_resolving and p_apart then
    select u.id into v_low from unnest(p_pendings) as u(id) where u.id is not null order by u.id limit 1;
    select u.id into v_high from unnest(p_pendings) as u(id) where u.id is not null order by u.id desc limit 1;
    select v_known || array_agg(q.kind), v_seqs || array_agg(q.debit), v_seqs || array_agg(q.credit),
        v_seqs || array_agg(q.amount), v_known || array_agg(q.resolved)
      into v_hold_kind, v_hold_debit, v_hold_credit, v_hold_amount, v_resolved
      from (
        select t.kind, t.debit, t.credit, t.amount, r.kind as resolved
        from unnest(p_pendings) with ordinality as u(id, pos)
        left join lateral (select * from transfers t where t.id = u.id and t.id >= v_low and t.id <= v_high offset 0) t on true
        left join lateral (select e.kind from resolutions e where e.pending_id = t.id offset 0) r on true
        order by u.pos) q;
  elsif v_resolving then
    v_hold_kind := array_fill(null::text, array[2 * n]);
    v_hold_debit := array_fill(null::bigint, array[2 * n]);
    v_hold_credit := array_fill(null::bigint, array[2 * n]);
    v_hold_amount := array_fill(null::bigint, array[2 * n]);
    select u.id into v_low from unnest(p_pendings) as u(id) where u.id is not null order by u.id limit 1;
    select u.id into v_high from unnest(p_pendings) as u(id) where u.id is not null order by u.id desc limit 1;
    for v_row in
      select v_id_slots[n + u.pos] as slot, t.kind, t.debit, t.credit, t.amount, r.kind as resolved
      from unnest(p_pendings) with ordinality as u(id, pos)
      cross join lateral (select * from transfers t where t.id = u.id and t.id >= v_low and t.id <= v_high offset 0) t
      left join lateral (select e.kind from resolutions e where e.pending_id = t.id offset 0) r on true
    loop
      v_hold_kind[v_row.slot] := v_row.kind;
      v_hold_debit[v_row.slot] := v_row.debit;
      v_hold_credit[v_row.slot] := v_row.credit;
      v_hold_amount[v_row.slot] := v_row.amount;
      v_resolved[v_row.slot] := v_row.resolved;
    end loop;
  end if;

  v_codes := array_fill(null::text, array[n]);
  v_burnt := array_fill(false, array[n]);
  v_debit_after := array_fill(0::bigint, array[n]);
  v_credit_after := array_fill(0::bigint, array[n]);
  v_links := array_fill(null::bytea, array[n]);
  v_debit_previous := array_fill(0, array[n]);
  v_credit_previous := v_debit_previous;

  for i in 1..n loop
    d := p_debits[i];
    c := p_credits[i];
    v_amount := p_amounts[i];
    -- What nothing speaks against: one look. Whatever is unusual goes on below, where the refusals are.
    if v_plain and v_amount > 0 and d <> c then
      v_good := false;
      if p_pendings[i] is null then
        if p_kinds[i] in ('single', 'pending') and v_currencies[d] = v_currencies[c]
            and not (v_closed[d] or v_closed[c])
            and v_amount <= c_largest - v_debits_posted[d] - v_debits_pending[d]
            and v_amount <= c_largest - v_credits_posted[c] - v_credits_pending[c]
            and (not v_limited[d] or v_amount <= v_credits_posted[d] - v_debits_posted[d] - v_debits_pending[d]) then
          v_good := true;
          if p_kinds[i] = 'single' then
            v_debits_posted[d] := v_debits_posted[d] + v_amount;
            v_credits_posted[c] := v_credits_posted[c] + v_amount;
          else
            v_debits_pending[d] := v_debits_pending[d] + v_amount;
            v_credits_pending[c] := v_credits_pending[c] + v_amount;
          end if;
        end if;
      elsif p_kinds[i] = 'post' and v_hold_kind[n + i] = 'pending' and v_hold_debit[n + i] = v_keys[d]
          and v_hold_credit[n + i] = v_keys[c] and v_amount <= v_hold_amount[n + i] and v_resolved[n + i] is null then
        v_good := true;
        v_reserved := v_hold_amount[n + i];
        v_debits_pending[d] := v_debits_pending[d] - v_reserved;
        v_credits_pending[c] := v_credits_pending[c] - v_reserved;
        v_debits_posted[d] := v_debits_posted[d] + v_amount;
        v_credits_posted[c] := v_credits_posted[c] + v_amount;
      end if;
      if v_good then
        v_codes[i] := 'posted';
        v_touched[d] := v_touched[d] + 1;
        v_touched[c] := v_touched[c] + 1;
        v_debit_after[i] := v_credits_posted[d] - v_debits_posted[d];
        v_credit_after[i] := v_credits_posted[c] - v_debits_posted[c];
        v_posted := v_posted + 1;
        continue;
      end if;
    end if;

    if v_chain = 0 and p_linked[i] then
      v_chain := i;
      v_broken := false;
    end if;
    s := v_id_slots[i];

    -- What the id answers for itself, wherever it stands.
    v_code := coalesce(v_known[i], v_lost[s]);
    if v_code is null then
      w := v_won[s];
      if w > 0 then
        v_code := compare_transfers(p_kinds[w], p_kinds[i], p_accounts[p_debits[w]], p_accounts[d],
          p_accounts[p_credits[w]], p_accounts[c], p_amounts[w], v_amount, p_pendings[w], p_pendings[i],
          p_journals[w], p_journals[i], p_journal_kinds[w], p_journal_kinds[i],
          v_epoch + p_occurred[w] * interval '1 microsecond', v_epoch + p_occurred[i] * interval '1 microsecond',
          p_references[w], p_references[i]);
      elsif not v_fresh and (p_ids[i] < v_first or p_ids[i] >= v_end) then
        v_code := 'id-outside-window';
      end if;
    end if;
    v_own := v_code is not null;

    if v_own then
      null;
    elsif v_broken then
      v_code := 'linked-failed';
    elsif i = n and p_linked[i] then
      v_code := 'linked-chain-open';
    elsif v_amount <= 0 then
      v_code := 'amount-not-positive';
    elsif d = c then
      v_code := 'same-account';
    elsif p_kinds[i] in ('single', 'pending') then
      if p_pendings[i] is not null then
        v_code := 'pending-id-unexpected';
      elsif v_keys[d] is null or v_keys[c] is null then
        v_code := 'account-not-found';
      elsif v_currencies[d] <> v_currencies[c] then
        v_code := 'currency-differs';
      elsif v_closed[d] or v_closed[c] then
        v_code := 'account-closed';
      elsif v_amount > c_largest - v_debits_posted[d] - v_debits_pending[d]
          or v_amount > c_largest - v_credits_posted[c] - v_credits_pending[c] then
        v_code := 'overflow';
      elsif v_limited[d] and v_amount > v_credits_posted[d] - v_debits_posted[d] - v_debits_pending[d] then
        v_code := 'exceeds-credits';
      elsif p_kinds[i] = 'single' then
        v_code := 'posted';
        v_debits_posted[d] := v_debits_posted[d] + v_amount;
        v_credits_posted[c] := v_credits_posted[c] + v_amount;
      else
        v_code := 'posted';
        v_debits_pending[d] := v_debits_pending[d] + v_amount;
        v_credits_pending[c] := v_credits_pending[c] + v_amount;
      end if;
    elsif p_pendings[i] is null then
      v_code := 'pending-not-found';
    else
      p := v_id_slots[n + i];
      w := v_won[p];
      if w > 0 then
        v_hold_kind[p] := p_kinds[w];
        v_hold_debit[p] := v_keys[p_debits[w]];
        v_hold_credit[p] := v_keys[p_credits[w]];
        v_hold_amount[p] := p_amounts[w];
      elsif v_lost[p] is not null then
        -- Its chain was undone after another transfer had already looked at it.
        v_hold_kind[p] := null;
      end if;
      v_reserved := v_hold_amount[p];
      if v_hold_kind[p] is null then
        v_code := 'pending-not-found';
      elsif v_hold_kind[p] <> 'pending' then
        v_code := 'pending-not-pending';
      elsif v_hold_debit[p] is distinct from v_keys[d] then
        v_code := 'pending-different-debit';
      elsif v_hold_credit[p] is distinct from v_keys[c] then
        v_code := 'pending-different-credit';
      elsif p_kinds[i] = 'post' and v_amount > v_reserved then
        v_code := 'amount-exceeds-pending';
      elsif p_kinds[i] = 'void' and v_amount <> v_reserved then
        v_code := 'pending-different-amount';
      elsif v_resolved[p] = 'post' then
        v_code := 'already-posted';
      elsif v_resolved[p] = 'void' then
        v_code := 'already-voided';
      else
        v_code := 'posted';
        v_resolved[p] := p_kinds[i];
        v_debits_pending[d] := v_debits_pending[d] - v_reserved;
        v_credits_pending[c] := v_credits_pending[c] - v_reserved;
        if p_kinds[i] = 'post' then
          v_debits_posted[d] := v_debits_posted[d] + v_amount;
          v_credits_posted[c] := v_credits_posted[c] + v_amount;
        end if;
      end if;
    end if;

    v_codes[i] := v_code;
    if v_code = 'posted' then
      v_won[s] := i;
      v_touched[d] := v_touched[d] + 1;
      v_touched[c] := v_touched[c] + 1;
      v_debit_after[i] := v_credits_posted[d] - v_debits_posted[d];
      v_credit_after[i] := v_credits_posted[c] - v_debits_posted[c];
      v_posted := v_posted + 1;
    elsif not v_own then
      v_lost[s] := v_code;
      v_burnt[i] := true;
      v_refused := v_refused + 1;
    end if;

    -- A chain that breaks takes back what its earlier members did.
    if v_chain > 0 and not v_broken and (v_code not in ('posted', 'exists') or (i = n and p_linked[i])) then
      v_broken := true;
      for j in v_chain..i - 1 loop
        s := v_id_slots[j];
        if v_codes[j] = 'posted' then
          d := p_debits[j];
          c := p_credits[j];
          v_amount := p_amounts[j];
          if p_kinds[j] = 'pending' then
            v_debits_pending[d] := v_debits_pending[d] - v_amount;
            v_credits_pending[c] := v_credits_pending[c] - v_amount;
          end if;
          if p_kinds[j] in ('single', 'post') then
            v_debits_posted[d] := v_debits_posted[d] - v_amount;
            v_credits_posted[c] := v_credits_posted[c] - v_amount;
          end if;
          if p_kinds[j] in ('post', 'void') then
            p := v_id_slots[n + j];
            v_resolved[p] := null;
            v_debits_pending[d] := v_debits_pending[d] + v_hold_amount[p];
            v_credits_pending[c] := v_credits_pending[c] + v_hold_amount[p];
          end if;
          v_touched[d] := v_touched[d] - 1;
          v_touched[c] := v_touched[c] - 1;
          v_won[s] := 0;
          v_lost[s] := 'linked-failed';
          v_codes[j] := 'linked-failed';
          v_burnt[j] := true;
          v_posted := v_posted - 1;
          v_refused := v_refused + 1;
        elsif v_lost[s] is not null then
          v_codes[j] := v_lost[s];
        end if;
      end loop;
    end if;
    if p_linked[i] is not true then
      v_chain := 0;
      v_broken := false;
    end if;
  end loop;

  if v_refused > 0 then
    insert into refusals (id, code, recorded_at)
    select u.id, u.code, p_now from unnest(p_ids, v_codes, v_burnt) as u(id, code, burnt) where u.burnt;
  end if;
  if v_posted = 0 then
    if v_refused = 0 then
      -- All answers are about rows that are there already, and maybe not on disk yet (decision 0041). A transaction that
      -- writes nothing would not wait for them; with a line of log it does.
      perform pg_logical_emit_message(true, 'tontine'::text, 'answered'::text);
    end if;
    return v_codes;
  end if;

  v_recorded := (extract(epoch from p_now) * 1000000)::bigint;
  for i in 1..n loop
    if v_codes[i] = 'posted' then
      v_seq := v_seq + 1;
      v_head := next_link(v_head, v_seq || E'\n' || p_ids[i] || E'\n' || p_kinds[i] || E'\n' || p_accounts[p_debits[i]]
        || E'\n' || p_accounts[p_credits[i]] || E'\n' || p_amounts[i] || E'\n' || v_debit_after[i] || E'\n'
        || v_credit_after[i] || E'\n' || coalesce(p_pendings[i]::text, '-') || E'\n' || p_journals[i] || E'\n'
        || p_journal_kinds[i] || E'\n' || p_occurred[i] || E'\n' || v_recorded || E'\n' || coalesce(p_references[i], ''));
      v_seqs[i] := v_seq;
      v_links[i] := v_head;
      if p_kinds[i] in ('single', 'post') then
        d := p_debits[i];
        c := p_credits[i];
        v_debit_previous[i] := v_last[d];
        v_credit_previous[i] := v_last[c];
        v_last[d] := i;
        v_last[c] := i;
      end if;
    end if;
  end loop;
  insert into transfers (id, pending_id, seq, debit, credit, amount, debit_after, credit_after, occurred_at,
    recorded_at, shard, kind, journal_id, journal_kind, reference, link,
    debit_previous, credit_previous)
  select p_ids[i], p_pendings[i], v_seqs[i], v_keys[p_debits[i]], v_keys[p_credits[i]], p_amounts[i], v_debit_after[i],
    v_credit_after[i], v_epoch + p_occurred[i] * interval '1 microsecond', p_now, p_shard, p_kinds[i], p_journals[i],
    p_journal_kinds[i], p_references[i], v_links[i],
    case when p_kinds[i] in ('single', 'post') then
      case when v_debit_previous[i] > 0 then p_ids[v_debit_previous[i]] else v_lines[p_debits[i]] end end,
    case when p_kinds[i] in ('single', 'post') then
      case when v_credit_previous[i] > 0 then p_ids[v_credit_previous[i]] else v_lines[p_credits[i]] end end
  from generate_series(1, n) i where v_seqs[i] > 0;
  if v_resolving then
    insert into resolutions (pending_id, transfer_id, kind)
    select u.pending_id, u.id, u.kind from unnest(p_ids, p_pendings, p_kinds, v_seqs) as u(id, pending_id, kind, seq)
    where u.seq > 0 and u.pending_id is not null;
  end if;
  update accounts a set debits_posted = v_debits_posted[u], credits_posted = v_credits_posted[u],
    debits_pending = v_debits_pending[u], credits_pending = v_credits_pending[u], version = a.version + v_touched[u],
    latest_line = case when v_last[u] > 0 then p_ids[v_last[u]] else a.latest_line end
  from generate_series(1, cardinality(p_accounts)) u where v_touched[u] > 0 and a.ctid = v_places[u];
  -- Rows are found again by their place on disk, which only a writer beside this function could have changed.
  get diagnostics v_changed = row_count;
  select count(*) into strict v_wanted from unnest(v_touched) as u(touched) where u.touched > 0;
  if v_changed <> v_wanted then
    raise exception 'accounts were written outside post_transfers: % changed instead of %', v_changed, v_wanted;
  end if;
  update fences set seq = v_seq, head = v_head, latest_at = greatest(latest_at, p_now) where shard = p_shard;
  return case when v_posted < n then v_codes end;
end
$$;
--;;
-- For the version before, which says only whether some id of a transfer comes twice.
create or replace function post_batch(p_shard smallint, p_now timestamptz, p_accounts text[], p_ids uuid[], p_kinds text[],
  p_debits int[], p_credits int[], p_amounts bigint[], p_pendings uuid[], p_linked boolean[], p_journals text[],
  p_journal_kinds text[], p_occurred bigint[], p_references text[],
  p_repeated boolean) returns text[] language sql volatile
set search_path = public, pg_temp
as $$
  select post_batch(p_shard, p_now, not p_repeated and p_pendings is null, p_accounts, p_ids, p_kinds, p_debits, p_credits,
    p_amounts, p_pendings, p_linked, p_journals, p_journal_kinds, p_occurred, p_references)
$$;
--;;
-- The movements of one account, newest first, below `p_before`: from its latest line, or from a milestone above the place
-- asked for, each line leads to the one before. Lines of a time when none knew the one before are found by an index.
-- Nothing on an account can have an id older than the window before it was opened, or newer than the window after the
-- latest record: other months are skipped. What is handed out is text, whatever types the journal's columns have or get.
create or replace function list_statement(p_account text, p_before bigint, p_limit int)
returns table (seq bigint, id uuid, kind text, side text, counterpart text, amount bigint, after bigint,
  journal_id text, journal_kind text, occurred_at timestamptz, recorded_at timestamptz, reference text)
language plpgsql stable
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
#variable_conflict use_column
declare
  c_none constant uuid := '00000000-0000-0000-0000-000000000000';
  v_key bigint;
  v_newest bigint;
  v_first uuid;
  v_end uuid;
  -- The next line to read.
  v_at uuid;
  v_milestone uuid;
  v_line record;
  v_left int := p_limit;
  v_below bigint := p_before;
begin
  select a.key, a.latest_line, f.seq, journal_boundary(a.opened_at - interval '9600 hours'),
      journal_boundary(f.latest_at + interval '24 hours 0.001 seconds')
    into v_key, v_at, v_newest, v_first, v_end
    from accounts a join fences f on f.shard = a.shard where a.id = p_account;
  if v_key is null or p_limit < 1 then
    return;
  end if;
  if p_before <= v_newest then
    select m.id into v_milestone
    from (
      (select t.id, t.seq from transfers t
      where t.debit = v_key and t.seq >= p_before and t.kind in ('single', 'post')
        and (t.debit_previous is null or t.seq & 15 = 0) and t.id >= v_first and t.id < v_end
      order by t.seq limit 1)
      union all
      (select t.id, t.seq from transfers t
      where t.credit = v_key and t.seq >= p_before and t.kind in ('single', 'post')
        and (t.credit_previous is null or t.seq & 15 = 0) and t.id >= v_first and t.id < v_end
      order by t.seq limit 1)) m
    order by m.seq limit 1;
    v_at := coalesce(v_milestone, v_at);
  end if;
  for v_line in
    with recursive walk as (
      (select t.seq, t.id, t.kind, t.debit, t.credit, t.amount, t.debit_after, t.credit_after, t.debit_previous,
        t.credit_previous, t.journal_id::text, t.journal_kind::text, t.occurred_at, t.recorded_at, t.reference::text,
        (t.seq < p_before)::int as place
      from transfers t where t.id = v_at and t.id >= v_first and t.id < v_end)
      union all
      (select t.seq, t.id, t.kind, t.debit, t.credit, t.amount, t.debit_after, t.credit_after, t.debit_previous,
        t.credit_previous, t.journal_id::text, t.journal_kind::text, t.occurred_at, t.recorded_at, t.reference::text,
        w.place + (t.seq < p_before)::int
      from walk w cross join lateral (
        select * from transfers t
        where t.id = case when w.debit = v_key then w.debit_previous else w.credit_previous end
          and t.id >= v_first and t.id < v_end offset 0) t
      where w.place < p_limit)
    )
    select w.*, a.id as counterpart from walk w
    join accounts a on a.key = case when w.debit = v_key then w.credit else w.debit end
  loop
    v_at := case when v_line.debit = v_key then v_line.debit_previous else v_line.credit_previous end;
    v_below := least(v_below, v_line.seq);
    continue when v_line.place = 0;
    v_left := v_left - 1;
    seq := v_line.seq;
    id := v_line.id;
    kind := v_line.kind;
    side := case when v_line.debit = v_key then 'debit' else 'credit' end;
    counterpart := v_line.counterpart;
    amount := v_line.amount;
    after := case when v_line.debit = v_key then v_line.debit_after else v_line.credit_after end;
    journal_id := v_line.journal_id;
    journal_kind := v_line.journal_kind;
    occurred_at := v_line.occurred_at;
    recorded_at := v_line.recorded_at;
    reference := v_line.reference;
    return next;
  end loop;
  if v_left = 0 or v_at = c_none then
    return;
  end if;
  if v_at is not null then
    raise exception 'account % leads to the line %, which is not there', p_account, v_at;
  end if;
  return query
    select m.seq, m.id, m.kind, m.side, a.id, m.amount, m.after, m.journal_id, m.journal_kind, m.occurred_at,
      m.recorded_at, m.reference
    from (
      select * from (
        (select t.seq, t.id, t.kind, 'debit' as side, t.credit as other, t.amount, t.debit_after as after,
          t.journal_id::text, t.journal_kind::text, t.occurred_at, t.recorded_at, t.reference::text
        from transfers t
        where t.debit = v_key and t.seq < v_below and t.kind in ('single', 'post')
          and t.debit_previous is null
          and t.id >= v_first and t.id < v_end
        order by t.seq desc limit v_left)
        union all
        (select t.seq, t.id, t.kind, 'credit', t.debit, t.amount, t.credit_after,
          t.journal_id::text, t.journal_kind::text, t.occurred_at, t.recorded_at, t.reference::text
        from transfers t
        where t.credit = v_key and t.seq < v_below and t.kind in ('single', 'post')
          and t.credit_previous is null
          and t.id >= v_first and t.id < v_end
        order by t.seq desc limit v_left)
      ) both_sides
      order by seq desc limit v_left) m
    join accounts a on a.key = m.other
    order by m.seq desc;
end
$$;
