-- Rows as a database had them right after migration 0001.
insert into accounts (id, kind, currency, normal_side, limited, opened_at) values
  ('float:getmipay:XOF', 'float', 'XOF', 'debit', false, '2026-01-05Z'),
  ('member:per_awa:XOF', 'member', 'XOF', 'credit', true, '2026-01-05Z');
--;;
select post_transfers(0::smallint, '2026-01-05T08:00:00Z',
  array['019b8d00-0000-7000-8000-000000000001', '019b8d00-0000-7000-8000-000000000002']::uuid[],
  array['single', 'pending'], array['float:getmipay:XOF', 'member:per_awa:XOF'],
  array['member:per_awa:XOF', 'float:getmipay:XOF'], array[5000, 700]::bigint[], array[null, null]::uuid[],
  array[false, false], array['jrn_1', 'jrn_2'], array['deposit.settled', 'withdrawal.held'],
  array['2026-01-05T07:59:00Z', '2026-01-05T07:59:30Z']::timestamptz[], array['D-1', null]);
