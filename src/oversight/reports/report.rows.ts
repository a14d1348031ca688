/**
 * Adds up payments for reports, by the day on which they were settled and by the day on which they were asked for.
 *
 * The figures are the columns that the same transaction wrote as the transfers, so a report says what the ledger says
 * (`reports.test.ts` proves it).
 */
import { type RawBuilder, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Direction } from '../../rails/provider.ts';
import type { ReportPeriod } from './report.ts';

export interface SettledRow {
  readonly key: string;
  readonly currency: Currency;
  readonly direction: Direction;
  readonly payments: bigint;
  /** What payers were asked for, or recipients were sent. */
  readonly volume: bigint;
  /** What reached wallets, or left for recipients. */
  readonly moved: bigint;
  /** What the provider kept or took. */
  readonly provider_fees: bigint;
  /** What the host took on top of withdrawals. */
  readonly host_fees: bigint;
  readonly reversed: bigint;
  readonly reversed_moved: bigint;
}

export interface AskedRow {
  readonly key: string;
  readonly currency: Currency;
  readonly direction: Direction;
  readonly asked: bigint;
  readonly succeeded: bigint;
  readonly ended: bigint;
}

const KEYS = {
  method: sql`method`,
  country: sql`country`,
  day: sql`to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD')`,
} as const;
const ASKED_KEYS = {
  method: sql`method`,
  country: sql`country`,
  day: sql`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD')`,
} as const;

export function settledSql({ by, from, until }: ReportPeriod): RawBuilder<SettledRow> {
  return sql<SettledRow>`select ${KEYS[by]} as key, currency, direction, count(*) as payments,
      sum(amount)::bigint as volume, sum(credited)::bigint as moved, coalesce(sum(fee), 0)::bigint as provider_fees,
      coalesce(sum(quoted_fee) filter (where direction = 'out'), 0)::bigint as host_fees,
      count(*) filter (where state = 'reversed') as reversed,
      coalesce(sum(credited) filter (where state = 'reversed'), 0)::bigint as reversed_moved
    from payments where settled_at >= ${from}::timestamptz and settled_at < ${until}::timestamptz
      and state in ('succeeded', 'reversed')
    group by 1, 2, 3 order by 1, 2, 3`;
}

export async function listSettled(reader: Reader, period: ReportPeriod): Promise<SettledRow[]> {
  return (await settledSql(period).execute(reader)).rows;
}

export function askedSql({ by, from, until }: ReportPeriod): RawBuilder<AskedRow> {
  return sql<AskedRow>`select ${ASKED_KEYS[by]} as key, currency, direction, count(*) as asked,
      count(*) filter (where state in ('succeeded', 'reversed')) as succeeded,
      count(*) filter (where state in ('failed', 'expired')) as ended
    from payments where created_at >= ${from}::timestamptz and created_at < ${until}::timestamptz
    group by 1, 2, 3 order by 1, 2, 3`;
}

export async function listAsked(reader: Reader, period: ReportPeriod): Promise<AskedRow[]> {
  return (await askedSql(period).execute(reader)).rows;
}
