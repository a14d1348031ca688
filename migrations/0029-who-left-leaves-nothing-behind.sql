-- A pot has one sale, vote or draw under way. Those that are over say nothing about a pot any more: whoever was given one
-- may leave, those behind move up, and the pot at that place is decided anew. That a place is given once, `turns` says.
drop index auctions_one_per_pot;
--;;
create unique index auctions_one_open on auctions (cycle_id, place) where state = 'open';
--;;
drop index draws_one_per_round;
--;;
create unique index draws_one_sealed on draws (round_id) where state = 'committed';
--;;
drop index ballots_one_decision;
--;;
create unique index ballots_one_open on ballots (cycle_id, place) where state = 'open';
--;;
-- Whoever takes over a share that has left the cycle would pay for nothing.
create or replace function keep_share() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from cycles where id = old.cycle_id and state <> 'forming') then
      raise exception 'share %: a started cycle keeps its shares', old.id using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if (old.id, old.group_id, old.cycle_id, old.number, old.created_at) is distinct from
     (new.id, new.group_id, new.cycle_id, new.number, new.created_at)
     or old.served_at is not null and new.served_at is distinct from old.served_at
     or old.state <> 'active' and new.state <> old.state
     or old.state = 'withdrawn' and new.membership_id <> old.membership_id then
    raise exception 'share %: its place never changes, it is served once, and nobody takes it over once it has left',
      old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
