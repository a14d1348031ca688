-- The operators' console: who may enter it, by which second factor, and the trail of everything that is done there.

alter table role_grants drop constraint role_grants_role_check;
--;;
alter table role_grants add constraint role_grants_role_check check (role in ('operator', 'finance', 'admin'));
--;;
-- When the second factor was proven in this session; null in every session that never asked for the console.
alter table sessions add column second_factor_at timestamptz check (second_factor_at >= created_at);
--;;
-- What an operator's authenticator shares with us. The secret is sealed (AES-256-GCM) under a key of the installation,
-- so a copy of this table opens nothing.
create table second_factors (
  person_id text primary key references people (id),
  sealed_secret bytea not null check (octet_length(sealed_secret) = 48),
  created_at timestamptz not null,
  -- Null until a first code proved that the authenticator has it.
  confirmed_at timestamptz,
  -- The half minute of the last code that was accepted: a code that was looked over a shoulder opens nothing.
  last_step bigint not null default 0 check (last_step >= 0),
  failures int not null default 0 check (failures >= 0),
  locked_until timestamptz
);
--;;
create table operator_invitations (
  id text primary key check (id like 'inv\_%'),
  phone text not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  role text not null check (role in ('operator', 'finance', 'admin')),
  -- SHA-256 of the token in the link.
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  invited_by text not null references people (id),
  invited_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > invited_at),
  ending text check (ending in ('accepted', 'withdrawn', 'replaced')),
  ended_at timestamptz,
  check ((ending is null) = (ended_at is null)),
  check (ending is distinct from 'accepted' or ended_at < expires_at)
);
--;;
create unique index operator_invitations_one_open on operator_invitations (phone, role) where ending is null;
--;;
-- Who did what in the console: one row per act, in a chain of hashes. `before` and `after` are the exact texts that
-- the link was computed over.
create table audit_entries (
  seq bigint primary key check (seq > 0),
  id text not null unique check (id like 'aud\_%'),
  occurred_at timestamptz not null,
  actor_id text not null,
  actor_roles text not null,
  ip text not null,
  device text,
  act text not null check (act ~ '^[a-z-]+\.[a-z-]+$'),
  subject_id text not null,
  reason text,
  before text,
  after text,
  link bytea not null check (octet_length(link) = 32)
);
--;;
create index audit_entries_by_subject on audit_entries (subject_id, seq);
--;;
create index audit_entries_by_actor on audit_entries (actor_id, seq);
--;;
create index audit_entries_by_act on audit_entries (act, seq);
--;;
create trigger audit_entries_are_history before update or delete on audit_entries
  for each row execute function refuse_change_of_history();
--;;
create trigger audit_entries_are_never_emptied before truncate on audit_entries
  for each statement execute function refuse_change_of_history();
--;;
-- The end of the trail: how long it is and the last link, so that cutting off its end is seen.
create table audit_heads (
  shard smallint primary key check (shard = 0),
  seq bigint not null check (seq >= 0),
  link bytea not null check (octet_length(link) = 32)
);
--;;
insert into audit_heads (shard, seq, link) values (0, 0, decode(repeat('00', 32), 'hex'));
--;;
create function keep_audit_head() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or new.seq <> old.seq + 1 then
    raise exception 'the trail only grows, by one act at a time' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger audit_heads_only_grow before update or delete on audit_heads
  for each row execute function keep_audit_head();
--;;
-- The console looks for payments by what an operator has in hand, newest first and cut by the last line seen.
create index payments_newest on payments (created_at desc, id desc);
--;;
create index payments_by_state on payments (state, created_at desc, id desc);
--;;
create index payments_by_amount on payments (amount, created_at desc, id desc);
--;;
create index payments_by_method on payments (method, direction, created_at desc, id desc);
--;;
-- The last digits are what people read out over the phone.
create index payments_by_phone_end on payments (right(phone, 4), created_at desc, id desc);
--;;
create index reviews_closed on reviews (closed_at desc) where closed_at is not null;
--;;
-- With only the provider's reference or the mobile operator's in hand, from a complaint or a statement.
create index payments_by_their_reference on payments (provider_reference) where provider_reference is not null;
--;;
create index payments_by_upstream_reference on payments (upstream_reference) where upstream_reference is not null;
--;;
create index provider_callbacks_by_arrival on provider_callbacks (received_at);
--;;
create index payments_by_settlement on payments (settled_at) where settled_at is not null;
--;;
-- What the provider said it holds for us, beside what the books said at the same moment; one row a minute at most.
create table float_readings (
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  currency char(3) not null,
  read_at timestamptz not null,
  -- Null when the provider could not be asked.
  held bigint,
  -- What was booked for good, and what open withdrawals reserve of it.
  booked bigint not null,
  reserved bigint not null check (reserved >= 0),
  primary key (provider, environment, currency, read_at)
);
--;;
-- When an alarm is raised, as data: an admin changes the figures, and nobody waits for a new version.
create table alert_rules (
  rule text primary key,
  threshold bigint not null check (threshold >= 0),
  -- After an alarm was told, its group stays quiet for so long, also when it comes and goes.
  cooldown_min int not null check (cooldown_min between 1 and 10080),
  enabled boolean not null,
  severity text not null check (severity in ('page', 'notice'))
);
--;;
insert into alert_rules (rule, threshold, cooldown_min, enabled, severity) values
  ('unknown-old', 30, 60, true, 'page'),
  ('float-low', 100000, 120, true, 'page'),
  ('float-unread', 15, 60, true, 'notice'),
  ('success-drop', 60, 60, true, 'page'),
  ('signature-failures', 5, 60, true, 'page'),
  ('callbacks-parked', 10, 60, true, 'notice'),
  ('chain-broken', 0, 60, true, 'page'),
  ('dead-jobs', 0, 120, true, 'notice'),
  ('sms-spike', 50, 60, true, 'notice'),
  ('review-waiting', 24, 720, true, 'notice'),
  ('reconciliation-break', 24, 720, true, 'page'),
  ('backup-old', 26, 720, true, 'page');
--;;
-- One row per group (rule and subject) until it is resolved; coming again only counts.
create table alerts (
  id text primary key check (id like 'alr\_%'),
  rule text not null references alert_rules (rule),
  subject text not null,
  -- What was measured, as text.
  measured text not null,
  state text not null check (state in ('raised', 'acknowledged', 'resolved')),
  times int not null default 1 check (times > 0),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  told_at timestamptz,
  silenced_until timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  resolved_by text,
  resolved_at timestamptz,
  check ((acknowledged_by is null) = (acknowledged_at is null)),
  check ((resolved_by is null) = (resolved_at is null)),
  check ((state = 'resolved') = (resolved_at is not null)),
  check (state <> 'acknowledged' or acknowledged_at is not null)
);
--;;
create unique index alerts_one_open on alerts (rule, subject) where state <> 'resolved';
--;;
create index alerts_resolved on alerts (resolved_at desc) where state = 'resolved';
--;;
create index alerts_told on alerts (rule, subject, told_at desc) where told_at is not null;
--;;
-- What is still to be said to the world about an alarm: by e-mail, by webhook.
create table alert_deliveries (
  alert_id text not null references alerts (id),
  channel text not null check (channel in ('email', 'webhook')),
  told_at timestamptz not null,
  what text not null check (what in ('raised', 'resolved')),
  state text not null check (state in ('waiting', 'sent', 'given-up')),
  tries int not null default 0 check (tries >= 0),
  due_at timestamptz,
  finished_at timestamptz,
  primary key (alert_id, channel, told_at),
  check ((state = 'waiting') = (due_at is not null)),
  check ((state = 'waiting') = (finished_at is null))
);
--;;
create index alert_deliveries_due on alert_deliveries (due_at) where state = 'waiting';
--;;
-- Written by whatever makes the backups: when one was finished, how large it is, and where. Nothing else is needed to
-- notice that they stopped.
create table backup_runs (
  finished_at timestamptz primary key,
  size_bytes bigint not null check (size_bytes > 0),
  place text not null check (place <> '')
);
--;;
create index login_codes_by_time on login_codes (created_at);
--;;
-- One look at whether the three books agree: ours, what the provider says it holds, what its statements say.
create table reconciliation_runs (
  id text primary key check (id like 'rcn\_%'),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  currency char(3) not null,
  depth text not null check (depth in ('light', 'deep')),
  ran_at timestamptz not null,
  booked bigint not null,
  -- Null when the provider could not say.
  held bigint,
  -- What the host brought and took away, by the statements.
  own_transfers bigint not null,
  -- Differences that are open, and those that people explained.
  open_breaks bigint not null,
  explained bigint not null,
  -- What may be on its way: the provider may have counted it already.
  in_flight_in bigint not null check (in_flight_in >= 0),
  in_flight_out bigint not null check (in_flight_out >= 0),
  -- What nothing of the above accounts for.
  rest bigint
);
--;;
create index reconciliation_runs_newest on reconciliation_runs (provider, environment, currency, id desc);
--;;
create table reconciliation_breaks (
  id text primary key check (id like 'brk\_%'),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  currency char(3) not null,
  kind text not null check (kind in ('missing-in-ledger', 'missing-at-provider', 'duplicate', 'status', 'amount',
    'fee', 'balance')),
  reference text not null,
  payment_id text references payments (id),
  -- What the provider says less what we say.
  difference bigint not null check (difference <> 0),
  -- When what differs happened, as far as that is known.
  happened_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null check (last_seen_at >= first_seen_at),
  owner_id text,
  -- People explained it, or it was gone at a later look.
  closed_at timestamptz,
  closed_by text,
  explanation text,
  gone_at timestamptz,
  check ((closed_by is null) = (explanation is null)),
  check (closed_by is null or closed_at is not null),
  check (closed_by is not null or closed_at is null or gone_at is not null)
);
--;;
create unique index reconciliation_breaks_one on reconciliation_breaks
  (provider, environment, currency, kind, reference, difference) where gone_at is null;
--;;
create index reconciliation_breaks_open on reconciliation_breaks (first_seen_at) where closed_at is null;
