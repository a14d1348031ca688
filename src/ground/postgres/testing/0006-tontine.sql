-- Rows as a database had them right after migration 0006: a group with two members, one of them without a phone.
insert into groups (id, name, currency, time_zone, founded_by, founded_at)
values ('grp_00000000000000000000000001', 'Les Étoiles', 'XOF', 'Africa/Abidjan', 'per_awa', '2026-01-05Z');
--;;
insert into memberships (id, group_id, person_id, phone, display_name, state, created_at, joined_at) values
  ('mem_00000000000000000000000001', 'grp_00000000000000000000000001', 'per_awa', null, 'Awa', 'active', '2026-01-05Z', '2026-01-05Z'),
  ('mem_00000000000000000000000002', 'grp_00000000000000000000000001', null, null, 'Tantie', 'active', '2026-01-05Z', '2026-01-05Z');
