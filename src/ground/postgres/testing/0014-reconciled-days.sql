-- Rows as a database had them right after migration 0014.
insert into statement_periods (statement_id, provider, environment, currency, covers_from, covers_until, imported_at)
values ('stm_00000000000000000000000001', 'getmipay', 'live', 'XOF', '2026-01-04Z', '2026-01-05Z', '2026-01-05Z')
on conflict do nothing;
--;;
insert into day_looks (id, provider, environment, currency, day, depth, looked_at, files, lines, movements, differing, unstated,
  opened, gone)
values ('lok_00000000000000000000000001', 'getmipay', 'sandbox', 'XOF', '2026-01-04', 1, '2026-01-05Z', 1, 1, 1, 0, 0, 0, 0);
