-- Rows as a database had them when erasures began to be asked for.
insert into erasure_requests (id, person_id, reason, asked_by, asked_at, expires_at)
values ('era_00000000000000000000000001', 'per_awa', 'asked for it in writing', 'per_mariam', '2026-01-05Z', '2026-01-08Z');
