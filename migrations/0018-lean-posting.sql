-- Posting made leaner once more: the same answers, the same rows and the same links as before.
-- The version before goes on calling post_transfers meanwhile: the shard's lock keeps the two apart.

-- PostgreSQL reads the text of every check anew for each statement, which was a quarter of the price of one transfer. So
-- what says the same in fewer words replaces what said it in many, and what can never change is looked at when it is
-- written and not again at every movement. Nothing that was refused is allowed.
create function refuse_row() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: %', lower(tg_op), tg_table_name, tg_name using errcode = 'check_violation';
end
$$;
--;;
-- None of these columns can be changed later (accounts_keep_their_name).
create trigger accounts_named_by_kind_and_currency after insert on accounts for each row
  when (split_part(new.id, ':', 1) <> new.kind or right(new.id, 4) <> ':' || new.currency or new.shard <> 0
    or new.normal_side not in ('debit', 'credit'))
  execute function refuse_row();
--;;
alter table accounts
  drop constraint accounts_named_by_kind_and_currency,
  drop constraint accounts_shard_check,
  drop constraint accounts_normal_side_check,
  drop constraint accounts_debits_posted_check,
  drop constraint accounts_credits_posted_check,
  drop constraint accounts_debits_pending_check,
  drop constraint accounts_credits_pending_check,
  drop constraint accounts_version_check,
  add constraint accounts_never_negative
    check (least(debits_posted, credits_posted, debits_pending, credits_pending, version) >= 0) not valid;
--;;
alter table transfers
  drop constraint transfers_seq_check,
  drop constraint transfers_amount_check,
  drop constraint transfers_journal_id_check,
  drop constraint transfers_journal_kind_check,
  drop constraint transfers_reference_check,
  add constraint transfers_positive check (least(seq, amount) > 0) not valid,
  add constraint transfers_texts_fit
    check (least(octet_length(journal_id), octet_length(journal_kind), octet_length(reference)) >= 1
      and greatest(octet_length(journal_id), octet_length(journal_kind)) <= 60 and octet_length(reference) <= 800
      and strpos(journal_id || journal_kind, E'\n') = 0) not valid;
--;;
-- A fence that never goes back from where it began needs no other check of its numbers.
create trigger fences_cover_no_less after update of shard, covers_from, covers_until on fences for each row
  when (new.shard <> old.shard or new.covers_from <> old.covers_from or new.covers_until < old.covers_until)
  execute function refuse_change_of_ledger();
--;;
drop trigger fences_never_go_back on fences;
--;;
create trigger fences_never_go_back after update on fences for each row when (new.seq < old.seq)
  execute function refuse_change_of_ledger();
--;;
alter table fences drop constraint fences_seq_check, drop constraint fences_check;
--;;
-- The next head of the chain: SHA-256 over the head before it and the row, as `link_after` writes it.
create function next_link(p_head bytea, p_row text) returns bytea language sql stable
as $$
  select sha256(p_head || convert_to(p_row, 'UTF8'))
$$;
--;;
-- Posts one plain transfer that nothing speaks against, and says so; for everything else it does nothing, says false, and
-- post_batch finds the answer. One statement reads, decides and writes: for one row the price of a statement is what
-- there is to save. An id that is there already is found by the key itself. The lock is a statement before it, so that
-- the second one sees what the caller before it wrote. `p_occurred` is in microseconds since 1970.
create function post_one(p_shard smallint, p_now timestamptz, p_id uuid, p_debit text, p_credit text, p_amount bigint,
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
        recorded_at, shard, kind, journal_id, journal_kind, reference, link)
      select p_id, null, p.seq, p.giver_key, p.receiver_key, p_amount, p.giver_after, p.receiver_after,
        timestamptz '1970-01-01Z' + p_occurred * interval '1 microsecond', p_now, p_shard, 'single', p_journal,
        p_journal_kind, p_reference, p.link
      from plain p
    ), fence as (
      update fences f set seq = p.seq, head = p.link, latest_at = greatest(f.latest_at, p_now)
      from plain p where f.shard = p_shard
    )
    update accounts a set debits_posted = a.debits_posted + s.debited, credits_posted = a.credits_posted + s.credited,
      version = a.version + 1
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
-- `p_occurred` is in microseconds since 1970. `p_repeated` says that some id comes twice: a caller who hides that is
-- refused by the keys. Arrays in which nothing stands may be null.
-- Plans are pinned: one made while a table was empty must not be kept when it is full. `offset 0` keeps each lookup
-- a lookup: without it the planner may turn the join round and walk a whole table that happens to be empty today.
create function post_batch(p_shard smallint, p_now timestamptz, p_accounts text[], p_ids uuid[], p_kinds text[],
  p_debits int[], p_credits int[], p_amounts bigint[], p_pendings uuid[], p_linked boolean[], p_journals text[],
  p_journal_kinds text[], p_occurred bigint[], p_references text[],
  p_repeated boolean) returns text[] language plpgsql volatile
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
  -- Ids of the batch, each in a slot: the position that won it, the code that burnt it, how its hold ended. Ids that all
  -- differ have the slots of their positions.
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
      array_agg(a.credits_pending), array_agg(0::bigint)
    into v_names, v_places, v_keys, v_currencies, v_limited, v_closed, v_debits_posted, v_credits_posted,
      v_debits_pending, v_credits_pending, v_touched
    from (
      select b.id, b.ctid as place, b.key, b.currency, b.limited, b.closed_at is not null as closed, b.debits_posted,
        b.credits_posted, b.debits_pending, b.credits_pending
      from accounts b where b.id = any (p_accounts) order by b.id) a;
  if v_names is distinct from p_accounts then
    if exists (select from generate_series(2, cardinality(p_accounts)) i
        where p_accounts[i - 1] collate "C" >= p_accounts[i]) then
      raise exception 'the accounts of a batch must be told in order, each once';
    end if;
    select array_agg(q.place), array_agg(q.key), array_agg(q.currency), array_agg(q.limited), array_agg(q.closed_at is not null),
        array_agg(q.debits_posted), array_agg(q.credits_posted), array_agg(q.debits_pending),
        array_agg(q.credits_pending), array_agg(0::bigint)
      into v_places, v_keys, v_currencies, v_limited, v_closed, v_debits_posted, v_credits_posted, v_debits_pending,
        v_credits_pending, v_touched
      from (
        select a.ctid as place, a.key, a.currency, a.limited, a.closed_at, a.debits_posted, a.credits_posted,
          a.debits_pending, a.credits_pending
        from unnest(p_accounts) with ordinality as m(name, pos)
        left join lateral (select b.ctid, b.* from accounts b where b.id = m.name offset 0) a on true
        order by m.pos) q;
  end if;

  v_resolving := p_pendings is not null;
  -- The two ends let the planner skip every month that the batch cannot touch, and say at once when all ids are new.
  select u.id into v_low from unnest(p_ids) as u(id) order by u.id limit 1;
  select u.id into v_high from unnest(p_ids) as u(id) order by u.id desc limit 1;
  if v_resolving or p_repeated then
    select array_agg(q.slot) into v_id_slots from (
      select dense_rank() over (order by u.id) as slot
      from unnest(p_ids || p_pendings) with ordinality as u(id, pos) order by u.pos) q;
  else
    v_id_slots := array(select generate_series(1, n)::bigint);
  end if;
  v_won := array_fill(0, array[2 * n]);
  v_lost := array_fill(null::text, array[2 * n]);
  v_resolved := array_fill(null::text, array[2 * n]);
  v_known := array_fill(null::text, array[n]);
  v_fresh := v_low >= v_first and v_high < v_end;

  if exists (select from transfers t where t.id >= v_low and t.id <= v_high) then
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
  v_plain := v_fresh and p_linked is null and not v_resolving and not p_repeated;
  if v_resolving then
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
  v_seqs := array_fill(0::bigint, array[n]);
  v_links := array_fill(null::bytea, array[n]);

  for i in 1..n loop
    d := p_debits[i];
    c := p_credits[i];
    v_amount := p_amounts[i];
    -- A plain transfer that nothing speaks against: one look. Whatever is unusual goes on below, where the refusals are.
    if v_plain and p_kinds[i] = 'single' and v_amount > 0 and d <> c and v_currencies[d] = v_currencies[c]
        and not (v_closed[d] or v_closed[c])
        and v_amount <= c_largest - v_debits_posted[d] - v_debits_pending[d]
        and v_amount <= c_largest - v_credits_posted[c] - v_credits_pending[c]
        and (not v_limited[d] or v_amount <= v_credits_posted[d] - v_debits_posted[d] - v_debits_pending[d]) then
      v_codes[i] := 'posted';
      v_debits_posted[d] := v_debits_posted[d] + v_amount;
      v_credits_posted[c] := v_credits_posted[c] + v_amount;
      v_touched[d] := v_touched[d] + 1;
      v_touched[c] := v_touched[c] + 1;
      v_debit_after[i] := v_credits_posted[d] - v_debits_posted[d];
      v_credit_after[i] := v_credits_posted[c] - v_debits_posted[c];
      v_posted := v_posted + 1;
      continue;
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
    end if;
  end loop;
  insert into transfers (id, pending_id, seq, debit, credit, amount, debit_after, credit_after, occurred_at,
    recorded_at, shard, kind, journal_id, journal_kind, reference, link)
  select p_ids[i], p_pendings[i], v_seqs[i], v_keys[p_debits[i]], v_keys[p_credits[i]], p_amounts[i], v_debit_after[i],
    v_credit_after[i], v_epoch + p_occurred[i] * interval '1 microsecond', p_now, p_shard, p_kinds[i], p_journals[i],
    p_journal_kinds[i], p_references[i], v_links[i]
  from generate_series(1, n) i where v_seqs[i] > 0;
  if v_resolving then
    insert into resolutions (pending_id, transfer_id, kind)
    select u.pending_id, u.id, u.kind from unnest(p_ids, p_pendings, p_kinds, v_seqs) as u(id, pending_id, kind, seq)
    where u.seq > 0 and u.pending_id is not null;
  end if;
  update accounts a set debits_posted = v_debits_posted[u], credits_posted = v_credits_posted[u],
    debits_pending = v_debits_pending[u], credits_pending = v_credits_pending[u], version = a.version + v_touched[u]
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
-- As before: puts on disk what was committed before, and says how many of the ids the ledger knows in the history that it
-- vouches for. What was posted is looked for first and alone, because that is nearly always all of it.
create or replace function flush_postings(p_ids uuid[], p_low uuid, p_high uuid) returns bigint language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  v_known bigint;
begin
  perform pg_logical_emit_message(true, 'tontine'::text, 'flush'::text);
  select count(*) into v_known from transfers t where t.id = any (p_ids) and t.id >= p_low and t.id <= p_high;
  if v_known < cardinality(p_ids) then
    select v_known + count(*) into v_known from refusals r where r.id = any (p_ids);
  end if;
  return v_known;
end
$$;
--;;
-- For the version before, which tells the accounts of each transfer by name.
create or replace function post_transfers(p_shard smallint, p_now timestamptz, p_ids uuid[], p_kinds text[], p_debits text[],
  p_credits text[], p_amounts bigint[], p_pendings uuid[], p_linked boolean[], p_journals text[],
  p_journal_kinds text[], p_occurred timestamptz[], p_references text[]) returns text[] language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  n constant int := cardinality(p_ids);
  v_accounts text[];
  v_places int[];
  v_occurred bigint[];
begin
  if n = 0 then
    return '{}';
  end if;
  if n = 1 and p_kinds[1] = 'single' and p_pendings[1] is null and not p_linked[1]
      and post_one(p_shard, p_now, p_ids[1], p_debits[1], p_credits[1], p_amounts[1], p_journals[1], p_journal_kinds[1],
        (extract(epoch from p_occurred[1]) * 1000000)::bigint, p_references[1]) then
    return array['posted'];
  end if;
  v_accounts := array(select distinct u.name collate "C" from unnest(p_debits || p_credits) as u(name) order by 1);
  select array_agg(q.place order by q.pos) into v_places from (
    select (dense_rank() over (order by u.name collate "C"))::int as place, u.pos
    from unnest(p_debits || p_credits) with ordinality as u(name, pos)) q;
  select array_agg((extract(epoch from u.at) * 1000000)::bigint order by u.pos) into v_occurred
    from unnest(p_occurred) with ordinality as u(at, pos);
  return coalesce(post_batch(p_shard, p_now, v_accounts, p_ids, p_kinds, v_places[1:n], v_places[n + 1:], p_amounts,
      case when array_remove(p_pendings, null) <> '{}' then p_pendings end, p_linked, p_journals, p_journal_kinds,
      v_occurred, p_references, true),
    array_fill('posted'::text, array[n]));
end
$$;
