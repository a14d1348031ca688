-- What is common to a group, its fines and what turns were sold for, is shared out at the end of a cycle.

alter table approval_requests
  drop constraint approval_requests_kind_check,
  add constraint approval_requests_kind_check check (kind in ('payout', 'rules', 'waiver', 'cash-variance', 'aid', 'exit',
    'correction', 'exchange', 'expulsion', 'default-cover', 'substitution', 'share-out')) not valid;
--;;
alter table approval_requests validate constraint approval_requests_kind_check;
--;;
alter table cash_handouts
  drop constraint cash_handouts_purpose_check,
  add constraint cash_handouts_purpose_check
    check (purpose in ('payout', 'guarantee', 'credit', 'refund', 'aid', 'share-out')) not valid;
--;;
alter table cash_handouts validate constraint cash_handouts_purpose_check;
--;;
-- One in a cycle, because several people agree to it once.
create table share_outs (
  id text primary key check (id ~ '^sho_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null unique,
  request_id text not null unique,
  total bigint not null check (total > 0),
  -- Among how many shares.
  shares int not null check (shares > 0),
  at timestamptz not null,
  unique (id, group_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (request_id, group_id) references approval_requests (id, group_id)
);
--;;
create trigger share_outs_are_history before update or delete on share_outs
  for each row execute function refuse_change_of_history();
--;;
-- What a member receives from one account: of two funds, each on an account and in notes, few need more than one.
create table share_out_parts (
  id text primary key check (id ~ '^shp_[0-9a-z]{26}$'),
  share_out_id text not null,
  group_id text not null,
  membership_id text not null,
  -- How many shares the member held, for whoever reckons it again.
  shares int not null check (shares > 0),
  account_id text not null,
  in_notes boolean not null,
  amount bigint not null check (amount > 0),
  unique (share_out_id, membership_id, account_id),
  foreign key (share_out_id, group_id) references share_outs (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
create trigger share_out_parts_are_history before update or delete on share_out_parts
  for each row execute function refuse_change_of_history();
--;;
-- The parts are the whole, to the franc, whatever the program reckoned.
create function check_share_out_is_whole() returns trigger language plpgsql as $$
declare
  v_id text := coalesce(to_jsonb(new) ->> 'share_out_id', new.id);
begin
  if (select total from share_outs where id = v_id)
      is distinct from (select sum(amount) from share_out_parts where share_out_id = v_id) then
    raise exception 'share-out % refused: its parts are not its whole', v_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
--;;
create constraint trigger share_outs_are_whole after insert on share_outs deferrable initially deferred
  for each row execute function check_share_out_is_whole();
--;;
create constraint trigger share_out_parts_are_whole after insert on share_out_parts deferrable initially deferred
  for each row execute function check_share_out_is_whole();
