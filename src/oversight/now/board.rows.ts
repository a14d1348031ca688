/**
 * Counts what goes on now, for the board and for the alarms: one statement for each question, each by an index.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { CallbackState } from '../../rails/inbox/provider-callback.rows.ts';
import type { Direction, Method } from '../../rails/provider.ts';

export interface RateRow {
  readonly method: Method;
  readonly direction: Direction;
  readonly asked: bigint;
  readonly succeeded: bigint;
  /** Ended without the money having moved. */
  readonly ended: bigint;
  /** Seconds from asking to settled, of those that succeeded. */
  readonly p50_s: number | null;
  readonly p95_s: number | null;
}

/** What became of the payments that were asked for since an instant. */
export function ratesSql(since: Date, until: Date): RawBuilder<RateRow> {
  return sql<RateRow>`select method, direction, count(*) as asked,
      count(*) filter (where state in ('succeeded', 'reversed')) as succeeded,
      count(*) filter (where state in ('failed', 'expired')) as ended,
      percentile_cont(0.5) within group (order by extract(epoch from settled_at - created_at))
        filter (where state = 'succeeded') as p50_s,
      percentile_cont(0.95) within group (order by extract(epoch from settled_at - created_at))
        filter (where state = 'succeeded') as p95_s
    from payments where created_at >= ${since}::timestamptz and created_at < ${until}::timestamptz
    group by method, direction order by direction, method`;
}

export async function listRates(reader: Reader, since: Date, until: Date): Promise<RateRow[]> {
  return (await ratesSql(since, until).execute(reader)).rows;
}

export interface AgeRow {
  readonly state: string;
  readonly payments: bigint;
  readonly oldest_at: Date;
  readonly under_5_min: bigint;
  readonly under_30_min: bigint;
  readonly under_1_day: bigint;
  readonly older: bigint;
}

/** What is still open, by how long ago it was sent. */
export function agesSql(now: Date): RawBuilder<AgeRow> {
  const age = sql`${now}::timestamptz - coalesce(p.submitted_at, p.created_at)`;
  return sql<AgeRow>`select p.state, count(*) as payments, min(coalesce(p.submitted_at, p.created_at)) as oldest_at,
      count(*) filter (where ${age} < interval '5 minutes') as under_5_min,
      count(*) filter (where ${age} >= interval '5 minutes' and ${age} < interval '30 minutes') as under_30_min,
      count(*) filter (where ${age} >= interval '30 minutes' and ${age} < interval '1 day') as under_1_day,
      count(*) filter (where ${age} >= interval '1 day') as older
    from payments_not_succeeded n join payments p on p.id = n.payment_id
    where n.state in ('submitting', 'pending', 'unknown', 'review') group by p.state order by p.state`;
}

export async function listAges(reader: Reader, now: Date): Promise<AgeRow[]> {
  return (await agesSql(now).execute(reader)).rows;
}

/** How many payments were asked for in each minute, for the minutes that had any. */
export function minutesSql(since: Date): RawBuilder<{ readonly minute: bigint; readonly asked: bigint }> {
  return sql<{ minute: bigint; asked: bigint }>`select
      floor(extract(epoch from created_at) / 60)::bigint as minute, count(*) as asked
    from payments where created_at >= ${since}::timestamptz group by 1 order by 1`;
}

export async function listMinutes(
  reader: Reader,
  since: Date,
): Promise<{ readonly minute: bigint; readonly asked: bigint }[]> {
  return (await minutesSql(since).execute(reader)).rows;
}

export interface CallbackCountRow {
  readonly state: CallbackState;
  readonly callbacks: bigint;
}

export function callbackCountsSql(since: Date): RawBuilder<CallbackCountRow> {
  return sql<CallbackCountRow>`select state, count(*) as callbacks from provider_callbacks
    where received_at >= ${since}::timestamptz group by state order by state`;
}

export async function countCallbacksSince(reader: Reader, since: Date): Promise<CallbackCountRow[]> {
  return (await callbackCountsSql(since).execute(reader)).rows;
}

export interface QueueRow {
  /** Instructions to the provider that should have been sent by now. */
  readonly commands: bigint;
  /** Callbacks that should have been looked at by now. */
  readonly callbacks: bigint;
  /** Payments that should have been asked about by now. */
  readonly enquiries: bigint;
}

export function queuesSql(now: Date): RawBuilder<QueueRow> {
  return sql<QueueRow>`select
    (select count(*) from provider_commands where state = 'waiting' and due_at <= ${now}::timestamptz) as commands,
    (select count(*) from provider_callbacks
      where due_at <= ${now}::timestamptz and (leased_until is null or leased_until <= ${now}::timestamptz)) as callbacks,
    (select count(*) from payments_not_succeeded where next_action_at <= ${now}::timestamptz) as enquiries`;
}

export async function countQueues(reader: Reader, now: Date): Promise<QueueRow | undefined> {
  return (await queuesSql(now).execute(reader)).rows[0];
}

/** How the provider took instructions of one direction. */
export interface ReachRow {
  readonly direction: Direction;
  /** It said yes or no. */
  readonly answered: bigint;
  /** It was out of reach, or its answer was lost. */
  readonly lost: bigint;
  /** The breaker kept them back: they were not sent. */
  readonly held_back: bigint;
  readonly last_answered: Date | null;
  readonly last_held_back: Date | null;
}

/**
 * Each process has breakers of its own, which no other one can see. What all of them leave behind is in the instructions:
 * those that were kept back say so. `askedSince` only finds them by an index; `since` says which count.
 */
export async function listReach(
  reader: Reader,
  window: { readonly askedSince: Date; readonly since: Date },
): Promise<ReachRow[]> {
  const found = await sql<ReachRow>`select p.direction,
      count(*) filter (where c.state in ('accepted', 'rejected')) as answered,
      count(*) filter (where c.state in ('unknown', 'not-sent') and c.evidence is distinct from 'breaker-open') as lost,
      count(*) filter (where c.evidence = 'breaker-open') as held_back,
      max(c.finished_at) filter (where c.state in ('accepted', 'rejected')) as last_answered,
      max(c.finished_at) filter (where c.evidence = 'breaker-open') as last_held_back
    from payments p join provider_commands c on c.payment_id = p.id
    where p.created_at >= ${window.askedSince}::timestamptz and c.finished_at >= ${window.since}::timestamptz
    group by 1 order by 1`.execute(reader);
  return found.rows;
}
