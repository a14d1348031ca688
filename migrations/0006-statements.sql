-- What the provider's own statements say, and second payments that two people close.

-- Somebody paid twice for one payment: money in suspense until two operators say where it goes.
create table second_payments (
  id text primary key check (id ~ '^sec_[0-9a-z]{26}$'),
  payment_id text not null references payments (id),
  provider_reference text not null check (provider_reference <> ''),
  -- What lies in suspense; both are null while nobody can read how much it was.
  amount bigint check (amount > 0),
  currency char(3),
  found_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (outcome in ('credited', 'returned', 'taken-back')),
  -- The provider took back what had been credited already.
  reversed_at timestamptz,
  unique (payment_id, provider_reference),
  check ((amount is null) = (currency is null)),
  check ((closed_at is null) = (outcome is null)),
  check (outcome is distinct from 'credited' or amount is not null),
  check (reversed_at is null or (outcome is not null and outcome = 'credited'))
);
--;;
create index second_payments_open on second_payments (id) where closed_at is null;
--;;
create function keep_second_payment() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'second payments are kept' using errcode = 'restrict_violation';
  end if;
  if (new.id, new.payment_id, new.provider_reference, new.found_at) is distinct from
      (old.id, old.payment_id, old.provider_reference, old.found_at)
      or old.amount is not null and (new.amount, new.currency) is distinct from (old.amount, old.currency)
      or old.closed_at is not null and (new.closed_at, new.outcome, new.amount) is distinct from
        (old.closed_at, old.outcome, old.amount)
      or old.reversed_at is not null and new.reversed_at is distinct from old.reversed_at then
    raise exception 'second payment %: what was found and decided stays', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger second_payments_stay before update or delete on second_payments
  for each row execute function keep_second_payment();
--;;
-- As for reviews: one operator proposes with a reason and evidence, another one approves.
create table second_payment_proposals (
  id text primary key,
  second_payment_id text not null references second_payments (id),
  outcome text not null check (outcome in ('credited', 'returned')),
  -- How much it was, by the provider's statement: only where it could not be read.
  stated_amount bigint check (stated_amount > 0),
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
create unique index second_payment_proposals_one_open on second_payment_proposals (second_payment_id)
  where decided_at is null;
--;;
-- A file of the provider, as it was read. The same bytes are the same statement.
create table statements (
  id text primary key check (id ~ '^stm_[0-9a-z]{26}$'),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  file_name text not null check (file_name <> ''),
  file_hash bytea not null check (octet_length(file_hash) = 32),
  lines int not null check (lines > 0),
  imported_by text not null,
  imported_at timestamptz not null,
  unique (provider, environment, file_hash)
);
--;;
create table statement_lines (
  id text primary key check (id ~ '^stl_[0-9a-z]{26}$'),
  statement_id text not null references statements (id),
  provider text not null,
  environment text not null check (environment in ('sandbox', 'live')),
  -- Where it stands in the file; the heading is 1.
  place int not null check (place > 1),
  kind text not null check (kind in ('deposit', 'withdrawal', 'deposit-returned', 'withdrawal-returned', 'own-transfer')),
  provider_reference text not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  fee bigint not null check (fee >= 0),
  -- What the line did to the float.
  effect bigint not null,
  happened_at timestamptz not null,
  line_hash bytea not null check (octet_length(line_hash) = 32),
  -- The second equal line of one file is copy 2: a break, and not a second import.
  copy int not null check (copy > 0),
  unique (provider, environment, line_hash, copy),
  unique (statement_id, place),
  check (fee <= amount or kind = 'own-transfer')
);
--;;
create index statement_lines_by_reference on statement_lines (provider_reference);
--;;
create function keep_statement() returns trigger language plpgsql as $$
begin
  raise exception 'what a provider stated is kept as it was' using errcode = 'restrict_violation';
end
$$;
--;;
create trigger statements_are_kept before update or delete on statements
  for each row execute function keep_statement();
--;;
create trigger statement_lines_are_kept before update or delete on statement_lines
  for each row execute function keep_statement();
