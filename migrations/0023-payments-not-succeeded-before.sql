-- Those that were there before the trigger. Each is written while its row is locked, in the order in which everybody locks
-- them: what is settled meanwhile is left out, and what changed meanwhile is there already.
insert into payments_not_succeeded (payment_id, state, direction, created_at, next_action_at, provider, environment,
    service_id, phone_hash, amount)
  select id, state, direction, created_at, next_action_at, provider, environment, service_id, phone_hash, amount
  from (select * from payments where state <> 'succeeded' order by id for no key update) p
  on conflict (payment_id) do nothing;
--;;
create function refuse_writing_not_succeeded() returns trigger language plpgsql as $$
begin
  raise exception 'payments_not_succeeded is kept by the database: change payments' using errcode = 'restrict_violation';
end
$$;
--;;
create trigger payments_not_succeeded_keep_themselves before insert or update or delete on payments_not_succeeded
  for each statement when (pg_trigger_depth() = 0) execute function refuse_writing_not_succeeded();
--;;
create trigger payments_not_succeeded_stay before truncate on payments_not_succeeded
  for each statement execute function refuse_writing_not_succeeded();
