-- Rows as a database had them right after migration 0005.
insert into payments (id, reference, direction, environment, provider, owner_id, account_id, method, country, service_id,
  service_name, phone, currency, amount, fee_policy, quoted_fee, wanted_credit, fee, credited, state, needs_otp,
  provider_reference, created_at, expires_at, next_action_at, settled_at) values
  ('pay_00000000000000000000000003', 'W-3', 'out', 'sandbox', 'getmipay', 'per_awa', 'member:per_awa:XOF', 'wave', 'CI', '1',
    'WAVE CI', '+2250505050505', 'XOF', 1000, 'wallet', 10, 1000, null, null, 'unknown', false, null, '2026-01-05Z',
    '2026-01-06Z', '2026-01-05Z', null);
--;;
insert into provider_commands (id, payment_id, attempt, state, due_at, created_at, finished_at, balance_before)
values ('cmd_3', 'pay_00000000000000000000000003', 1, 'unknown', '2026-01-05Z', '2026-01-05Z', '2026-01-05Z', 90000);
--;;
insert into withdrawal_requests (payment_id, person_id, phone, method, service_id, currency, amount, fee, state, created_at,
  expires_at, confirmed_at) values
  ('pay_00000000000000000000000003', 'per_awa', '+2250505050505', 'wave', '1', 'XOF', 1000, 10, 'confirmed', '2026-01-05Z',
    '2026-01-06Z', '2026-01-05Z');
--;;
insert into destinations (person_id, phone, confirmed_at) values ('per_awa', '+2250505050505', '2026-01-05Z');
--;;
insert into freezes (id, scope, subject, direction, reason, created_by, created_at)
values ('frz_1', 'method', 'moov_money', 'out', 'the operator is down', 'per_kofi', '2026-01-05Z');
--;;
insert into reviews (id, payment_id, reason, opened_at)
values ('rev_1', 'pay_00000000000000000000000003', 'answer-lost', '2026-01-05Z');
--;;
insert into review_proposals (id, review_id, outcome, reason, evidence, proposed_by, proposed_at, expires_at)
values ('rpr_1', 'rev_1', 'paid', 'on the statement', 'line 12', 'per_awa', '2026-01-05Z', '2026-01-08Z');
--;;
insert into devices (person_id, device_hash, is_first, first_seen_at) values ('per_awa', sha256('d'), true, '2026-01-05Z');
