-- Rows as a database had them right after migration 0015.
insert into month_archives (file, kind, covers_from, covers_until, rows, sha256, archived_at)
values ('events-until-2025-12.jsonl.age', 'events', null, '2026-01-01Z', 1, repeat('0', 64), '2026-03-01Z');
