-- Rows as a database had them right after migration 0008.
insert into second_factors (person_id, sealed_secret, created_at, confirmed_at)
values ('per_awa', decode(repeat('07', 48), 'hex'), '2026-01-05Z', '2026-01-05Z');
--;;
insert into operator_invitations (id, phone, role, token_hash, invited_by, invited_at, expires_at)
values ('inv_1', '+2250505050505', 'finance', sha256('i'), 'per_awa', '2026-01-05Z', '2026-01-08Z');
--;;
update audit_heads set seq = 1, link = sha256('l');
--;;
insert into audit_entries (seq, id, occurred_at, actor_id, actor_roles, ip, act, subject_id, link)
values (1, 'aud_1', '2026-01-05Z', 'per_awa', 'admin', '10.0.0.1', 'trail.verified', 'trail', sha256('l'));
--;;
insert into float_readings (provider, environment, currency, read_at, held, booked, reserved)
values ('getmipay', 'sandbox', 'XOF', '2026-01-05Z', 90000, 5000, 1000);
--;;
insert into alerts (id, rule, subject, measured, state, first_at, last_at)
values ('alr_1', 'unknown-old', 'all', '40 min', 'raised', '2026-01-05Z', '2026-01-05Z');
