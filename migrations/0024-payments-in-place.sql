-- outside a transaction
-- No index of `payments` holds what changes when one is settled, so its row is written in place. When it was settled, and when
-- a callback arrived, is asked for whole days, and rows come in the order of these instants: the first and the last one
-- of some pages say enough, and such an index lets a row be written in place.
create index concurrently if not exists payments_by_settlement_range on payments using brin (settled_at)
  with (pages_per_range = 32, autosummarize = on);
--;;
create index concurrently if not exists provider_callbacks_by_arrival_range on provider_callbacks
  using brin (received_at) with (pages_per_range = 32, autosummarize = on);
--;;
drop index concurrently if exists payments_by_settlement;
--;;
drop index concurrently if exists provider_callbacks_by_arrival;
--;;
drop index concurrently if exists payments_due;
--;;
drop index concurrently if exists payments_by_state;
--;;
-- One's own payments are found by their owner.
drop index concurrently if exists payments_by_account;
--;;
-- `payments_one_open_payout_like_it` says the same where it applies.
drop index concurrently if exists payments_one_payout_like_it_sealed;
