/**
 * Keeps what the provider held for us beside what the books said, in the table `float_readings`.
 */
import type { Selectable } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Environment } from '../../rails/provider.ts';

interface FloatReadingTable {
  provider: string;
  environment: Environment;
  currency: Currency;
  read_at: Date;
  held: bigint | null;
  booked: bigint;
  reserved: bigint;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    float_readings: FloatReadingTable;
  }
}

export interface FloatReading {
  readonly provider: string;
  readonly environment: Environment;
  readonly currency: Currency;
  readonly readAt: Date;
  /** Absent when the provider could not say. */
  readonly held: bigint | undefined;
  readonly booked: bigint;
  readonly reserved: bigint;
}

export async function insertFloatReading(tx: Tx, reading: FloatReading): Promise<void> {
  await tx
    .insertInto('float_readings')
    .values({
      provider: reading.provider,
      environment: reading.environment,
      currency: reading.currency,
      read_at: reading.readAt,
      held: reading.held ?? null,
      booked: reading.booked,
      reserved: reading.reserved,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest readings of one provider, newest first. */
export async function listFloatReadings(
  reader: Reader,
  of: Pick<FloatReading, 'provider' | 'environment' | 'currency'>,
  limit: number,
): Promise<FloatReading[]> {
  const rows = await reader
    .selectFrom('float_readings')
    .selectAll()
    .where('provider', '=', of.provider)
    .where('environment', '=', of.environment)
    .where('currency', '=', of.currency)
    .orderBy('read_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toReading);
}

/** Deletes readings from before `before`, of one provider and currency; they are for charts, not for proof. */
export async function deleteFloatReadingsBefore(
  tx: Tx,
  of: Pick<FloatReading, 'provider' | 'environment' | 'currency'>,
  before: Date,
): Promise<void> {
  await tx
    .deleteFrom('float_readings')
    .where('provider', '=', of.provider)
    .where('environment', '=', of.environment)
    .where('currency', '=', of.currency)
    .where('read_at', '<', before)
    .execute();
}

function toReading(row: Selectable<FloatReadingTable>): FloatReading {
  return {
    provider: row.provider,
    environment: row.environment,
    currency: row.currency,
    readAt: row.read_at,
    held: row.held ?? undefined,
    booked: row.booked,
    reserved: row.reserved,
  };
}
