-- What the provider answered each time it was asked about a payment, so that its story tells more than how often.
-- Equal answers one after the other are one row with a count: asking for a week must not fill a table.
create table status_answers (
  payment_id text not null references payments (id),
  -- The first, second, third different answer.
  place int not null check (place > 0),
  -- Who wanted to know.
  source text not null check (source in ('callback', 'enquiry', 'reconciliation', 'console')),
  verdict text not null check (verdict in ('pending', 'succeeded', 'failed', 'expired', 'reversed', 'unrecognised',
    'not-found', 'unavailable')),
  -- The provider's own word, or why there is none.
  word text not null check (length(word) <= 120),
  -- What it says was paid, with the currency, as text: it is kept as evidence and never added up.
  paid text check (length(paid) <= 60),
  http_status int check (http_status between 100 and 999),
  -- Which transaction of the provider it speaks of, where that is not the payment's own: somebody paid twice.
  second_reference text check (length(second_reference) <= 100),
  -- Of the last of equal answers: how long it took, and its body with numbers and secrets hidden.
  took_ms int check (took_ms >= 0),
  excerpt text check (length(excerpt) <= 400),
  times int not null default 1 check (times > 0),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  primary key (payment_id, place)
);
--;;
create trigger status_answers_stay before delete on status_answers for each row execute function refuse_deletion();
--;;
-- The report by tontine comes in pages, in the order of names.
create index groups_by_name on groups (name, id);
