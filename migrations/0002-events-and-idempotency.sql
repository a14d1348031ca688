-- What became true, in the order in which it was recorded; append-only.
create table events (
  id text primary key,
  name text not null check (name ~ '^[a-z-]+\.[a-z-]+$'),
  subject_id text not null,
  facts jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null
);
--;;
create index events_by_subject on events (subject_id, id);
--;;
create index events_by_name on events (name, id);
--;;
create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception '% is history: rows of % are never changed', tg_table_name, tg_table_name
    using errcode = 'restrict_violation';
end
$$;
--;;
create trigger events_are_history before update or delete on events
  for each row execute function refuse_change_of_history();
--;;
create trigger events_are_never_emptied before truncate on events
  for each statement execute function refuse_change_of_history();
--;;
-- One row per request that must have one effect: the key its maker chose, what was asked, what was answered.
create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (scope, key)
);
