-- Rows as a database had them right after migration 0007.
insert into second_payments (id, payment_id, provider_reference, amount, currency, found_at)
values ('sec_00000000000000000000000001', 'pay_00000000000000000000000001', 'R9', 5000, 'XOF', '2026-01-05Z');
--;;
insert into second_payment_proposals (id, second_payment_id, outcome, reason, evidence, proposed_by, proposed_at, expires_at)
values ('spp_1', 'sec_00000000000000000000000001', 'credited', 'paid twice', 'line 7', 'per_awa', '2026-01-05Z', '2026-01-08Z');
--;;
insert into statements (id, provider, environment, file_name, file_hash, lines, imported_by, imported_at)
values ('stm_00000000000000000000000001', 'getmipay', 'sandbox', 'january.csv', sha256('s'), 1, 'per_awa', '2026-01-05Z');
