-- Rows as a database had them right after migration 0022: the trigger writes the second table, also for those that were
-- there before it.
insert into payments (id, reference, direction, environment, provider, owner_id, account_id, method, country, service_id,
  service_name, currency, amount, fee_policy, quoted_fee, wanted_credit, state, needs_otp, created_at, expires_at) values
  ('pay_00000000000000000000000009', 'D-9', 'in', 'sandbox', 'getmipay', 'per_awa', 'member:per_awa:XOF', 'wave', 'CI', '1',
    'WAVE CI', 'XOF', 3000, 'wallet', 0, 3000, 'failed', false, '2026-01-05Z', '2026-01-06Z');
--;;
update payments set next_action_at = '2026-01-05 00:10Z' where next_action_at is not null;
