/**
 * Keeps people in the table `people`. The PIN's hash leaves this file only through `findPinHash`.
 *
 * Number and name are sealed in it; they are sealed and opened here, and nobody above knows of it.
 */
import { type Generated, type Selectable, sql } from 'kysely';
import type { Locale } from '../ground/money/money-text.ts';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import { keptQuery } from '../ground/postgres/kept-query.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { lookupHash } from '../ground/seal/lookup-hash.ts';
import type { SealedColumn } from '../ground/seal/sealed-column.ts';
import { openText, type Place } from '../ground/seal/sealed-text.ts';
import { hasText, sealedValue } from '../ground/seal/sealing.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';
import type { Country } from './country.ts';
import type { Identification } from './identification.ts';
import type { Person } from './person.ts';

interface PersonTable {
  id: string;
  /** Sealed, or plain while an older version may serve; null of whoever is erased. */
  phone: string | null;
  phone_hash: Generated<string | null>;
  country: Country;
  locale: Locale;
  /** Sealed as well. */
  display_name: string | null;
  pin_hash: string | null;
  pin_changed_at: Date | null;
  pin_replaced_at: Date | null;
  phone_changed_at: Date | null;
  identification: Identification;
  wants_messages: Generated<boolean>;
  created_at: Date;
  erased_at: Generated<Date | null>;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    people: PersonTable;
  }
}

/** What of a person is sealed. */
export const SEALED_IN_PEOPLE: readonly SealedColumn[] = [
  {
    table: 'people',
    key: ['id'],
    row: 'id',
    column: 'phone',
    hashes: [{ column: 'phone_hash', kind: 'phone', part: (phone) => phone }],
  },
  { table: 'people', key: ['id'], row: 'id', column: 'display_name', hashes: [] },
];

const NUMBER = { hash: sql.ref('phone_hash'), plain: sql.ref('phone') };

function placeOf(column: 'phone' | 'display_name', row: string): Place {
  return { table: 'people', column, row };
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
  const { id, phone, displayName: name } = person;
  const vault = vaultOf(tx);
  if (vault.keys.length > 1) {
    // While keys change the same number may have two hashes, and no index can say that they are one.
    await lockName(tx, `person ${phone}`);
    if ((await findPersonByPhone(tx, phone)) !== undefined) return false;
  }
  const inserted = await tx
    .insertInto('people')
    .values({
      id,
      phone: sealedValue(tx, placeOf('phone', id), phone),
      phone_hash: lookupHash(vault, { kind: 'phone', text: phone }),
      country: person.country,
      locale: person.locale,
      display_name: name === undefined ? null : sealedValue(tx, placeOf('display_name', id), name),
      pin_hash: null,
      pin_changed_at: null,
      pin_replaced_at: null,
      phone_changed_at: null,
      identification: person.identification ?? 'none',
      created_at: person.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  const [row] = await askPerson(reader, { id });
  return row && toPerson(reader, row);
}

const askPerson = keptQuery('person', (reader, { id }: { readonly id: string }) =>
  reader.selectFrom('people').select(PERSON_COLUMNS).where('id', '=', id),
);

/** Those of the ids that exist, by id. */
export async function findPeople(reader: Reader, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.selectFrom('people').select(PERSON_COLUMNS).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toPerson(reader, row)]));
}

/** Takes the E.164 form. */
export async function findPersonByPhone(reader: Reader, phone: string): Promise<Person | undefined> {
  const row = await reader
    .selectFrom('people')
    .select(PERSON_COLUMNS)
    .where(hasText(reader, NUMBER, { kind: 'phone', text: phone }))
    .executeTakeFirst();
  return row && toPerson(reader, row);
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
  profile: {
    personId: string;
    displayName: string | undefined;
    locale: Locale | undefined;
    wantsMessages: boolean | undefined;
  },
): Promise<Person | undefined> {
  const name = profile.displayName;
  const place = placeOf('display_name', profile.personId);
  const row = await tx
    .updateTable('people')
    .set((row) => ({
      display_name: name === undefined ? row.ref('display_name') : sealedValue(tx, place, name),
      locale: profile.locale ?? row.ref('locale'),
      wants_messages: profile.wantsMessages ?? row.ref('wants_messages'),
    }))
    .where('id', '=', profile.personId)
    .returningAll()
    .executeTakeFirst();
  return row && toPerson(tx, row);
}

/** Takes the person's lock until the transaction ends. */
export async function lockPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const row = await tx
    .selectFrom('people')
    .select(PERSON_COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toPerson(tx, row);
}

/** Number, name and PIN go; the id stays, because the books name it. */
export async function markErased(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      phone: null,
      phone_hash: null,
      display_name: null,
      pin_hash: null,
      pin_changed_at: null,
      pin_replaced_at: null,
      phone_changed_at: null,
      erased_at: at,
    })
    .where('id', '=', id)
    .execute();
}

/** What a person is made of. */
export const PERSON_COLUMNS = [
  'id',
  'phone',
  'country',
  'locale',
  'display_name',
  'pin_hash',
  'pin_changed_at',
  'pin_replaced_at',
  'phone_changed_at',
  'identification',
  'wants_messages',
  'created_at',
  'erased_at',
] as const;

export type PersonRow = Pick<Selectable<PersonTable>, (typeof PERSON_COLUMNS)[number]>;

export function toPerson(reader: Reader, row: PersonRow): Person {
  const open = (column: 'phone' | 'display_name', text: string): string =>
    openText(vaultOf(reader), placeOf(column, row.id), text);
  return {
    id: row.id,
    // Opened when it is asked for: hardly a page shows it.
    get phone() {
      return row.phone === null ? '' : open('phone', row.phone);
    },
    country: row.country,
    locale: row.locale,
    displayName: row.display_name === null ? undefined : open('display_name', row.display_name),
    hasPin: row.pin_hash !== null,
    pinChangedAt: row.pin_changed_at ?? undefined,
    pinReplacedAt: row.pin_replaced_at ?? undefined,
    phoneChangedAt: row.phone_changed_at ?? undefined,
    identification: row.identification,
    wantsMessages: row.wants_messages,
    createdAt: row.created_at,
    erasedAt: row.erased_at ?? undefined,
  };
}
