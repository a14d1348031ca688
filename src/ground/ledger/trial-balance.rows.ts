/**
 * Adds up the accounts, and replays the whole journal against them.
 */
import { sql } from 'kysely';
import { NIL_UUID } from '../identifiers.ts';
import type { Reader } from '../postgres/database.ts';
import type { AccountId } from './account.ts';

/** Sums come as text: they may be larger than any one account. */
export interface CurrencySumsRow {
  readonly currency: string;
  readonly debits_posted: string;
  readonly credits_posted: string;
  readonly debits_pending: string;
  readonly credits_pending: string;
}

export async function listCurrencySums(reader: Reader): Promise<CurrencySumsRow[]> {
  const found = await sql<CurrencySumsRow>`select currency, sum(debits_posted)::text as debits_posted,
    sum(credits_posted)::text as credits_posted, sum(debits_pending)::text as debits_pending,
    sum(credits_pending)::text as credits_pending
    from accounts group by currency order by currency`.execute(reader);
  return found.rows;
}

export interface DifferenceRow {
  /** Nothing when the journal names an account that does not exist. */
  readonly id: AccountId | null;
  readonly amount:
    | 'debits_posted'
    | 'credits_posted'
    | 'debits_pending'
    | 'credits_pending'
    | 'version'
    | 'lines';
  readonly on_account: string;
  readonly in_journal: string;
}

/**
 * Every amount of every account that is not what the journal says. One statement, so one instant. `lines` are those that
 * lead to the one before, the account to its latest one included; lines of a time when none did are not counted.
 */
export async function listDifferences(reader: Reader): Promise<DifferenceRow[]> {
  const found = await sql<DifferenceRow>`
    with legs as (
      select t.debit as key, t.kind, t.amount, 'debit' as side, r.pending_id is not null as resolved
      from transfers t left join resolutions r on r.pending_id = t.id
      union all
      select t.credit, t.kind, t.amount, 'credit', r.pending_id is not null
      from transfers t left join resolutions r on r.pending_id = t.id
    ), replay as (
      select key, count(*) as version,
        coalesce(sum(amount) filter (where side = 'debit' and kind in ('single', 'post')), 0) as debits_posted,
        coalesce(sum(amount) filter (where side = 'credit' and kind in ('single', 'post')), 0) as credits_posted,
        coalesce(sum(amount) filter (where side = 'debit' and kind = 'pending' and not resolved), 0)
          as debits_pending,
        coalesce(sum(amount) filter (where side = 'credit' and kind = 'pending' and not resolved), 0)
          as credits_pending
      from legs group by key
    ), lines as (
      select key, seq, id, previous, lag(id, 1, ${NIL_UUID}::uuid) over (partition by key order by seq) as before
      from (
        select debit as key, seq, id, debit_previous as previous from transfers where kind in ('single', 'post')
        union all select credit, seq, id, credit_previous from transfers where kind in ('single', 'post')) l
    ), chains as (
      select key, count(previous) as counted, count(*) filter (where previous = before) as leading,
        (array_agg(id order by seq desc))[1] as latest
      from lines group by key
    )
    select a.id, v.amount, v.on_account::text, v.in_journal::text
    from accounts a full join replay j on j.key = a.key
    left join chains c on c.key = a.key
    cross join lateral (values
      ('debits_posted', coalesce(a.debits_posted, 0), coalesce(j.debits_posted, 0)),
      ('credits_posted', coalesce(a.credits_posted, 0), coalesce(j.credits_posted, 0)),
      ('debits_pending', coalesce(a.debits_pending, 0), coalesce(j.debits_pending, 0)),
      ('credits_pending', coalesce(a.credits_pending, 0), coalesce(j.credits_pending, 0)),
      ('version', coalesce(a.version, 0), coalesce(j.version, 0)),
      ('lines', coalesce(c.leading, 0) + coalesce((a.latest_line = coalesce(c.latest, ${NIL_UUID}::uuid))::int, 0),
        coalesce(c.counted, 0) + (a.latest_line is not null)::int)
    ) as v(amount, on_account, in_journal)
    where v.on_account <> v.in_journal
    order by a.id, v.amount`.execute(reader);
  return found.rows;
}
