-- What a statement hands out is text, whatever type a column of the journal has: else whoever has asked for one before the
-- columns get types of their own would be refused after it.

-- The movements of one account, newest first, below `p_before`: from its latest line, or from a milestone above the place
-- asked for, each line leads to the one before. Lines of a time when none knew the one before are found by an index.
-- Nothing on an account can have an id older than the window before it was opened, or newer than the window after the
-- latest record: other months are skipped.
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
