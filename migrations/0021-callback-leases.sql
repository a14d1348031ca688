-- A claim moved the instant at which a callback is due, so every claim wrote the row into all its indexes anew. The lease
-- stands beside it now, in no index, and a page keeps room for the rows that are claimed and closed on it.
alter table provider_callbacks add column leased_until timestamptz;
--;;
alter table provider_callbacks set (fillfactor = 60);
