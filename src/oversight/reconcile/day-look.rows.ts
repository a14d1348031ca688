/**
 * Reads and writes the `day_looks` table: which days were compared with the statements, when, and what came out.
 */
import { type Selectable, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { StatementOwner } from '../../rails/statements/statement.rows.ts';
import type { FloatKey } from './break.rows.ts';
import type { LastLook, LookDepth } from './due-days.ts';

interface DayLookTable {
  id: string;
  provider: string;
  environment: StatementOwner['environment'];
  currency: Currency;
  /** `2026-01-31`. */
  day: string;
  depth: LookDepth;
  looked_at: Date;
  files: number;
  lines: number;
  movements: number;
  differing: number;
  unstated: number;
  opened: number;
  gone: number;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    day_looks: DayLookTable;
  }
}

export interface DayLook extends LastLook {
  readonly id: string;
  readonly currency: Currency;
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly lookedAt: Date;
  /** What was compared: lines of statements of that day, and movements of our float. */
  readonly lines: number;
  readonly movements: number;
  /** Transactions of the day that differ. */
  readonly differing: number;
  /** Movements of the day that no statement speaks about yet. */
  readonly unstated: number;
  /** Differences that were written down first by this look, and that it found gone. */
  readonly opened: number;
  readonly gone: number;
}

export async function insertDayLooks(tx: Tx, of: FloatKey, looks: readonly DayLook[]): Promise<void> {
  await tx
    .insertInto('day_looks')
    .values(
      looks.map((look) => ({
        id: look.id,
        provider: of.provider,
        environment: of.environment,
        currency: of.currency,
        day: look.day,
        depth: look.depth,
        looked_at: look.lookedAt,
        files: look.files,
        lines: look.lines,
        movements: look.movements,
        differing: look.differing,
        unstated: look.unstated,
        opened: look.opened,
        gone: look.gone,
      })),
    )
    .execute();
}

/** How each day of one float was looked at last. */
export async function findLastLooks(reader: Reader, of: FloatKey): Promise<Map<string, LastLook>> {
  const found = await sql<{
    day: string;
    depth: LookDepth;
    files: number;
  }>`select distinct on (day) day, depth, files
    from day_looks where provider = ${of.provider} and environment = ${of.environment}
      and currency = ${of.currency} order by day, id desc`.execute(reader);
  return new Map(found.rows.map(({ day, depth, files }) => [day, { depth, files }]));
}

/** The newest look of each depth at the newest days of one float, by day and depth. */
export async function listDayLooks(reader: Reader, of: FloatKey, days: number): Promise<DayLook[]> {
  const found = await sql<Selectable<DayLookTable>>`select distinct on (day, depth) * from day_looks
    where provider = ${of.provider} and environment = ${of.environment} and currency = ${of.currency}
      and day > (select max(day) from day_looks where provider = ${of.provider}
        and environment = ${of.environment} and currency = ${of.currency}) - ${days}::int
    order by day desc, depth, id desc`.execute(reader);
  return found.rows.map((row) => ({
    id: row.id,
    currency: row.currency,
    day: row.day,
    depth: row.depth,
    lookedAt: row.looked_at,
    files: row.files,
    lines: row.lines,
    movements: row.movements,
    differing: row.differing,
    unstated: row.unstated,
    opened: row.opened,
    gone: row.gone,
  }));
}
