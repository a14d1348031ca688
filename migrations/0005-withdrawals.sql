-- Money that leaves: holds, step-up, destinations, freezes, reviews.

alter table payments drop constraint payments_state_check;
--;;
alter table payments add constraint payments_state_check check (state in ('created', 'action-required', 'risk-hold',
  'submitting', 'pending', 'unknown', 'succeeded', 'failed', 'expired', 'cancelled', 'review', 'reversed'));
--;;
alter table payments drop constraint payments_check2;
--;;
alter table payments add constraint payments_move_on check (next_action_at is not null
  or state in ('succeeded', 'failed', 'expired', 'cancelled', 'review', 'reversed'));
--;;
-- A withdrawal is never called off by time, and a deposit is never held or cancelled.
alter table payments add constraint payments_states_of_direction check (
  direction = 'in' and state not in ('risk-hold', 'cancelled')
  or direction = 'out' and state not in ('action-required', 'expired'));
--;;
alter table payments add column lookups_missed int not null default 0 check (lookups_missed >= 0);
--;;
alter table payments add column resends int not null default 0 check (resends >= 0);
--;;
alter table payments add column slow_told_at timestamptz;
--;;
-- A provider that takes no reference of ours cannot tell two equal pay-outs apart, so there is never a second one.
create unique index payments_one_payout_like_it on payments (provider, environment, service_id, phone, amount)
  where direction = 'out' and state in ('submitting', 'pending', 'unknown');
--;;
alter table provider_commands drop constraint provider_commands_state_check;
--;;
alter table provider_commands add constraint provider_commands_state_check
  check (state in ('waiting', 'sending', 'accepted', 'rejected', 'unknown', 'not-sent', 'cancelled'));
--;;
alter table provider_commands add column balance_before bigint;
--;;
alter table provider_commands add column balance_after bigint;
--;;
-- What a person wants to withdraw, before they prove that it is them. One row is one challenge, used once.
create table withdrawal_requests (
  payment_id text primary key check (payment_id ~ '^pay_[0-9a-z]{26}$'),
  person_id text not null references people (id),
  phone text not null check (phone ~ '^\+[0-9]{8,15}$'),
  method text not null check (method in ('wave', 'orange_money', 'moov_money', 'mtn_money', 'visa')),
  service_id text not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  fee bigint not null check (fee >= 0),
  state text not null check (state in ('requested', 'confirmed', 'lapsed')),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  confirmed_at timestamptz,
  check ((state = 'confirmed') = (confirmed_at is not null)),
  check (confirmed_at < expires_at)
);
--;;
create index withdrawal_requests_open on withdrawal_requests (expires_at) where state = 'requested';
--;;
create function keep_withdrawal_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'withdrawal requests are kept' using errcode = 'restrict_violation';
  end if;
  if old.state <> 'requested' or (new.payment_id, new.person_id, new.phone, new.method, new.service_id, new.currency,
      new.amount, new.fee, new.created_at, new.expires_at) is distinct from (old.payment_id, old.person_id, old.phone,
      old.method, old.service_id, old.currency, old.amount, old.fee, old.created_at, old.expires_at) then
    raise exception 'withdrawal request %: a challenge is bound to what was asked and used once', old.payment_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger withdrawal_requests_are_bound before update or delete on withdrawal_requests
  for each row execute function keep_withdrawal_request();
--;;
-- Numbers to which a person has agreed to send money, proven by a code to their own phone.
create table destinations (
  person_id text not null references people (id),
  phone text not null check (phone ~ '^\+[0-9]{8,15}$'),
  confirmed_at timestamptz not null,
  primary key (person_id, phone)
);
--;;
-- What may not move until an operator lifts it: a person, a number, a method or a whole direction.
create table freezes (
  id text primary key,
  scope text not null check (scope in ('owner', 'phone', 'method', 'all')),
  subject text not null,
  direction text not null check (direction in ('in', 'out')),
  reason text not null check (reason <> ''),
  created_by text not null,
  created_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
--;;
create unique index freezes_one_at_a_time on freezes (scope, subject, direction) where lifted_at is null;
--;;
-- Payments that machines may not decide.
create table reviews (
  id text primary key,
  payment_id text not null references payments (id),
  reason text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (outcome in ('paid', 'failed', 'settled-by-provider')),
  check ((closed_at is null) = (outcome is null))
);
--;;
create unique index reviews_one_open on reviews (payment_id) where closed_at is null;
--;;
-- One operator proposes with a reason and evidence, another one approves; the database knows that they are two.
create table review_proposals (
  id text primary key,
  review_id text not null references reviews (id),
  outcome text not null check (outcome in ('paid', 'failed')),
  reason text not null check (length(trim(reason)) >= 3),
  evidence text not null check (length(trim(evidence)) >= 3),
  proposed_by text not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > proposed_at),
  decided_by text,
  decided_at timestamptz,
  decision text check (decision in ('approved', 'refused')),
  check ((decided_by is null) = (decided_at is null) and (decided_at is null) = (decision is null)),
  check (decision is distinct from 'approved' or decided_by <> proposed_by),
  check (decision is distinct from 'approved' or decided_at <= expires_at)
);
--;;
create unique index review_proposals_one_open on review_proposals (review_id) where decided_at is null;
--;;
-- How well a person's identity is known: what they may hold and move depends on it.
alter table people add column identification text not null default 'none' check (identification in ('none', 'verified'));
--;;
-- Null until an existing PIN is replaced: withdrawals wait a while after that, and not after a first PIN.
alter table people add column pin_replaced_at timestamptz check (pin_replaced_at <= pin_changed_at);
--;;
-- Browsers from which a person has signed in; a new one makes withdrawals wait.
create table devices (
  person_id text not null references people (id),
  -- SHA-256 of the token; the token itself is only in the browser's cookie.
  device_hash bytea not null check (octet_length(device_hash) = 32),
  is_first boolean not null,
  first_seen_at timestamptz not null,
  primary key (person_id, device_hash)
);
--;;
-- Whoever signs in first from somewhere is trusted at once; nobody may be first a second time.
create unique index devices_one_first on devices (person_id) where is_first;
--;;
alter table login_codes drop constraint login_codes_purpose_check;
--;;
alter table login_codes add constraint login_codes_purpose_check
  check (purpose in ('login', 'reset-pin') or purpose ~ '^destination:\+[0-9]{8,15}$');
