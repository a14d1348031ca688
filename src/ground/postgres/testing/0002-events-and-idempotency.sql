-- Rows as a database had them right after migration 0002.
insert into events (id, name, subject_id, facts, occurred_at, recorded_at)
values ('evt_1', 'person.joined', 'per_awa', '{}', '2026-01-05Z', '2026-01-05Z');
--;;
insert into idempotency_keys (scope, key, request_hash, answer, created_at)
values ('per_awa', 'k', 'h', '"a"', '2026-01-05Z');
