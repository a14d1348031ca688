/**
 * Reads and writes the `reconciliation_runs` table, and asks what the equation needs besides the ledger.
 */
import { type Selectable, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { StatementOwner } from '../../rails/statements/statement.rows.ts';
import type { FloatKey } from './break.rows.ts';

interface ReconciliationRunTable {
  id: string;
  provider: string;
  environment: StatementOwner['environment'];
  currency: Currency;
  depth: 'light' | 'deep';
  ran_at: Date;
  booked: bigint;
  held: bigint | null;
  own_transfers: bigint;
  open_breaks: bigint;
  explained: bigint;
  in_flight_in: bigint;
  in_flight_out: bigint;
  rest: bigint | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    reconciliation_runs: ReconciliationRunTable;
  }
}

/** The equation of one float at one moment: held = booked + ownTransfers + openBreaks + explained + rest. */
export interface Equation {
  readonly currency: Currency;
  readonly booked: bigint;
  readonly held: bigint | undefined;
  readonly ownTransfers: bigint;
  readonly openBreaks: bigint;
  readonly explained: bigint;
  readonly inFlightIn: bigint;
  readonly inFlightOut: bigint;
  /** Absent while nobody knows what the provider holds. */
  readonly rest: bigint | undefined;
}

export interface ReconciliationRun extends Equation {
  readonly id: string;
  readonly depth: 'light' | 'deep';
  readonly ranAt: Date;
}

export async function insertRun(tx: Tx, of: StatementOwner, run: ReconciliationRun): Promise<void> {
  await tx
    .insertInto('reconciliation_runs')
    .values({
      id: run.id,
      provider: of.provider,
      environment: of.environment,
      currency: run.currency,
      depth: run.depth,
      ran_at: run.ranAt,
      booked: run.booked,
      held: run.held ?? null,
      own_transfers: run.ownTransfers,
      open_breaks: run.openBreaks,
      explained: run.explained,
      in_flight_in: run.inFlightIn,
      in_flight_out: run.inFlightOut,
      rest: run.rest ?? null,
    })
    .execute();
}

/** The newest run of one float. */
export async function findLastRun(reader: Reader, of: FloatKey): Promise<ReconciliationRun | undefined> {
  const row = await reader
    .selectFrom('reconciliation_runs')
    .selectAll()
    .where('provider', '=', of.provider)
    .where('environment', '=', of.environment)
    .where('currency', '=', of.currency)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toRun(row);
}

/** What may be on its way at the provider: it may have counted it, and we have not. */
export async function sumInFlight(
  reader: Reader,
  of: FloatKey,
): Promise<{ readonly into: bigint; readonly out: bigint }> {
  const found = await sql<{ direction: string; total: bigint }>`select p.direction,
      sum(p.amount + p.quoted_fee)::bigint as total
    from payments_not_succeeded n join payments p on p.id = n.payment_id
    where n.state in ('submitting', 'pending', 'unknown', 'review') and p.provider = ${of.provider}
      and p.environment = ${of.environment} and p.currency = ${of.currency} group by p.direction`.execute(
    reader,
  );
  const totalOf = (direction: string) => found.rows.find((row) => row.direction === direction)?.total ?? 0n;
  return { into: totalOf('in'), out: totalOf('out') };
}

export interface Stated {
  /** What the host brought, less what it took away. */
  readonly ownTransfers: bigint;
  /** The last moment that a statement tells of; absent when none was imported. */
  readonly until: Date | undefined;
}

export async function readStated(reader: Reader, of: FloatKey): Promise<Stated> {
  const found = await sql<{ own: bigint | null; until: Date | null }>`select
      sum(effect) filter (where kind = 'own-transfer' and copy = 1)::bigint as own, max(happened_at) as until
    from statement_lines where provider = ${of.provider} and environment = ${of.environment}
      and currency = ${of.currency}`.execute(reader);
  const row = found.rows[0];
  return { ownTransfers: row?.own ?? 0n, until: row?.until ?? undefined };
}

function toRun(row: Selectable<ReconciliationRunTable>): ReconciliationRun {
  return {
    id: row.id,
    currency: row.currency,
    depth: row.depth,
    ranAt: row.ran_at,
    booked: row.booked,
    held: row.held ?? undefined,
    ownTransfers: row.own_transfers,
    openBreaks: row.open_breaks,
    explained: row.explained,
    inFlightIn: row.in_flight_in,
    inFlightOut: row.in_flight_out,
    rest: row.rest ?? undefined,
  };
}
