-- Rows as a database had them right after migration 0003.
insert into people (id, phone, country, locale, display_name, pin_hash, pin_changed_at, created_at) values
  ('per_awa', '+2250707070707', 'CI', 'fr', 'Awa', '$argon2id$x', '2026-01-05Z', '2026-01-05Z'),
  ('per_kofi', '+2250505050505', 'CI', 'en', null, null, null, '2026-01-05Z');
--;;
insert into role_grants (id, person_id, role, granted_by, granted_at)
values ('019b8d00-0000-7000-8000-0000000000a1', 'per_awa', 'admin', null, '2026-01-05Z');
--;;
insert into login_codes (id, phone, purpose, code_hash, ip, created_at, expires_at)
values ('cod_1', '+2250707070707', 'login', sha256('x'), '10.0.0.1', '2026-01-05Z', '2026-01-06Z');
--;;
insert into sessions (id, person_id, token_hash, level, ip, created_at, last_seen_at, idle_until, expires_at)
values ('ses_1', 'per_awa', sha256('x'), 'staff', '10.0.0.1', '2026-01-05Z', '2026-01-05Z', '2026-01-06Z', '2026-01-07Z');
--;;
insert into sms_days (day, sent) values ('2026-01-05', 3);
--;;
insert into pin_guards (phone, door, failures, touched_at) values ('+2250707070707', 'sign-in', 2, '2026-01-05Z');
--;;
insert into sms_outbox (id, to_phone, text, created_at) values ('sms_1', '+2250707070707', 'x', '2026-01-05Z');
