-- The ledger: accounts, an append-only journal of transfers, and the one function that writes to it.
-- What this file enforces is written down, as plain code, in src/ground/ledger/state-machine.ts.

-- One row per account. `key` never leaves the database; `id` is what everybody else says. The four amounts are the
-- whole state of an account: what was debited and credited for good, and what open holds reserve on each side.
create table accounts (
  key bigint generated always as identity primary key,
  id text collate "C" not null unique,
  shard smallint not null default 0 check (shard = 0),
  kind text not null,
  currency text not null,
  normal_side text not null check (normal_side in ('debit', 'credit')),
  -- A limited account is one whose debits may not exceed its credits: nobody spends what is not there.
  limited boolean not null,
  debits_posted bigint not null default 0 check (debits_posted >= 0),
  credits_posted bigint not null default 0 check (credits_posted >= 0),
  debits_pending bigint not null default 0 check (debits_pending >= 0),
  credits_pending bigint not null default 0 check (credits_pending >= 0),
  -- How many transfers ever touched the account.
  version bigint not null default 0 check (version >= 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint accounts_named_by_kind_and_currency
    check (split_part(id, ':', 1) = kind and right(id, 4) = ':' || currency),
  constraint accounts_within_limit
    check (not limited or debits_pending <= credits_posted - debits_posted),
  constraint accounts_below_2_to_the_63
    check (debits_pending <= 9223372036854775807 - debits_posted
      and credits_pending <= 9223372036854775807 - credits_posted),
  constraint accounts_closed_empty
    check (closed_at is null
      or (debits_posted = credits_posted and debits_pending = 0 and credits_pending = 0))
) with (fillfactor = 80);
--;;
-- The journal. Partitioned by range of the id itself: a UUID version 7 begins with its time, so the primary key stays
-- unique over everything and old months go cold. `seq` is gapless; `link` is the hash chain's head after this row.
-- `debit_after` and `credit_after` are credits minus debits, posted, of the two accounts right after this row.
create table transfers (
  id uuid not null,
  pending_id uuid,
  seq bigint not null check (seq > 0),
  debit bigint not null,
  credit bigint not null,
  amount bigint not null check (amount > 0),
  debit_after bigint not null,
  credit_after bigint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  shard smallint not null check (shard = 0),
  kind text not null check (kind in ('single', 'pending', 'post', 'void')),
  journal_id text not null check (octet_length(journal_id) between 1 and 60 and strpos(journal_id, E'\n') = 0),
  journal_kind text not null
    check (octet_length(journal_kind) between 1 and 60 and strpos(journal_kind, E'\n') = 0),
  reference text check (octet_length(reference) between 1 and 800),
  link bytea not null check (octet_length(link) = 32),
  primary key (id),
  constraint transfers_between_two_accounts check (debit <> credit),
  constraint transfers_resolve_a_hold check ((kind in ('post', 'void')) = (pending_id is not null)),
  constraint transfers_not_themselves check (pending_id <> id)
) partition by range (id);
--;;
-- Every text above is short, so rows never need a second table beside each month for large values.
alter table transfers alter kind set storage plain, alter journal_id set storage plain,
  alter journal_kind set storage plain, alter reference set storage plain, alter link set storage plain;
--;;
-- For reading the chain. Partial, so that only a query that says `seq > 0` may use it: a statement that walked the
-- journal by seq would cost the history of everybody, whatever the planner believes of one account's share.
create index transfers_by_seq on transfers (seq) where seq > 0;
--;;
-- The two indexes of a statement. Holds and their release move nothing, so they are not in it.
create index transfers_by_debit on transfers (debit, seq) where kind in ('single', 'post');
--;;
create index transfers_by_credit on transfers (credit, seq) where kind in ('single', 'post');
--;;
-- How a hold ended. The key makes "both posted and voided" impossible, without changing the hold's own row.
create table resolutions (
  pending_id uuid primary key,
  transfer_id uuid not null unique,
  kind text not null check (kind in ('post', 'void')),
  check (pending_id <> transfer_id)
);
--;;
-- Ids that were refused, so that a retry of a refused id gets the same refusal and never has an effect.
create table refusals (
  id uuid primary key,
  code text not null,
  recorded_at timestamptz not null
);
--;;
-- Which transfer undid which: once per original.
create table reversals (
  original_id uuid primary key,
  reversal_id uuid not null unique,
  check (original_id <> reversal_id)
);
--;;
-- One row per shard: the last seq, the chain's head, the latest moment recorded, and which months have a partition.
create table fences (
  shard smallint primary key,
  seq bigint not null check (seq >= 0),
  head bytea not null check (octet_length(head) = 32),
  latest_at timestamptz not null,
  covers_from timestamptz not null,
  covers_until timestamptz not null check (covers_until >= covers_from)
) with (fillfactor = 10);
--;;
insert into fences (shard, seq, head, latest_at, covers_from, covers_until)
values (0, 0, decode(repeat('00', 32), 'hex'), '1970-01-01Z', '2025-01-01Z', '2025-01-01Z');
--;;
create function refuse_change_of_ledger() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: the ledger is history', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end
$$;
--;;
create trigger transfers_are_history before update or delete on transfers
  for each row execute function refuse_change_of_ledger();
--;;
create trigger transfers_are_never_emptied before truncate on transfers
  for each statement execute function refuse_change_of_ledger();
--;;
create trigger resolutions_are_history before update or delete on resolutions
  for each row execute function refuse_change_of_ledger();
--;;
create trigger resolutions_are_never_emptied before truncate on resolutions
  for each statement execute function refuse_change_of_ledger();
--;;
create trigger refusals_are_history before update or delete on refusals
  for each row execute function refuse_change_of_ledger();
--;;
create trigger refusals_are_never_emptied before truncate on refusals
  for each statement execute function refuse_change_of_ledger();
--;;
create trigger reversals_are_history before update or delete on reversals
  for each row execute function refuse_change_of_ledger();
--;;
create trigger reversals_are_never_emptied before truncate on reversals
  for each statement execute function refuse_change_of_ledger();
--;;
create trigger accounts_are_never_deleted before delete on accounts
  for each row execute function refuse_change_of_ledger();
--;;
create trigger accounts_are_never_emptied before truncate on accounts
  for each statement execute function refuse_change_of_ledger();
--;;
-- Fires only when one of these columns is named by the update, so posting does not pay for it.
create trigger accounts_keep_their_name
  before update of key, id, shard, kind, currency, normal_side, limited, opened_at on accounts
  for each row execute function refuse_change_of_ledger();
--;;
create trigger accounts_stay_closed before update of closed_at on accounts
  for each row when (old.closed_at is not null) execute function refuse_change_of_ledger();
--;;
create trigger fences_are_never_deleted before delete on fences
  for each row execute function refuse_change_of_ledger();
--;;
create trigger fences_are_never_emptied before truncate on fences
  for each statement execute function refuse_change_of_ledger();
--;;
create trigger fences_never_go_back before update on fences
  for each row when (new.seq < old.seq or new.covers_from <> old.covers_from
    or new.covers_until < old.covers_until or new.shard <> old.shard)
  execute function refuse_change_of_ledger();
--;;
-- The smallest UUID whose time is this instant, to the millisecond.
create function journal_boundary(p_instant timestamptz) returns uuid language sql stable
as $$
  select (lpad(to_hex((extract(epoch from p_instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
--;;
-- Takes the shard for this transaction. Everything that writes to the ledger starts here, and only here.
create function lock_shard(p_shard smallint) returns void language sql volatile
as $$
  select pg_advisory_xact_lock(74120206, p_shard)
$$;
--;;
-- Adds monthly partitions until the journal covers `p_until`; returns how many it made. Attaching (instead of creating
-- in place) lets readers and writers go on meanwhile.
create function extend_journal(p_shard smallint, p_until timestamptz) returns int language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_from timestamptz;
  v_next timestamptz;
  v_name text;
  v_made int := 0;
begin
  perform lock_shard(p_shard);
  select covers_until into strict v_from from fences where shard = p_shard;
  while v_from < p_until loop
    v_next := (v_from at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    v_name := 'transfers_' || to_char(v_from at time zone 'UTC', 'YYYY_MM');
    execute format('create table %I (like transfers including constraints including storage)', v_name);
    execute format('create trigger months_are_never_emptied before truncate on %I
      for each statement execute function refuse_change_of_ledger()', v_name);
    execute format('alter table transfers attach partition %I for values from (%L) to (%L)',
      v_name, journal_boundary(v_from), journal_boundary(v_next));
    v_from := v_next;
    v_made := v_made + 1;
  end loop;
  update fences set covers_until = v_from where shard = p_shard and covers_until < v_from;
  return v_made;
end
$$;
--;;
select extend_journal(0::smallint, '2029-01-01Z');
--;;
-- The next head of the chain: SHA-256 over the head before it and every column of the row, one per line. The only free
-- text comes last, so no two rows have the same bytes.
create function link_after(p_head bytea, p_seq bigint, p_id uuid, p_kind text, p_debit text, p_credit text,
  p_amount bigint, p_debit_after bigint, p_credit_after bigint, p_pending uuid, p_journal text, p_journal_kind text,
  p_occurred timestamptz, p_recorded timestamptz, p_reference text) returns bytea language sql stable
as $$
  select sha256(p_head || convert_to(p_seq || E'\n' || p_id || E'\n' || p_kind || E'\n' || p_debit || E'\n'
    || p_credit || E'\n' || p_amount || E'\n' || p_debit_after || E'\n' || p_credit_after || E'\n'
    || coalesce(p_pending::text, '-') || E'\n' || p_journal || E'\n' || p_journal_kind || E'\n'
    || (extract(epoch from p_occurred) * 1000000)::bigint || E'\n'
    || (extract(epoch from p_recorded) * 1000000)::bigint || E'\n' || coalesce(p_reference, ''), 'UTF8'))
$$;
--;;
-- What a second transfer with the same id answers: `exists`, or the first field that differs.
create function compare_transfers(p_kind text, q_kind text, p_debit text, q_debit text, p_credit text, q_credit text,
  p_amount bigint, q_amount bigint, p_pending uuid, q_pending uuid, p_journal text, q_journal text,
  p_journal_kind text, q_journal_kind text, p_occurred timestamptz, q_occurred timestamptz,
  p_reference text, q_reference text) returns text language sql immutable
as $$
  select case
    when p_kind <> q_kind then 'exists-different-kind'
    when p_debit <> q_debit then 'exists-different-debit'
    when p_credit <> q_credit then 'exists-different-credit'
    when p_amount <> q_amount then 'exists-different-amount'
    when p_pending is distinct from q_pending then 'exists-different-pending'
    when p_journal <> q_journal or p_journal_kind <> q_journal_kind or p_occurred <> q_occurred
      then 'exists-different-journal'
    when p_reference is distinct from q_reference then 'exists-different-reference'
    else 'exists'
  end
$$;
--;;
-- Decides a batch in order, each transfer seeing those before it, and writes what was decided: one answer per
-- transfer, in the order of the arrays. It reads everything it needs with a few set-based statements, decides in
-- memory, and writes with a few set-based statements. The order of the checks is that of state-machine.ts.
-- Plans are pinned: one made while a table was empty must not be kept when it is full. `offset 0` keeps each lookup
-- a lookup: without it the planner may turn the join round and walk a whole table that happens to be empty today.
create function post_transfers(p_shard smallint, p_now timestamptz, p_ids uuid[], p_kinds text[], p_debits text[],
  p_credits text[], p_amounts bigint[], p_pendings uuid[], p_linked boolean[], p_journals text[],
  p_journal_kinds text[], p_occurred timestamptz[], p_references text[]) returns text[] language plpgsql volatile
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
  -- Accounts of the batch, each in a slot; the slots of every transfer.
  v_slots bigint[];
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
  -- Ids of the batch, each in a slot: the position that won it, the code that burnt it, how its hold ended.
  v_id_slots bigint[];
  v_won int[];
  v_lost text[];
  v_resolved text[];
  v_known text[];
  -- Holds of earlier batches that this one resolves, in the slot of their id.
  v_hold_kind text[];
  v_hold_debit text[];
  v_hold_credit text[];
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
  v_resolving boolean;
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
  perform lock_shard(p_shard);
  select f.seq, f.head, greatest(journal_boundary(p_now - interval '9600 hours'), journal_boundary(f.covers_from)),
      least(journal_boundary(p_now + interval '24 hours 0.001 seconds'), journal_boundary(f.covers_until))
    into strict v_seq, v_head, v_first, v_end
    from fences f where f.shard = p_shard;

  select array_agg(q.slot) into v_slots from (
    select dense_rank() over (order by u.name collate "C") as slot
    from unnest(p_debits || p_credits) with ordinality as u(name, pos) order by u.pos) q;
  select array_agg(q.place), array_agg(q.key), array_agg(q.currency), array_agg(q.limited), array_agg(q.closed_at is not null),
      array_agg(q.debits_posted), array_agg(q.credits_posted), array_agg(q.debits_pending),
      array_agg(q.credits_pending), array_agg(0::bigint)
    into v_places, v_keys, v_currencies, v_limited, v_closed, v_debits_posted, v_credits_posted, v_debits_pending,
      v_credits_pending, v_touched
    from (
      select a.ctid as place, a.key, a.currency, a.limited, a.closed_at, a.debits_posted, a.credits_posted,
        a.debits_pending, a.credits_pending
      from (select distinct u.name collate "C" as name from unnest(p_debits || p_credits) as u(name)) m
      left join lateral (select b.ctid, b.* from accounts b where b.id = m.name offset 0) a on true
      order by m.name) q;

  v_resolving := array_remove(p_pendings, null) <> '{}';
  select array_agg(q.slot) into v_id_slots from (
    select dense_rank() over (order by u.id) as slot
    from unnest(p_ids || p_pendings) with ordinality as u(id, pos) order by u.pos) q;
  v_won := array_fill(0, array[2 * n]);
  v_lost := array_fill(null::text, array[2 * n]);
  v_resolved := array_fill(null::text, array[2 * n]);
  v_known := array_fill(null::text, array[n]);

  -- The two ends let the planner skip every month that the batch cannot touch.
  select u.id into v_low from unnest(p_ids) as u(id) order by u.id limit 1;
  select u.id into v_high from unnest(p_ids) as u(id) order by u.id desc limit 1;
  for v_row in
    select u.pos, compare_transfers(t.kind, p_kinds[u.pos], d.id, p_debits[u.pos], c.id, p_credits[u.pos],
      t.amount, p_amounts[u.pos], t.pending_id, p_pendings[u.pos], t.journal_id, p_journals[u.pos],
      t.journal_kind, p_journal_kinds[u.pos], t.occurred_at, p_occurred[u.pos], t.reference, p_references[u.pos])
      as code
    from unnest(p_ids) with ordinality as u(id, pos)
    cross join lateral (select * from transfers t where t.id = u.id and t.id >= v_low and t.id <= v_high offset 0) t
    cross join lateral (select a.id from accounts a where a.key = t.debit offset 0) d
    cross join lateral (select a.id from accounts a where a.key = t.credit offset 0) c
  loop
    v_known[v_row.pos] := v_row.code;
  end loop;
  for v_row in
    select u.pos, r.code from unnest(p_ids) with ordinality as u(id, pos)
    cross join lateral (select f.code from refusals f where f.id = u.id offset 0) r
  loop
    v_known[v_row.pos] := v_row.code;
  end loop;
  if v_resolving then
    v_hold_kind := array_fill(null::text, array[2 * n]);
    v_hold_debit := array_fill(null::text, array[2 * n]);
    v_hold_credit := array_fill(null::text, array[2 * n]);
    v_hold_amount := array_fill(null::bigint, array[2 * n]);
    select u.id into v_low from unnest(p_pendings) as u(id) where u.id is not null order by u.id limit 1;
    select u.id into v_high from unnest(p_pendings) as u(id) where u.id is not null order by u.id desc limit 1;
    for v_row in
      select v_id_slots[n + u.pos] as slot, t.kind, d.id as debit, c.id as credit, t.amount, r.kind as resolved
      from unnest(p_pendings) with ordinality as u(id, pos)
      cross join lateral (select * from transfers t where t.id = u.id and t.id >= v_low and t.id <= v_high offset 0) t
      cross join lateral (select a.id from accounts a where a.key = t.debit offset 0) d
      cross join lateral (select a.id from accounts a where a.key = t.credit offset 0) c
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
    if v_chain = 0 and p_linked[i] then
      v_chain := i;
      v_broken := false;
    end if;
    s := v_id_slots[i];
    d := v_slots[i];
    c := v_slots[n + i];
    v_amount := p_amounts[i];

    -- What the id answers for itself, wherever it stands.
    v_code := coalesce(v_known[i], v_lost[s]);
    if v_code is null then
      w := v_won[s];
      if w > 0 then
        v_code := compare_transfers(p_kinds[w], p_kinds[i], p_debits[w], p_debits[i], p_credits[w], p_credits[i],
          p_amounts[w], v_amount, p_pendings[w], p_pendings[i], p_journals[w], p_journals[i], p_journal_kinds[w],
          p_journal_kinds[i], p_occurred[w], p_occurred[i], p_references[w], p_references[i]);
      elsif p_ids[i] < v_first or p_ids[i] >= v_end then
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
        v_hold_debit[p] := p_debits[w];
        v_hold_credit[p] := p_credits[w];
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
      elsif v_hold_debit[p] <> p_debits[i] then
        v_code := 'pending-different-debit';
      elsif v_hold_credit[p] <> p_credits[i] then
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
          d := v_slots[j];
          c := v_slots[n + j];
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
    if not p_linked[i] then
      v_chain := 0;
      v_broken := false;
    end if;
  end loop;

  if v_refused > 0 then
    insert into refusals (id, code, recorded_at)
    select u.id, u.code, p_now from unnest(p_ids, v_codes, v_burnt) as u(id, code, burnt) where u.burnt;
  end if;
  if v_posted = 0 then
    return v_codes;
  end if;

  for i in 1..n loop
    if v_codes[i] = 'posted' then
      v_seq := v_seq + 1;
      v_head := link_after(v_head, v_seq, p_ids[i], p_kinds[i], p_debits[i], p_credits[i], p_amounts[i],
        v_debit_after[i], v_credit_after[i], p_pendings[i], p_journals[i], p_journal_kinds[i], p_occurred[i], p_now,
        p_references[i]);
      v_seqs[i] := v_seq;
      v_links[i] := v_head;
    end if;
  end loop;
  insert into transfers (id, pending_id, seq, debit, credit, amount, debit_after, credit_after, occurred_at,
    recorded_at, shard, kind, journal_id, journal_kind, reference, link)
  select u.id, u.pending_id, u.seq, v_keys[u.debit], v_keys[u.credit], u.amount, u.debit_after, u.credit_after,
    u.occurred_at, p_now, p_shard, u.kind, u.journal_id, u.journal_kind, u.reference, u.link
  from unnest(p_ids, p_pendings, v_seqs, v_slots[1:n], v_slots[n + 1:], p_amounts, v_debit_after, v_credit_after,
    p_occurred, p_kinds, p_journals, p_journal_kinds, p_references, v_links)
    as u(id, pending_id, seq, debit, credit, amount, debit_after, credit_after, occurred_at, kind, journal_id,
      journal_kind, reference, link)
  where u.seq > 0;
  if v_resolving then
    insert into resolutions (pending_id, transfer_id, kind)
    select u.pending_id, u.id, u.kind from unnest(p_ids, p_pendings, p_kinds, v_seqs) as u(id, pending_id, kind, seq)
    where u.seq > 0 and u.pending_id is not null;
  end if;
  update accounts a set debits_posted = u.debits_posted, credits_posted = u.credits_posted,
    debits_pending = u.debits_pending, credits_pending = u.credits_pending, version = a.version + u.touched
  from unnest(v_places, v_debits_posted, v_credits_posted, v_debits_pending, v_credits_pending, v_touched)
    as u(place, debits_posted, credits_posted, debits_pending, credits_pending, touched)
  where a.ctid = u.place and u.touched > 0;
  -- Rows are found again by their place on disk, which only a writer beside this function could have changed.
  get diagnostics v_changed = row_count;
  select count(*) into strict v_wanted from unnest(v_touched) as u(touched) where u.touched > 0;
  if v_changed <> v_wanted then
    raise exception 'accounts were written outside post_transfers: % changed instead of %', v_changed, v_wanted;
  end if;
  update fences set seq = v_seq, head = v_head, latest_at = greatest(latest_at, p_now) where shard = p_shard;
  return v_codes;
end
$$;
--;;
-- The movements of one account, newest first, below `p_before`. Nothing on an account can have an id older than the
-- window before it was opened, or newer than the window after the latest record: other months are skipped.
create function list_statement(p_account text, p_before bigint, p_limit int)
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
  v_key bigint;
  v_first uuid;
  v_end uuid;
begin
  select a.key, journal_boundary(a.opened_at - interval '9600 hours'),
      journal_boundary(f.latest_at + interval '24 hours 0.001 seconds')
    into v_key, v_first, v_end
    from accounts a join fences f on f.shard = a.shard where a.id = p_account;
  if v_key is null then
    return;
  end if;
  return query
    select m.seq, m.id, m.kind, m.side, a.id, m.amount, m.after, m.journal_id, m.journal_kind, m.occurred_at,
      m.recorded_at, m.reference
    from (
      select * from (
        (select t.seq, t.id, t.kind, 'debit' as side, t.credit as other, t.amount, t.debit_after as after,
          t.journal_id, t.journal_kind, t.occurred_at, t.recorded_at, t.reference
        from transfers t
        where t.debit = v_key and t.seq < p_before and t.kind in ('single', 'post')
          and t.id >= v_first and t.id < v_end
        order by t.seq desc limit p_limit)
        union all
        (select t.seq, t.id, t.kind, 'credit', t.debit, t.amount, t.credit_after,
          t.journal_id, t.journal_kind, t.occurred_at, t.recorded_at, t.reference
        from transfers t
        where t.credit = v_key and t.seq < p_before and t.kind in ('single', 'post')
          and t.id >= v_first and t.id < v_end
        order by t.seq desc limit p_limit)
      ) both_sides
      order by seq desc limit p_limit) m
    join accounts a on a.key = m.other
    order by m.seq desc;
end
$$;
