-- Members without a screen to look at are told by text message when money came into their wallet or left it.

-- How far whoever reads events in order has come.
create table event_cursors (
  reader text primary key check (reader ~ '^[a-z-]+$'),
  -- The last event that was read, or the smallest id of an instant.
  last_id text not null
);
--;;
-- Who does not want to be told turns it off in the profile.
alter table people add column wants_messages boolean not null default true;
--;;
-- One message per event of a payment. Neither number nor text is kept: both are made when it is sent.
create table payment_messages (
  id text primary key check (id ~ '^sms_[0-9a-z]{26}$'),
  -- What became true; told once.
  event_id text not null unique,
  payment_id text not null references payments (id),
  person_id text not null,
  fact text not null check (fact in ('arrived', 'left', 'returned', 'taken-back')),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unwanted', 'kept-back', 'too-late')),
  happened_at timestamptz not null,
  written_at timestamptz not null,
  -- When it was sent, or when it was clear that it would not be.
  done_at timestamptz,
  check ((state in ('waiting', 'sending')) = (done_at is null))
);
--;;
create index payment_messages_waiting on payment_messages (id) where state = 'waiting';
--;;
create index payment_messages_of_payment on payment_messages (payment_id);
--;;
create index payment_messages_sent_to on payment_messages (person_id, done_at) where state = 'sent';
--;;
create trigger payment_messages_stay before delete on payment_messages for each row execute function refuse_deletion();
