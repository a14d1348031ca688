/**
 * Knows whether rows may still be written plainly: one row of the table `sealing`, asked by each statement that writes.
 *
 * A version that cannot open sealed texts may serve beside this one while it takes over, and would call the provider with
 * a sealed number. So a filled database goes on plainly, hashes beside it, until the host says that no older version
 * runs (`npm run seal-keys -- --close`). An empty database never met one and is closed from its first row on.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader, Tx } from '../postgres/database.ts';
import { lookupHash, lookupHashes, type Sought } from './lookup-hash.ts';
import { looksSealed, sealBytes } from './sealed-bytes.ts';
import type { SealedColumn, SealingAge } from './sealed-column.ts';
import { type Place, sealText } from './sealed-text.ts';
import { vaultOf } from './vault-of.ts';

interface SealingTable {
  one: number;
  plain: boolean;
  later_plain: boolean;
  closed_at: Date | null;
}

declare module '../postgres/database.ts' {
  interface Database {
    sealing: SealingTable;
  }
}

/** Which columns are written plainly. */
export type Plainly = Readonly<Record<SealingAge, boolean>>;

export async function readPlainly(reader: Reader): Promise<Plainly> {
  const row = await reader.selectFrom('sealing').select(['plain', 'later_plain']).executeTakeFirst();
  return { plain: row?.plain === true, later_plain: row?.later_plain === true };
}

export function isPlain(plainly: Plainly, { age = 'plain' }: Pick<SealedColumn, 'age'>): boolean {
  return plainly[age];
}

/** Whether any column is. */
export function isAnyPlain(plainly: Plainly): boolean {
  return plainly.plain || plainly.later_plain;
}

/** From here on nothing is written plainly. True if that was not so before. */
export async function markClosed(tx: Tx, at: Date): Promise<boolean> {
  const closed = await tx
    .updateTable('sealing')
    .set({ plain: false, later_plain: false, closed_at: at })
    .where((eb) => eb.or([eb('plain', '=', true), eb('later_plain', '=', true)]))
    .returning('one')
    .executeTakeFirst();
  return closed !== undefined;
}

/** Indexes on plain texts, which only an older version uses; without them fewer are kept up to date. */
const PLAIN_INDEXES = [
  'payments_by_phone',
  'payments_by_phone_end',
  'payments_one_payout_like_it',
  'memberships_one_invitation',
  'memberships_of_number',
];

export async function dropPlainIndexes(tx: Tx): Promise<void> {
  await sql`drop index if exists ${sql.join(PLAIN_INDEXES.map((name) => sql.ref(name)))}`.execute(tx);
}

/** What is written into a sealed column. */
export function sealedValue(reader: Reader, place: Place, text: string): RawBuilder<string> {
  return sql`case when (select plain from sealing) then ${text}::text
    else ${sealText(vaultOf(reader), place, text)}::text end`;
}

export interface HashedText {
  readonly hash: RawBuilder<unknown>;
  /** What it is the hash of, where the text is plain. */
  readonly plain: RawBuilder<unknown>;
}

/** Finds by the hash; and by the plain text where an older version wrote the row and nobody hashed it yet. */
export function hasText(reader: Reader, { hash, plain }: HashedText, sought: Sought): RawBuilder<SqlBool> {
  const hashes = sql.join(lookupHashes(vaultOf(reader), sought));
  return sql`(${hash} in (${hashes}) or ${hash} is null and ${plain} = ${sought.text})`;
}

/** What is written where a number is only compared: its hash. */
export function hashedValue(reader: Reader, sought: Sought, age: SealingAge = 'plain'): RawBuilder<string> {
  return sql`case when (select ${sql.ref(age)} from sealing) then ${sought.text}::text
    else ${lookupHash(vaultOf(reader), sought)}::text end`;
}

/** Bytes for a column of sealed bytes in a statement that writes many, as base64; `keptBytes` picks one of them there. */
export function bytesToKeep(reader: Reader, place: Place, bytes: Uint8Array): BytesToKeep {
  const sealed = sealBytes(vaultOf(reader), place, bytes).toString('base64');
  if (looksSealed(bytes)) return { sealed };
  return { plain: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), sealed };
}

export interface BytesToKeep {
  /** Absent where they must not be written so, whatever the age of the database. */
  readonly plain?: string;
  readonly sealed: string;
}

/** What is written of `BytesToKeep` whose two columns belong to `row`; nothing where both are null. */
export function keptBytes(row: string): RawBuilder<Uint8Array | null> {
  const [plain, sealed] = [sql.ref(`${row}.plain`), sql.ref(`${row}.sealed`)];
  return sql`decode(case when (select later_plain from sealing) then coalesce(${plain}, ${sealed})
    else ${sealed} end, 'base64')`;
}

/** What is written beside such a hash, to be read again; nothing while the number itself stands in the hash's place. */
export function sealedBeside(reader: Reader, place: Place, text: string): RawBuilder<string | null> {
  return sql`case when (select later_plain from sealing) then null
    else ${sealText(vaultOf(reader), place, text)}::text end`;
}

/** All that may stand there for the same number: a hash under each key, and what an older version wrote. */
export function hashedTexts(reader: Reader, sought: Sought): string[] {
  return [...lookupHashes(vaultOf(reader), sought), sought.text];
}
