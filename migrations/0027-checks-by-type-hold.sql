-- The checks of accounts and of how a hold ends hold for every row that was there before: the ones that they replaced said
-- the same. So do those of the types, but to have that proven PostgreSQL would keep everybody from writing while it reads
-- the journal; new rows must pass them all the same.
alter table accounts validate constraint accounts_never_negative;
--;;
alter table transfers validate constraint transfers_resolve_a_hold;
