-- The bytes of old callbacks move into sealed files beside the backups; the row stays, because its fingerprint is what
-- makes equal bytes one callback for ever.
alter table provider_callbacks add column archived_in text;
--;;
alter table provider_callbacks drop constraint provider_callbacks_body_check;
--;;
alter table provider_callbacks add constraint provider_callbacks_bytes
  check (case when state = 'rejected' or archived_in is not null then body is null
    when state in ('received', 'parked') then body is not null else true end) not valid;
--;;
alter table provider_callbacks validate constraint provider_callbacks_bytes;
--;;
-- What is still looked at keeps its bytes at hand.
alter table provider_callbacks add constraint provider_callbacks_archived_when_closed
  check (archived_in is null or due_at is null) not valid;
--;;
alter table provider_callbacks validate constraint provider_callbacks_archived_when_closed;
--;;
create index provider_callbacks_at_hand on provider_callbacks (received_at, id) where body is not null and due_at is null;
