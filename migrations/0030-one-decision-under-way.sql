-- outside a transaction
-- A pot has one sale, vote or draw under way. Those that are over say nothing about a pot any more: whoever was given one
-- may leave, those behind move up, and the pot at that place is decided anew. That a place is given once, `turns` says.
create unique index concurrently if not exists auctions_one_open on auctions (cycle_id, place) where state = 'open';
--;;
create unique index concurrently if not exists draws_one_sealed on draws (round_id) where state = 'committed';
--;;
create unique index concurrently if not exists ballots_one_open on ballots (cycle_id, place) where state = 'open';
--;;
drop index concurrently if exists auctions_one_per_pot;
--;;
drop index concurrently if exists draws_one_per_round;
--;;
drop index concurrently if exists ballots_one_decision;
