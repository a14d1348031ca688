-- A payment's row stood in sixteen indexes, and five of them held what changes in its life: its state, when it is looked at
-- next, when it was settled. So each step of each payment wrote its row into all sixteen anew. What is sought by such a
-- column is sought among the payments that have not succeeded: those are few, and stand in a small table of their own that
-- the database keeps by itself. `payments` remains the only truth. Those from before this file come with the next one.
create table payments_not_succeeded (
  payment_id text primary key,
  state text not null,
  direction text not null,
  created_at timestamptz not null,
  next_action_at timestamptz,
  provider text not null,
  environment text not null,
  service_id text not null,
  phone_hash text,
  amount bigint not null
) with (fillfactor = 70);
--;;
create index payments_not_succeeded_due on payments_not_succeeded (next_action_at) where next_action_at is not null;
--;;
create index payments_not_succeeded_by_state on payments_not_succeeded (state, created_at desc, payment_id desc);
--;;
-- A provider that takes no reference of ours cannot tell two equal pay-outs apart, so there is never a second one.
create unique index payments_one_open_payout_like_it on payments_not_succeeded
  (provider, environment, service_id, phone_hash, amount)
  where direction = 'out' and state in ('submitting', 'pending', 'unknown');
--;;
create function keep_payments_not_succeeded() returns trigger language plpgsql as $$
begin
  if new.state = 'succeeded' then
    delete from payments_not_succeeded where payment_id = new.id;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    update payments_not_succeeded
      set state = new.state, next_action_at = new.next_action_at, phone_hash = new.phone_hash
      where payment_id = new.id;
    if found then
      return null;
    end if;
  end if;
  insert into payments_not_succeeded (payment_id, state, direction, created_at, next_action_at, provider, environment,
      service_id, phone_hash, amount)
    values (new.id, new.state, new.direction, new.created_at, new.next_action_at, new.provider, new.environment,
      new.service_id, new.phone_hash, new.amount);
  return null;
end
$$;
--;;
create trigger payments_not_succeeded_begin after insert on payments
  for each row when (new.state <> 'succeeded') execute function keep_payments_not_succeeded();
--;;
create trigger payments_not_succeeded_change after update of state, next_action_at, phone_hash on payments
  for each row when (old.state is distinct from new.state or old.next_action_at is distinct from new.next_action_at
    or old.phone_hash is distinct from new.phone_hash)
  execute function keep_payments_not_succeeded();
--;;
-- The other half of a page is where the next version of a row goes.
alter table payments set (fillfactor = 50);
