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
