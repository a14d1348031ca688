-- Who someone is: the person behind a phone number, what proves it, and where they are logged in.

create table people (
  id text primary key check (id like 'per\_%'),
  -- E.164 with the plus sign; one number is one person.
  phone text not null constraint people_phone_key unique check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  country text not null check (country in ('CI', 'SN', 'BJ', 'TG', 'BF', 'ML', 'NE', 'GN', 'CM')),
  locale text not null check (locale in ('fr', 'en')),
  display_name text check (char_length(display_name) between 1 and 60),
  -- The argon2id text with its parameters and salt; never the PIN.
  pin_hash text check (pin_hash like '$argon2id$%'),
  pin_changed_at timestamptz,
  -- Null until the number of an existing person is changed: withdrawals wait a while after that.
  phone_changed_at timestamptz,
  created_at timestamptz not null,
  check ((pin_hash is null) = (pin_changed_at is null))
);
--;;
create table role_grants (
  id uuid primary key,
  person_id text not null references people (id),
  role text not null check (role in ('operator', 'admin')),
  -- Null when the installation itself granted it.
  granted_by text references people (id),
  granted_at timestamptz not null,
  revoked_by text references people (id),
  revoked_at timestamptz,
  check (revoked_by is null or revoked_at is not null)
);
--;;
create unique index role_grants_one_at_a_time on role_grants (person_id, role) where revoked_at is null;
--;;
create index role_grants_of_person on role_grants (person_id);
--;;
-- Who was an admin, and when, must stay provable: a grant is ended once, and otherwise never touched.
create function refuse_role_grant_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'role grants are history: revoke, do not delete' using errcode = '23001';
  end if;
  if old.revoked_at is not null
    or (new.id, new.person_id, new.role, new.granted_at) is distinct from (old.id, old.person_id, old.role, old.granted_at)
    or new.granted_by is distinct from old.granted_by then
    raise exception 'role grants are history: only an open grant may be revoked' using errcode = '23001';
  end if;
  return new;
end $$;
--;;
create trigger role_grants_are_history before update or delete on role_grants
  for each row execute function refuse_role_grant_rewrite();
--;;
create table login_codes (
  id text primary key check (id like 'cod\_%'),
  phone text not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  purpose text not null check (purpose in ('login', 'reset-pin')),
  -- HMAC-SHA256 under the pepper; a copy of this table opens nothing.
  code_hash bytea not null check (octet_length(code_hash) = 32),
  ip text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  tries int not null default 0 check (tries between 0 and 5),
  last_tried_at timestamptz,
  ending text check (ending in ('used', 'replaced', 'exhausted')),
  ended_at timestamptz,
  check ((ending is null) = (ended_at is null)),
  check ((tries = 0) = (last_tried_at is null)),
  check (ending is distinct from 'used' or tries > 0),
  check (ending is distinct from 'exhausted' or tries = 5)
);
--;;
create unique index login_codes_one_open on login_codes (phone, purpose) where ending is null;
--;;
create index login_codes_by_phone on login_codes (phone, created_at);
--;;
create index login_codes_by_ip on login_codes (ip, created_at);
--;;
-- How many codes were sent on a day (UTC): the budget is one row, so every process shares it.
create table sms_days (
  day date primary key,
  sent int not null check (sent >= 0)
);
--;;
-- Wrong PINs are counted per number and never per person: an unknown number must lock like a known one.
create table pin_guards (
  phone text not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  door text not null check (door in ('sign-in', 'step-up')),
  failures int not null check (failures >= 0),
  locked_until timestamptz,
  touched_at timestamptz not null,
  primary key (phone, door)
);
--;;
create table sessions (
  id text primary key check (id like 'ses\_%'),
  person_id text not null references people (id),
  -- SHA-256 of the token; the token itself is only in the person's cookie.
  token_hash bytea not null constraint sessions_token_key unique check (octet_length(token_hash) = 32),
  level text not null check (level in ('member', 'staff')),
  ip text not null,
  device text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- Moves forward with use, never past the absolute end.
  idle_until timestamptz not null,
  expires_at timestamptz not null,
  ending text check (ending in ('signed-out', 'replaced', 'revoked', 'pin-changed', 'role-changed')),
  ended_at timestamptz,
  check ((ending is null) = (ended_at is null)),
  check (idle_until <= expires_at),
  check (last_seen_at >= created_at)
);
--;;
create index sessions_open_of_person on sessions (person_id) where ending is null;
--;;
-- What the built-in gateway "sent": the demo shows it on a page.
create table sms_outbox (
  id text primary key check (id like 'sms\_%'),
  to_phone text not null,
  text text not null check (char_length(text) between 1 and 1600),
  created_at timestamptz not null
);
