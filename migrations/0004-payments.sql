-- One attempt to move money across the border of the books. The provider's own truth is reached through it.
create table payments (
  id text primary key check (id ~ '^pay_[0-9a-z]{26}$'),
  reference text not null unique,
  direction text not null check (direction in ('in', 'out')),
  environment text not null check (environment in ('sandbox', 'live')),
  provider text not null,
  owner_id text not null,
  account_id text not null,
  method text not null check (method in ('wave', 'orange_money', 'moov_money', 'mtn_money', 'visa')),
  country char(2) not null,
  service_id text not null,
  service_name text not null,
  phone text not null check (phone ~ '^\+[0-9]{8,15}$'),
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  fee_policy text not null check (fee_policy in ('wallet', 'payer', 'platform')),
  quoted_fee bigint not null check (quoted_fee >= 0),
  wanted_credit bigint not null check (wanted_credit > 0),
  fee bigint check (fee >= 0),
  credited bigint check (credited > 0),
  state text not null check (state in ('created', 'action-required', 'submitting', 'pending', 'unknown',
    'succeeded', 'failed', 'expired', 'review', 'reversed')),
  reason text,
  needs_otp boolean not null,
  otp_tries int not null default 0 check (otp_tries >= 0),
  provider_reference text,
  upstream_reference text,
  redirect_url text,
  created_at timestamptz not null,
  submitted_at timestamptz,
  expires_at timestamptz not null,
  next_action_at timestamptz,
  enquiries int not null default 0,
  enquired_at timestamptz,
  settled_at timestamptz,
  -- Money that arrived says when and how much; nothing else may claim it.
  check ((state in ('succeeded', 'reversed')) = (credited is not null)),
  check (state not in ('succeeded', 'reversed') or settled_at is not null),
  -- Whatever is not final has a moment at which somebody looks at it again.
  check (state in ('succeeded', 'failed', 'expired', 'review', 'reversed') or next_action_at is not null)
);
--;;
-- One transaction of the provider settles one payment of ours, never two.
create unique index payments_provider_reference on payments (provider, environment, provider_reference)
  where provider_reference is not null;
--;;
create index payments_due on payments (next_action_at) where next_action_at is not null;
--;;
create index payments_by_owner on payments (owner_id, id desc);
--;;
create index payments_by_account on payments (account_id, settled_at);
--;;
create index payments_by_phone on payments (phone, created_at);
--;;
create function keep_payment_identity() returns trigger language plpgsql as $$
begin
  if (old.id, old.reference, old.direction, old.environment, old.provider, old.owner_id, old.account_id,
      old.phone, old.currency, old.amount, old.created_at, old.method, old.country, old.service_id, old.fee_policy,
      old.quoted_fee, old.wanted_credit)
     is distinct from
     (new.id, new.reference, new.direction, new.environment, new.provider, new.owner_id, new.account_id,
      new.phone, new.currency, new.amount, new.created_at, new.method, new.country, new.service_id, new.fee_policy,
      new.quoted_fee, new.wanted_credit) then
    raise exception 'payment %: what was asked never changes', old.id using errcode = 'restrict_violation';
  end if;
  -- Asking about another transaction than the one that was accepted would settle somebody else's money.
  if old.provider_reference is not null and new.provider_reference is distinct from old.provider_reference then
    raise exception 'payment %: the provider''s reference never changes', old.id using errcode = 'restrict_violation';
  end if;
  -- Money that was credited changes only through a reversal, and only what was credited can be reversed.
  if old.state = 'succeeded' and new.state not in ('succeeded', 'reversed')
     or old.state = 'reversed' and new.state <> 'reversed'
     or new.state = 'reversed' and old.state not in ('succeeded', 'reversed')
     or old.credited is not null and new.credited is distinct from old.credited then
    raise exception 'payment %: % cannot become %', old.id, old.state, new.state
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger payments_keep_identity before update on payments
  for each row execute function keep_payment_identity();
--;;
create function refuse_deletion() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never deleted', tg_table_name using errcode = 'restrict_violation';
end
$$;
--;;
create trigger payments_stay before delete on payments for each row execute function refuse_deletion();
--;;
create trigger payments_are_never_emptied before truncate on payments
  for each statement execute function refuse_deletion();
--;;
-- The outbox: an instruction to a provider, written in the transaction that decided it, sent after it.
create table provider_commands (
  id text primary key,
  payment_id text not null references payments (id),
  attempt int not null check (attempt > 0),
  state text not null check (state in ('waiting', 'sending', 'accepted', 'rejected', 'unknown', 'not-sent')),
  due_at timestamptz not null,
  lease_until timestamptz,
  evidence text,
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (payment_id, attempt),
  check ((state = 'sending') = (lease_until is not null)),
  check ((state in ('waiting', 'sending')) = (finished_at is null))
);
--;;
-- Never two instructions for one payment at the same time: that is how a phone is asked twice.
create unique index provider_commands_one_active on provider_commands (payment_id)
  where state in ('waiting', 'sending');
--;;
-- What was sent once is never sent again by the same row: another try is another row.
create function keep_finished_command() returns trigger language plpgsql as $$
begin
  if old.finished_at is not null and (new.payment_id, new.attempt, new.state, new.finished_at)
      is distinct from (old.payment_id, old.attempt, old.state, old.finished_at) then
    raise exception 'command %: finished is finished', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger provider_commands_keep_their_end before update on provider_commands
  for each row execute function keep_finished_command();
--;;
create trigger provider_commands_stay before delete on provider_commands
  for each row execute function refuse_deletion();
--;;
create index provider_commands_due on provider_commands (due_at) where state = 'waiting';
--;;
create index provider_commands_leased on provider_commands (lease_until) where state = 'sending';
--;;
-- The inbox: the bytes that a provider sent, before anybody believes them.
create table provider_callbacks (
  id text primary key,
  provider text not null,
  environment text not null,
  fingerprint text not null,
  body bytea,
  content_type text not null,
  verdict text not null check (verdict in ('verified', 'unsigned', 'invalid')),
  verdict_reason text,
  payment_id text,
  state text not null check (state in ('received', 'parked', 'applied', 'ignored', 'unmatched', 'rejected')),
  seen int not null default 1 check (seen > 0),
  tries int not null default 0,
  due_at timestamptz,
  received_at timestamptz not null,
  finished_at timestamptz,
  unique (provider, environment, fingerprint),
  check ((state in ('received', 'parked')) = (due_at is not null)),
  -- A refused callback leaves its fingerprint only: nobody may fill the disk with bytes we do not believe.
  check ((state = 'rejected') = (body is null))
);
--;;
create index provider_callbacks_due on provider_callbacks (due_at) where due_at is not null;
--;;
create index provider_callbacks_by_payment on provider_callbacks (payment_id) where payment_id is not null;
