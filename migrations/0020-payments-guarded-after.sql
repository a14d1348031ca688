-- A trigger before an update makes the database lock each row and log the lock, and it called a function for every payment
-- that was settled. What an update does not name it cannot change: so the guard of what was asked looks only at updates that
-- name such a column, and the guard of how a payment ends is asked by its condition alone. Both refuse what was refused.
create trigger payments_keep_what_was_asked
  after update of id, reference, direction, environment, provider, owner_id, account_id, currency, amount, created_at,
    method, country, service_id, fee_policy, quoted_fee, wanted_credit, phone, phone_hash on payments
  for each row execute function keep_payment_identity();
--;;
create trigger payments_never_go_back after update of provider_reference, state, credited on payments
  for each row when (
    old.provider_reference is not null and new.provider_reference is distinct from old.provider_reference
    or old.state = 'succeeded' and new.state not in ('succeeded', 'reversed')
    or old.state = 'reversed' and new.state <> 'reversed'
    or new.state = 'reversed' and old.state not in ('succeeded', 'reversed')
    or old.credited is not null and new.credited is distinct from old.credited)
  execute function keep_payment_identity();
--;;
drop trigger payments_keep_identity on payments;
