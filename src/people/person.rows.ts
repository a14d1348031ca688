/**
 * Keeps people in the table `people`. The PIN's hash leaves this file only through `findPinHash`.
 */
import type { Locale } from '../ground/money/money-text.ts';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { Country } from './country.ts';
import type { Identification } from './identification.ts';
import type { Person } from './person.ts';

interface PersonTable {
  id: string;
  phone: string;
  country: Country;
  locale: Locale;
  display_name: string | null;
  pin_hash: string | null;
  pin_changed_at: Date | null;
  pin_replaced_at: Date | null;
  phone_changed_at: Date | null;
  identification: Identification;
  created_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    people: PersonTable;
  }
}

export interface NewPerson {
  readonly id: string;
  readonly phone: string;
  readonly country: Country;
  readonly locale: Locale;
  readonly displayName?: string;
  /** Default `none`. */
  readonly identification?: Identification;
  readonly createdAt: Date;
}

/** Inserts the person unless the number already has one; waits for a parallel sign-up to finish. True if inserted. */
export async function insertPerson(tx: Tx, person: NewPerson): Promise<boolean> {
  const inserted = await tx
    .insertInto('people')
    .values({
      id: person.id,
      phone: person.phone,
      country: person.country,
      locale: person.locale,
      display_name: person.displayName ?? null,
      pin_hash: null,
      pin_changed_at: null,
      pin_replaced_at: null,
      phone_changed_at: null,
      identification: person.identification ?? 'none',
      created_at: person.createdAt,
    })
    .onConflict((conflict) => conflict.column('phone').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  const row = await reader.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toPerson(row);
}

/** Those of the ids that exist, by id. */
export async function findPeople(reader: Reader, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.selectFrom('people').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toPerson(row)]));
}

/** Takes the E.164 form. */
export async function findPersonByPhone(reader: Reader, phone: string): Promise<Person | undefined> {
  const row = await reader.selectFrom('people').selectAll().where('phone', '=', phone).executeTakeFirst();
  return row && toPerson(row);
}

/** The PIN's hash, only for whoever is about to compare it. */
export async function findPinHash(reader: Reader, personId: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('people')
    .select('pin_hash')
    .where('id', '=', personId)
    .executeTakeFirst();
  return row?.pin_hash ?? undefined;
}

/** Replaces the hash if it is still `before`; false when another change came first. */
export async function markPin(
  tx: Tx,
  change: { personId: string; before: string | undefined; hash: string; at: Date },
): Promise<boolean> {
  const before = change.before ?? null;
  const changed = await tx
    .updateTable('people')
    .set({
      pin_hash: change.hash,
      pin_changed_at: change.at,
      ...(before === null ? {} : { pin_replaced_at: change.at }),
    })
    .where('id', '=', change.personId)
    .where('pin_hash', before === null ? 'is' : '=', before)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

export async function markProfile(
  tx: Tx,
  profile: { personId: string; displayName: string | undefined; locale: Locale | undefined },
): Promise<Person | undefined> {
  const row = await tx
    .updateTable('people')
    .set((row) => ({
      display_name: profile.displayName ?? row.ref('display_name'),
      locale: profile.locale ?? row.ref('locale'),
    }))
    .where('id', '=', profile.personId)
    .returningAll()
    .executeTakeFirst();
  return row && toPerson(row);
}

function toPerson(row: PersonTable): Person {
  return {
    id: row.id,
    phone: row.phone,
    country: row.country,
    locale: row.locale,
    displayName: row.display_name ?? undefined,
    hasPin: row.pin_hash !== null,
    pinChangedAt: row.pin_changed_at ?? undefined,
    pinReplacedAt: row.pin_replaced_at ?? undefined,
    phoneChangedAt: row.phone_changed_at ?? undefined,
    identification: row.identification,
    createdAt: row.created_at,
  };
}
