/**
 * Walks along sealed columns: pages of rows that are not sealed and hashed under the first key, by primary key.
 *
 * A page is locked, sealed anew and written in one transaction, so a walk that dies has done whole pages and goes on where
 * it was: what is done already is not found again.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../postgres/database.ts';
import { lookupHash } from './lookup-hash.ts';
import { openBytesToReseal, sealBytes } from './sealed-bytes.ts';
import type { SealedColumn } from './sealed-column.ts';
import { openText, type Place, SEAL_MARK, sealedUnder, sealStart, sealText } from './sealed-text.ts';
import type { Vault } from './vault.ts';

interface Found {
  readonly key: string;
  readonly row: string;
  /** Bytes as base64. */
  readonly text: string;
}

export interface Walk {
  /** The key after which the page begins; absent at the start. */
  readonly after: string | undefined;
  readonly limit: number;
  /** Whether plain texts are left plain: only their hashes are made. */
  readonly plainly: boolean;
}

/** Seals one page; the key of its last row, or nothing when no row was left. */
export async function sealPage(
  tx: Tx,
  vault: Vault,
  column: SealedColumn,
  walk: Walk,
): Promise<{ readonly sealed: number; readonly last: string | undefined }> {
  const key = keyOf(column);
  const text = textOf(column);
  const from = walk.after === undefined ? sql`` : sql`and ${key} > ${walk.after}::text`;
  const found =
    await sql<Found>`select ${key} as key, ${sql.ref(column.row)} as row, ${text} as text from ${sql.table(column.table)}
    where ${isStale(vault, column, walk.plainly)} ${from}
    order by ${key} limit ${walk.limit}::int for update`.execute(tx);
  if (found.rows.length > 0) await writePage(tx, vault, column, walk, found.rows);
  return { sealed: found.rows.length, last: found.rows.at(-1)?.key };
}

async function writePage(
  tx: Tx,
  vault: Vault,
  column: SealedColumn,
  { plainly }: Walk,
  rows: readonly Found[],
): Promise<void> {
  const { table } = column;
  const opened = rows.map((row) => {
    const place = { table, column: column.column, row: row.row };
    if (column.isBytes) return { key: row.key, text: '', kept: resealedBytes(vault, place, row.text) };
    const text = openText(vault, place, row.text);
    return { key: row.key, text, kept: plainly ? row.text : sealText(vault, place, text) };
  });
  const hashes = column.hashes.map(({ kind, part }) =>
    opened.map(({ text }) => lookupHash(vault, { kind, text: part(text) })),
  );
  const lists = [opened.map(({ key }) => key), opened.map(({ kept }) => kept), ...hashes];
  const names = [column.column, ...column.hashes.map((hash) => hash.column)];
  const sets = names.map((name, place) => {
    const value = sql`u.${sql.ref(`v${place}`)}`;
    return sql`${sql.ref(name)} = ${column.isBytes ? sql`decode(${value}, 'base64')` : value}`;
  });
  const columns = ['key', ...names.map((_name, place) => `v${place}`)];
  await sql`update ${sql.table(table)} set ${sql.join(sets)}
    from unnest(${sql.join(lists.map((list) => sql`${list}::text[]`))})
      as u(${sql.join(columns.map((name) => sql.ref(name)))})
    where ${keyOf(column)} = u.key`.execute(tx);
}

function resealedBytes(vault: Vault, place: Place, base64: string): string {
  const opened = openBytesToReseal(vault, place, Buffer.from(base64, 'base64'));
  return sealBytes(vault, place, opened).toString('base64');
}

/** The primary key as one text. */
function keyOf({ table, key }: SealedColumn): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql.ref(`${table}.${name}`)),
    sql` || '/' || `,
  );
}

/** Rows that are plain, and rows that are sealed or hashed under another key than the first. */
export async function countStale(
  reader: Reader,
  vault: Vault,
  column: SealedColumn,
): Promise<{ readonly plain: bigint; readonly otherKey: bigint }> {
  const plain = sql`not (${startsWith(column, SEAL_MARK)})`;
  const counted = await sql<{ plain: bigint; stale: bigint }>`
    select count(*) filter (where ${plain}) as plain, count(*) filter (where not (${plain})) as stale
    from ${sql.table(column.table)} where ${isStale(vault, column, false)}`.execute(reader);
  const [row] = counted.rows;
  return { plain: row?.plain ?? 0n, otherKey: row?.stale ?? 0n };
}

/** The name of a key that sealed something here and is not in the vault; nothing when all of it opens. */
export async function findForeignKey(
  reader: Reader,
  vault: Vault,
  { table, column }: SealedColumn,
): Promise<string | undefined> {
  const text = sql.ref(column);
  const own = vault.keys.map(({ id }) => sql`starts_with(${text}, ${sealStart(id)}::text)`);
  const found = await sql<{ text: string }>`select ${text} as text from ${sql.table(table)}
    where left(${text}, 1) = ${sealStart('').slice(0, 1)}::text and not (${sql.join(own, sql` or `)}) limit 1`.execute(
    reader,
  );
  const [row] = found.rows;
  return row && sealedUnder(row.text);
}

/** Until the transaction ends nobody writes to them. */
export async function lockTables(tx: Tx, columns: readonly SealedColumn[]): Promise<void> {
  for (const table of new Set(columns.map((column) => column.table))) {
    await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
  }
}

/** The sealed text; or what an older version left in the place of its hash. */
function textOf({ column, plainIn, isBytes }: SealedColumn): RawBuilder<unknown> {
  if (isBytes) return sql`encode(${sql.ref(column)}, 'base64')`;
  return plainIn === undefined ? sql.ref(column) : sql`coalesce(${sql.ref(column)}, ${sql.ref(plainIn)})`;
}

function startsWith(column: SealedColumn, start: string): RawBuilder<unknown> {
  if (column.isBytes)
    return sql`substr(${sql.ref(column.column)}, 1, ${start.length}::int) = ${Buffer.from(start)}::bytea`;
  return sql`starts_with(${textOf(column)}, ${start}::text)`;
}

function isStale(vault: Vault, column: SealedColumn, plainly: boolean): RawBuilder<unknown> {
  const { id } = vault.first;
  const { plainIn } = column;
  // Where the number stands in its hash's place, or bytes stand alone, there is no hash before they are sealed.
  if (plainly && (plainIn !== undefined || column.isBytes)) return sql`false`;
  const unhashed = column.hashes.map(
    (hash) =>
      sql`${sql.ref(hash.column)} is null or not starts_with(${sql.ref(hash.column)}, ${`${id}:`}::text)`,
  );
  const unsealed = plainly ? [] : [sql`not (${startsWith(column, sealStart(id))})`];
  const stale = [...unhashed, ...unsealed];
  const any = stale.length === 0 ? sql`false` : sql.join(stale, sql` or `);
  const old = plainIn === undefined ? sql`false` : sql`left(${sql.ref(plainIn)}, 1) = '+'`;
  return sql`case when ${sql.ref(column.column)} is null then ${old} else ${any} end`;
}
