-- Rows as a database had them right after migration 0028: 501 F shared out between two members, one of them in notes.
insert into group_rules (group_id, version, rules, proposed_by, proposed_at) values
  ('grp_00000000000000000000000001', 1, '{}', 'mem_00000000000000000000000001', '2026-01-05Z');
--;;
insert into cycles (id, group_id, number, rules_version, currency, starts_on, contribution, order_kind, state, formed_at)
values ('cyc_00000000000000000000000001', 'grp_00000000000000000000000001', 1, 1, 'XOF', '2026-01-05', 25000, 'fixed',
  'forming', '2026-01-05Z');
--;;
insert into approval_requests (id, group_id, kind, subject_id, facts, needed, needs_president, electorate, state, created_at,
  expires_at, decided_at)
values ('apv_00000000000000000000000001', 'grp_00000000000000000000000001', 'share-out', 'cyc_00000000000000000000000001',
  '{"amount":"501"}', 1, false, 'members', 'granted', '2026-01-05Z', '2026-01-06Z', '2026-01-05Z');
--;;
with whole as (
  insert into share_outs (id, group_id, cycle_id, request_id, total, shares, at)
  values ('sho_00000000000000000000000001', 'grp_00000000000000000000000001', 'cyc_00000000000000000000000001',
    'apv_00000000000000000000000001', 501, 2, '2026-01-05Z')
)
insert into share_out_parts (id, share_out_id, group_id, membership_id, shares, account_id, in_notes, amount) values
  ('shp_00000000000000000000000001', 'sho_00000000000000000000000001', 'grp_00000000000000000000000001',
    'mem_00000000000000000000000001', 1, 'fines:grp_00000000000000000000000001:XOF', false, 251),
  ('shp_00000000000000000000000002', 'sho_00000000000000000000000001', 'grp_00000000000000000000000001',
    'mem_00000000000000000000000002', 1, 'fines:grp_00000000000000000000000001:cash:XOF', true, 250);
