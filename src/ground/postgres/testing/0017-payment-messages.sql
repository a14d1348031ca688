-- Rows as a database had them right after migration 0015.
insert into event_cursors (reader, last_id) values ('payment-messages', 'evt_00000000000000000000000001');
--;;
insert into payment_messages (id, event_id, payment_id, person_id, fact, state, happened_at, written_at, done_at) values
  ('sms_00000000000000000000000001', 'evt_1', 'pay_00000000000000000000000001', 'per_awa', 'arrived', 'sent', '2026-01-05Z',
    '2026-01-05Z', '2026-01-05Z'),
  ('sms_00000000000000000000000002', 'evt_2', 'pay_00000000000000000000000003', 'per_awa', 'left', 'waiting', '2026-01-05Z',
    '2026-01-05Z', null);
