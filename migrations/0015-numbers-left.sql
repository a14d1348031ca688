-- Numbers that were left plain: of freezes, of invitations to the console, and in the bytes of callbacks. And identities
-- that one operator asks to be erased and another one lets go.

-- Whether these are still written plainly, for a version that cannot open them there. It is apart from `plain`, because a
-- database that was closed long ago is served by such a version while this one takes over.
alter table sealing add column later_plain boolean not null default false;
--;;
do $$
begin
  if exists (select from people) or exists (select from payments) then
    update sealing set later_plain = true;
  end if;
end
$$;
--;;
create or replace function keep_sealing() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.plain and not old.plain or new.later_plain and not old.later_plain then
    raise exception 'what is sealed stays sealed' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
-- The number itself, sealed. Where it stood is its keyed hash then, so the keys that make it one freeze and one
-- invitation go on doing so; while an older version may serve it stands there plainly, and this is null.
alter table freezes add column number text;
--;;
alter table freezes add constraint freezes_number_is_sealed
  check (number is null or left(number, 1) = E'\x01' and subject ~ '^[0-9a-f]{8}:[A-Za-z0-9_-]{43}$') not valid;
--;;
alter table freezes validate constraint freezes_number_is_sealed;
--;;
alter table operator_invitations add column number text;
--;;
alter table operator_invitations drop constraint operator_invitations_phone_check;
--;;
alter table operator_invitations add constraint operator_invitations_phone_check check (
  case when number is null then phone ~ '^\+[1-9][0-9]{7,14}$'
  else left(number, 1) = E'\x01' and phone ~ '^[0-9a-f]{8}:[A-Za-z0-9_-]{43}$' end) not valid;
--;;
alter table operator_invitations validate constraint operator_invitations_phone_check;
--;;
-- One operator asks for it with a reason, another one decides; the database knows that they are two.
create table erasure_requests (
  id text primary key check (id ~ '^era_[0-9a-z]{26}$'),
  person_id text not null references people (id),
  reason text not null check (length(trim(reason)) >= 3),
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  decided_by text,
  decided_at timestamptz,
  decision text check (decision in ('approved', 'refused')),
  check ((decided_by is null) = (decided_at is null) and (decided_at is null) = (decision is null)),
  check (decision is distinct from 'approved' or decided_by <> asked_by),
  check (decision is distinct from 'approved' or decided_at <= expires_at)
);
--;;
create unique index erasure_requests_one_open on erasure_requests (person_id) where decided_at is null;
--;;
create function keep_erasure_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.decided_at is not null
      or (new.id, new.person_id, new.reason, new.asked_by, new.asked_at, new.expires_at) is distinct from
         (old.id, old.person_id, old.reason, old.asked_by, old.asked_at, old.expires_at) then
    raise exception 'erasure request %: what was asked and decided stays', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger erasure_requests_stay before update or delete on erasure_requests
  for each row execute function keep_erasure_request();
