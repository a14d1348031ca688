/**
 * Reads and writes the `statement_periods` table: what each imported file speaks about, by currency.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Environment } from '../provider.ts';
import type { Statement, StatementOwner } from './statement.rows.ts';
import type { Period } from './statement-period.ts';

interface StatementPeriodTable {
  statement_id: string;
  provider: string;
  environment: Environment;
  currency: Currency;
  covers_from: Date;
  covers_until: Date;
  imported_at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    statement_periods: StatementPeriodTable;
  }
}

export interface ImportedPeriod extends Period {
  readonly importedAt: Date;
}

export async function insertPeriods(
  tx: Tx,
  statement: Statement,
  periods: ReadonlyMap<Currency, Period>,
): Promise<void> {
  await tx
    .insertInto('statement_periods')
    .values(
      [...periods].map(([currency, { from, until }]) => ({
        statement_id: statement.id,
        provider: statement.provider,
        environment: statement.environment,
        currency,
        covers_from: from,
        covers_until: until,
        imported_at: statement.importedAt,
      })),
    )
    .execute();
}

/** Of every file about one float, by their beginning. */
export async function listPeriods(
  reader: Reader,
  of: StatementOwner & { readonly currency: Currency },
): Promise<ImportedPeriod[]> {
  const rows = await reader
    .selectFrom('statement_periods')
    .selectAll()
    .where('provider', '=', of.provider)
    .where('environment', '=', of.environment)
    .where('currency', '=', of.currency)
    .orderBy('covers_from')
    .orderBy('statement_id')
    .execute();
  return rows.map((row) => ({ from: row.covers_from, until: row.covers_until, importedAt: row.imported_at }));
}
