-- Rows as a database had them right after migration 0009.
insert into head_publications (place, begun_at, published_at) values ('/var/heads', '2026-01-05Z', '2026-01-05Z');
