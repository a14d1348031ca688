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
