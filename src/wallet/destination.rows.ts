/**
 * Keeps the numbers to which each person has agreed to send money, in the table `destinations`.
 */
import { type Generated, sql } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import { lookupHash } from '../ground/seal/lookup-hash.ts';
import type { SealedColumn } from '../ground/seal/sealed-column.ts';
import type { Place } from '../ground/seal/sealed-text.ts';
import { hasText, sealedValue } from '../ground/seal/sealing.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';

interface DestinationTable {
  person_id: string;
  /** Sealed, or plain while an older version may serve. */
  phone: string;
  phone_hash: Generated<string | null>;
  confirmed_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    destinations: DestinationTable;
  }
}

export const SEALED_IN_DESTINATIONS: readonly SealedColumn[] = [
  {
    table: 'destinations',
    key: ['person_id', 'phone'],
    row: 'person_id',
    column: 'phone',
    hashes: [{ column: 'phone_hash', kind: 'phone', part: (phone) => phone }],
  },
];

const NUMBER = { hash: sql.ref('phone_hash'), plain: sql.ref('phone') };

function placeOf(personId: string): Place {
  return { table: 'destinations', column: 'phone', row: personId };
}

export interface Destination {
  readonly personId: string;
  /** E.164. */
  readonly phone: string;
  readonly confirmedAt: Date;
}

/** Agreeing twice is agreeing once: the first moment stays. */
export async function insertDestination(tx: Tx, destination: Destination): Promise<void> {
  const { personId, phone } = destination;
  // While keys change, the same number may have another hash.
  if ((await findDestination(tx, personId, phone)) !== undefined) return;
  await tx
    .insertInto('destinations')
    .values({
      person_id: personId,
      phone: sealedValue(tx, placeOf(personId), phone),
      phone_hash: lookupHash(vaultOf(tx), { kind: 'phone', text: phone }),
      confirmed_at: destination.confirmedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
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
    .where(hasText(reader, NUMBER, { kind: 'phone', text: phone }))
    .executeTakeFirst();
  return row && { personId, phone, confirmedAt: row.confirmed_at };
}

export async function deleteDestinationsOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('destinations').where('person_id', '=', personId).execute();
}
