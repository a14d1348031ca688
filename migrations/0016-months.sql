-- Events by month, and a row for every month that was archived.
--
-- A version that still serves goes on meanwhile: the new table has the name, the columns and the keys of the old one, and
-- the old one becomes the part that takes whatever has no month of its own, without a row being read or moved. Its rows
-- get their months later, in steps that nobody waits for (`src/ground/events/make-event-months-once.ts`).

alter table events rename to events_rest;
--;;
alter table events_rest rename constraint events_pkey to events_rest_pkey;
--;;
alter index events_by_subject rename to events_rest_by_subject;
--;;
alter index events_by_name rename to events_rest_by_name;
--;;
-- The one below takes its place, on every part.
drop trigger events_are_history on events_rest;
--;;
-- Partitioned by range of the id itself, as the journal is: it begins with its time, so the key stays unique over
-- everything.
create table events (
  id text not null,
  name text not null,
  subject_id text not null,
  facts jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (id),
  constraint events_name_check check (name ~ '^[a-z-]+\.[a-z-]+$')
) partition by range (id);
--;;
create index events_by_subject on events (subject_id, id);
--;;
create index events_by_name on events (name, id);
--;;
-- The first part of all, so no row of it is read: whatever has no other place belongs here. An event without a month is
-- kept and never refused, because with it the payment that it tells of would be refused.
alter table events attach partition events_rest default;
--;;
create trigger events_are_history before update or delete on events
  for each row execute function refuse_change_of_history();
--;;
create trigger events_are_never_emptied before truncate on events
  for each statement execute function refuse_change_of_history();
--;;
-- Months that lie, whole and compared, in a sealed file beside the backups.
create table month_archives (
  file text primary key check (file <> ''),
  kind text not null check (kind in ('journal', 'events')),
  -- The time of the ids in it; null where it begins with the first of all.
  covers_from timestamptz,
  covers_until timestamptz not null check (covers_until > covers_from),
  rows bigint not null check (rows > 0),
  -- Of the file as it lies there, hexadecimal.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  archived_at timestamptz not null,
  -- When its rows left the database; the journal never does.
  dropped_at timestamptz check (dropped_at >= archived_at),
  check (dropped_at is null or kind = 'events')
);
--;;
create index month_archives_by_month on month_archives (kind, covers_until);
--;;
insert into alert_rules (rule, threshold, cooldown_min, enabled, severity) values
  ('months-short', 3, 720, true, 'page');
