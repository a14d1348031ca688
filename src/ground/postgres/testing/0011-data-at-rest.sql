-- Rows as a database had them right after migration 0011: filled before, so numbers are plain still, with hashes beside.
insert into people (id, phone, phone_hash, country, locale, created_at)
values ('per_mariam', '+2250102030405', '0011aabb:x', 'CI', 'fr', '2026-01-05Z');
