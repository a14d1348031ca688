/**
 * Keeps the numbers to which each person has agreed to send money, in the table `destinations`.
 */
import type { Reader, Tx } from '../ground/postgres/database.ts';

interface DestinationTable {
  person_id: string;
  phone: string;
  confirmed_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    destinations: DestinationTable;
  }
}

export interface Destination {
  readonly personId: string;
  /** E.164. */
  readonly phone: string;
  readonly confirmedAt: Date;
}

/** Agreeing twice is agreeing once: the first moment stays. */
export async function insertDestination(tx: Tx, destination: Destination): Promise<void> {
  await tx
    .insertInto('destinations')
    .values({
      person_id: destination.personId,
      phone: destination.phone,
      confirmed_at: destination.confirmedAt,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'phone']).doNothing())
    .execute();
}

export async function findDestination(
  reader: Reader,
  personId: string,
  phone: string,
): Promise<Destination | undefined> {
  const row = await reader
    .selectFrom('destinations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('phone', '=', phone)
    .executeTakeFirst();
  return row && { personId: row.person_id, phone: row.phone, confirmedAt: row.confirmed_at };
}

/** The numbers that a person agreed to, the latest first. */
export async function listDestinations(
  reader: Reader,
  personId: string,
  limit: number,
): Promise<Destination[]> {
  const rows = await reader
    .selectFrom('destinations')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('confirmed_at', 'desc')
    .orderBy('phone')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    phone: row.phone,
    confirmedAt: row.confirmed_at,
  }));
}

export async function deleteDestinationsOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('destinations').where('person_id', '=', personId).execute();
}
