/**
 * Reads the figures from the rows of all floors below. Each question is answered by an index that holds only what is open,
 * or by the newest few hundred rows: a scrape every few seconds must cost nothing that grows.
 */
import { sql } from 'kysely';
import { after, HOUR_MS } from '../../ground/clock.ts';
import { earliestId } from '../../ground/identifiers.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Figure, FigureName } from './figure.ts';

export async function listFigures(reader: Reader, now: Date): Promise<Figure[]> {
  const answer = await sql<{ name: FigureName; a: string | null; b: string | null; value: number | null }>`
    with settled as (
      select p.direction, extract(epoch from e.occurred_at - p.created_at)::float8 as seconds
      from (select subject_id, occurred_at from events where name = 'payment.succeeded'
          and id >= ${earliestId('evt', after(now, -2 * HOUR_MS))} order by id desc limit 500) e
      join payments p on p.id = e.subject_id
      where e.occurred_at > ${after(now, -HOUR_MS)}
    )
    select 'tontine_payments_open' as name, direction as a, state as b, count(*)::float8 as value
      from payments_not_succeeded where next_action_at is not null group by direction, state
    union all
    select 'tontine_payment_unknown_oldest_seconds', null, null,
      coalesce(extract(epoch from ${now}::timestamptz - min(p.submitted_at)), 0)::float8
      from payments_not_succeeded n join payments p on p.id = n.payment_id
      where n.next_action_at is not null and n.state = 'unknown'
    union all
    select 'tontine_payments_succeeded_hour', direction, null, count(*)::float8 from settled group by direction
    union all
    select 'tontine_settle_seconds', direction, '0.5', percentile_cont(0.5) within group (order by seconds)
      from settled group by direction
    union all
    select 'tontine_settle_seconds', direction, '0.95', percentile_cont(0.95) within group (order by seconds)
      from settled group by direction
    union all
    select 'tontine_float', currency, null, sum(debits_posted - credits_posted)::float8
      from accounts where id like 'float:%' group by currency
    union all
    select 'tontine_suspense', currency, null, sum(credits_posted - debits_posted)::float8
      from accounts where id like 'suspense:%' group by currency
    union all
    select 'tontine_reviews_open', null, null, count(*)::float8 from reviews where closed_at is null
    union all
    select 'tontine_review_oldest_seconds', null, null,
      coalesce(extract(epoch from ${now}::timestamptz - min(opened_at)), 0)::float8
      from reviews where closed_at is null
    union all
    select 'tontine_freezes_open', null, null, count(*)::float8 from freezes where lifted_at is null
    union all
    select 'tontine_callbacks_waiting', state, null, count(*)::float8
      from provider_callbacks where due_at is not null group by state
    union all
    select 'tontine_sms_sent_today', null, null, coalesce(max(sent), 0)::float8
      from sms_days where day = ${now.toISOString().slice(0, 10)}::date`.execute(reader);
  return answer.rows.flatMap(({ name, a, b, value }) =>
    value === null ? [] : [{ name, labels: labelsOf(name, a, b), value }],
  );
}

function labelsOf(name: FigureName, a: string | null, b: string | null): Record<string, string> {
  if (name === 'tontine_payments_open') return { direction: a ?? '', state: b ?? '' };
  if (name === 'tontine_settle_seconds') return { direction: a ?? '', quantile: b ?? '' };
  if (name === 'tontine_payments_succeeded_hour') return { direction: a ?? '' };
  if (name === 'tontine_callbacks_waiting') return { state: a ?? '' };
  return a === null ? {} : { currency: a };
}
