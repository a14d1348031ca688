-- Rows as a database had them right after migration 0010.
insert into status_answers (payment_id, place, source, verdict, word, paid, http_status, took_ms, excerpt, first_at, last_at)
values ('pay_00000000000000000000000002', 1, 'enquiry', 'pending', 'PENDING', null, 200, 80, '{status: PENDING}',
  '2026-01-05Z', '2026-01-05Z');
