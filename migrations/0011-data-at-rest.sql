-- Phone numbers and names are sealed: the columns that held them hold sealed texts, with keyed hashes beside them by
-- which rows are found.

-- Whether rows are still written plainly, because a version that cannot open sealed texts may serve beside this one.
create table sealing (
  one smallint primary key check (one = 1),
  plain boolean not null,
  closed_at timestamptz,
  check (not plain or closed_at is null)
);
--;;
insert into sealing (one, plain)
select 1, exists (select from people) or exists (select from payments);
--;;
create function keep_sealing() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.plain and not old.plain then
    raise exception 'what is sealed stays sealed' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger sealing_goes_one_way before update or delete on sealing for each row execute function keep_sealing();
--;;
alter table people alter column phone drop not null;
--;;
alter table people drop constraint people_phone_check;
--;;
alter table people drop constraint people_display_name_check;
--;;
alter table people add column phone_hash text;
--;;
-- Who was here and is erased: what is left of them is an id, so that the books stay whole.
alter table people add column erased_at timestamptz;
--;;
-- U+0001 is how a sealed text begins.
alter table people add constraint people_phone_check
  check (phone ~ '^\+[1-9][0-9]{7,14}$' or left(phone, 1) = E'\x01') not valid;
--;;
alter table people validate constraint people_phone_check;
--;;
alter table people add constraint people_display_name_check
  check (char_length(display_name) between 1 and 60 or left(display_name, 1) = E'\x01') not valid;
--;;
alter table people validate constraint people_display_name_check;
--;;
alter table people add constraint people_erased_wholly check (case when erased_at is null then phone is not null
  else phone is null and phone_hash is null and display_name is null and pin_hash is null end) not valid;
--;;
alter table people validate constraint people_erased_wholly;
--;;
-- One number is one person, also where the number cannot be read.
create unique index people_by_phone_hash on people (phone_hash);
--;;
-- A version that does not know of hashes would make a second person for a number that it cannot find.
create function refuse_plain_person() returns trigger language plpgsql as $$
begin
  if new.phone is not null and new.phone_hash is null and not (select plain from sealing) then
    raise exception 'this version is too old for the database: numbers are sealed' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger people_are_sealed before insert on people for each row execute function refuse_plain_person();
--;;
create function keep_erased_person() returns trigger language plpgsql as $$
begin
  if old.erased_at is not null and new is distinct from old then
    raise exception 'person %: who is erased stays erased', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger people_stay_erased before update on people for each row execute function keep_erased_person();
--;;
alter table payments alter column phone drop not null;
--;;
alter table payments drop constraint payments_phone_check;
--;;
alter table payments add column phone_hash text;
--;;
alter table payments add column phone_end_hash text;
--;;
-- Null once the person is erased; nobody's money may be on its way to nobody.
alter table payments add constraint payments_phone_check
  check (phone ~ '^\+[0-9]{8,15}$' or left(phone, 1) = E'\x01'
    or phone is null and state in ('succeeded', 'failed', 'expired', 'cancelled', 'reversed')) not valid;
--;;
alter table payments validate constraint payments_phone_check;
--;;
create index payments_by_phone_hash on payments (phone_hash, created_at);
--;;
create index payments_by_phone_end_hash on payments (phone_end_hash, created_at desc, id desc);
--;;
-- As payments_one_payout_like_it, which says nothing about numbers that are sealed.
create unique index payments_one_payout_like_it_sealed on payments
  (provider, environment, service_id, phone_hash, amount)
  where direction = 'out' and state in ('submitting', 'pending', 'unknown');
--;;
-- The number may be sealed, sealed anew, or forgotten; under one key its hash never changes, so it is never another one.
create or replace function keep_payment_identity() returns trigger language plpgsql as $$
begin
  if (old.id, old.reference, old.direction, old.environment, old.provider, old.owner_id, old.account_id,
      old.currency, old.amount, old.created_at, old.method, old.country, old.service_id, old.fee_policy,
      old.quoted_fee, old.wanted_credit)
     is distinct from
     (new.id, new.reference, new.direction, new.environment, new.provider, new.owner_id, new.account_id,
      new.currency, new.amount, new.created_at, new.method, new.country, new.service_id, new.fee_policy,
      new.quoted_fee, new.wanted_credit)
     or new.phone is distinct from old.phone and (old.phone is null or left(new.phone, 1) <> E'\x01')
     or new.phone is not null and new.phone_hash is null and old.phone_hash is not null
     or split_part(new.phone_hash, ':', 1) = split_part(old.phone_hash, ':', 1) and new.phone_hash <> old.phone_hash then
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
alter table withdrawal_requests alter column phone drop not null;
--;;
alter table withdrawal_requests drop constraint withdrawal_requests_phone_check;
--;;
alter table withdrawal_requests add constraint withdrawal_requests_phone_check
  check (phone ~ '^\+[0-9]{8,15}$' or left(phone, 1) = E'\x01' or phone is null and state <> 'requested') not valid;
--;;
alter table withdrawal_requests validate constraint withdrawal_requests_phone_check;
--;;
create or replace function keep_withdrawal_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'withdrawal requests are kept' using errcode = 'restrict_violation';
  end if;
  -- What is sealed, sealed anew, or forgotten changes nothing of what was asked.
  if (to_jsonb(new) - 'phone') = (to_jsonb(old) - 'phone') and old.phone is not null
      and (new.phone is null or left(new.phone, 1) = E'\x01') then
    return new;
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
alter table destinations drop constraint destinations_phone_check;
--;;
alter table destinations add column phone_hash text;
--;;
alter table destinations add constraint destinations_phone_check
  check (phone ~ '^\+[0-9]{8,15}$' or left(phone, 1) = E'\x01') not valid;
--;;
alter table destinations validate constraint destinations_phone_check;
--;;
create unique index destinations_by_phone_hash on destinations (person_id, phone_hash);
--;;
alter table memberships drop constraint memberships_phone_check;
--;;
alter table memberships drop constraint memberships_display_name_check;
--;;
alter table memberships drop constraint memberships_next_of_kin_name_check;
--;;
alter table memberships drop constraint memberships_next_of_kin_phone_check;
--;;
alter table memberships add column phone_hash text;
--;;
alter table memberships add constraint memberships_sealed_or_plain check (
  (phone ~ '^\+[0-9]{8,15}$' or left(phone, 1) = E'\x01')
  and (char_length(display_name) between 1 and 60 or left(display_name, 1) = E'\x01')
  and (char_length(next_of_kin_name) between 1 and 60 or left(next_of_kin_name, 1) = E'\x01')
  and (next_of_kin_phone ~ '^\+[0-9]{8,15}$' or left(next_of_kin_phone, 1) = E'\x01')) not valid;
--;;
alter table memberships validate constraint memberships_sealed_or_plain;
--;;
create unique index memberships_one_invitation_sealed on memberships (group_id, phone_hash)
  where person_id is null and phone is not null and state = 'invited';
--;;
create index memberships_of_number_hash on memberships (phone_hash) where person_id is null and state = 'invited';
--;;
-- The bytes of what a provider told about somebody who is erased are forgotten as well.
alter table provider_callbacks drop constraint provider_callbacks_check1;
--;;
alter table provider_callbacks add constraint provider_callbacks_body_check
  check (case when state = 'rejected' then body is null when state in ('received', 'parked') then body is not null
    else true end) not valid;
--;;
alter table provider_callbacks validate constraint provider_callbacks_body_check;
--;;
-- Codes and wrong PINs are only counted and compared: they keep the keyed hash where the number was.
alter table login_codes drop constraint login_codes_phone_check;
--;;
alter table login_codes drop constraint login_codes_purpose_check;
--;;
-- What an alarm about bought text messages groups by: the country and the operator, never the whole number.
alter table login_codes add column prefix text;
--;;
alter table login_codes add constraint login_codes_number_check check (
  phone ~ '^(\+[1-9][0-9]{7,14}|[0-9a-f]{8}:[A-Za-z0-9_-]{43})$' and char_length(prefix) <= 7
  and (purpose in ('login', 'reset-pin') or purpose ~ '^destination:(\+[0-9]{8,15}|[0-9a-f]{8}:[A-Za-z0-9_-]{43})$'))
  not valid;
--;;
alter table login_codes validate constraint login_codes_number_check;
--;;
alter table pin_guards drop constraint pin_guards_phone_check;
--;;
alter table pin_guards add constraint pin_guards_phone_check
  check (phone ~ '^(\+[1-9][0-9]{7,14}|[0-9a-f]{8}:[A-Za-z0-9_-]{43})$') not valid;
--;;
alter table pin_guards validate constraint pin_guards_phone_check;
--;;
-- What is sealed from the first row on needs no index on the plain text; a filled database keeps them until it is closed.
do $$
begin
  if not (select plain from sealing) then
    drop index payments_by_phone, payments_by_phone_end, payments_one_payout_like_it;
    drop index memberships_one_invitation, memberships_of_number;
  end if;
end
$$;
