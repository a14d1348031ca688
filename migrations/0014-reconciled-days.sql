-- Which days the books were compared with the statements, how long after, and what each comparison found.

-- What a file speaks about: from the beginning of the day of its first line to its last line, by currency. What moved
-- outside is not missing in it.
create table statement_periods (
  statement_id text not null references statements (id),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  currency char(3) not null,
  covers_from timestamptz not null,
  covers_until timestamptz not null check (covers_until >= covers_from),
  imported_at timestamptz not null,
  primary key (statement_id, currency)
);
--;;
create index statement_periods_of_float on statement_periods (provider, environment, currency, covers_from);
--;;
-- Files that were imported before.
insert into statement_periods
  select l.statement_id, l.provider, l.environment, l.currency,
    date_trunc('day', min(l.happened_at) at time zone 'UTC') at time zone 'UTC', max(l.happened_at), s.imported_at
  from statement_lines l join statements s on s.id = l.statement_id
  group by l.statement_id, l.provider, l.environment, l.currency, s.imported_at;
--;;
-- The lines of some days, without those of the years before.
create index statement_lines_by_time on statement_lines (provider, environment, currency, happened_at);
--;;
create index second_payments_by_reference on second_payments (provider_reference);
--;;
-- One row per day that was looked at, however often: what was compared, and what came out.
create table day_looks (
  id text primary key check (id ~ '^lok_[0-9a-z]{26}$'),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  currency char(3) not null,
  -- In UTC.
  day date not null,
  -- How many days after it; 0 when a statement came before the day was over.
  depth smallint not null check (depth in (0, 1, 3, 7)),
  looked_at timestamptz not null,
  -- How many files spoke about the day: when another one comes, the day is looked at again.
  files int not null check (files >= 0),
  -- What was compared: lines of statements of that day, and movements of our float.
  lines int not null check (lines >= 0),
  movements int not null check (movements >= 0),
  -- Transactions of that day that differ, and movements that no statement speaks about yet.
  differing int not null check (differing >= 0),
  unstated int not null check (unstated >= 0),
  -- Differences that this look wrote down first, and that it found gone.
  opened int not null check (opened >= 0),
  gone int not null check (gone >= 0),
  check (differing + unstated <= lines + movements)
);
--;;
create index day_looks_newest on day_looks (provider, environment, currency, day, id);
--;;
create trigger day_looks_are_history before update or delete on day_looks
  for each row execute function refuse_change_of_history();
--;;
alter table reconciliation_breaks add column opened_by text references day_looks (id),
  add column gone_by text references day_looks (id);
