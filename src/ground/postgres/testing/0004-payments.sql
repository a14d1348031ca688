-- Rows as a database had them right after migration 0004.
insert into payments (id, reference, direction, environment, provider, owner_id, account_id, method, country, service_id,
  service_name, phone, currency, amount, fee_policy, quoted_fee, wanted_credit, fee, credited, state, needs_otp,
  provider_reference, created_at, expires_at, next_action_at, settled_at) values
  ('pay_00000000000000000000000001', 'D-1', 'in', 'sandbox', 'getmipay', 'per_awa', 'member:per_awa:XOF', 'wave', 'CI', '1',
    'WAVE CI', '+2250707070707', 'XOF', 5000, 'wallet', 0, 5000, 0, 5000, 'succeeded', false, 'R1', '2026-01-05Z',
    '2026-01-06Z', null, '2026-01-05Z'),
  ('pay_00000000000000000000000002', 'D-2', 'in', 'sandbox', 'getmipay', 'per_awa', 'member:per_awa:XOF', 'wave', 'CI', '1',
    'WAVE CI', '+2250707070707', 'XOF', 2000, 'wallet', 0, 2000, null, null, 'pending', false, 'R2', '2026-01-05Z',
    '2026-01-06Z', '2026-01-05Z', null);
--;;
insert into provider_commands (id, payment_id, attempt, state, due_at, created_at, finished_at)
values ('cmd_1', 'pay_00000000000000000000000001', 1, 'accepted', '2026-01-05Z', '2026-01-05Z', '2026-01-05Z');
--;;
insert into provider_callbacks (id, provider, environment, fingerprint, body, content_type, verdict, state, due_at,
  received_at)
values ('cbk_1', 'getmipay', 'sandbox', 'f', 'x', 'application/json', 'verified', 'received', '2026-01-05Z', '2026-01-05Z');
