-- Checks that cost less when something is posted. PostgreSQL reads the text of a table's checks anew for each statement
-- that writes to it, and copies its triggers with their conditions; what a type refuses it has read once and keeps. So
-- texts that must fit are told by their types, and conditions that no posting can meet are asked inside the trigger's
-- function. Nothing that was refused is allowed.

-- An account's name can be wrong only when it is opened: nothing in it can be changed later (accounts_keep_their_name).
create function refuse_misnamed_account() returns trigger language plpgsql as $$
begin
  if split_part(new.id, ':', 1) <> new.kind or right(new.id, 4) <> ':' || new.currency or new.shard <> 0
      or new.normal_side not in ('debit', 'credit') then
    raise exception '% of % refused: %', lower(tg_op), tg_table_name, tg_name using errcode = 'check_violation';
  end if;
  return null;
end
$$;
--;;
drop trigger accounts_named_by_kind_and_currency on accounts;
--;;
create trigger accounts_named_by_kind_and_currency after insert on accounts
  for each row execute function refuse_misnamed_account();
--;;
-- A sum beyond 2^63 - 1 is refused by the addition itself.
alter table accounts
  drop constraint accounts_below_2_to_the_63,
  drop constraint accounts_never_negative,
  add constraint accounts_never_negative
    check (least(debits_posted, credits_posted, debits_pending, credits_pending, version,
      debits_posted + debits_pending, credits_posted + credits_pending) >= 0) not valid;
--;;
-- Without a check for now: a column that gets a type with one is written anew, row by row, while everybody waits.
create domain journal_name as text;
--;;
create domain transfer_reference as text;
--;;
create domain chain_link as bytea;
--;;
-- A column that changes its type forgets how it is stored: it is told again, for the months that are there and, by them,
-- for those that come.
alter table transfers
  drop constraint transfers_texts_fit,
  drop constraint transfers_link_check,
  drop constraint transfers_kind_check,
  drop constraint transfers_resolve_a_hold,
  alter column journal_id type journal_name,
  alter column journal_id set storage plain,
  alter column journal_kind type journal_name,
  alter column journal_kind set storage plain,
  alter column reference type transfer_reference,
  alter column reference set storage plain,
  alter column link type chain_link,
  alter column link set storage plain,
  add constraint transfers_resolve_a_hold
    check (kind = any (case when pending_id is null then '{single,pending}'::text[] else '{post,void}' end)) not valid;
--;;
alter domain journal_name add constraint journal_name_fits
  check (octet_length(value) between 1 and 60 and strpos(value, E'\n') = 0) not valid;
--;;
alter domain transfer_reference add constraint transfer_reference_fits
  check (octet_length(value) between 1 and 800) not valid;
--;;
alter domain chain_link add constraint chain_link_is_a_hash check (octet_length(value) = 32) not valid;
--;;
create function refuse_less_cover() returns trigger language plpgsql as $$
begin
  if new.shard <> old.shard or new.covers_from <> old.covers_from or new.covers_until < old.covers_until then
    raise exception '% of % refused: the ledger is history', lower(tg_op), tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
--;;
drop trigger fences_cover_no_less on fences;
--;;
create trigger fences_cover_no_less after update of shard, covers_from, covers_until on fences
  for each row execute function refuse_less_cover();
