/**
 * Walks along sealed columns: pages of rows that are not sealed and hashed under the first key, by primary key.
 *
 * A page is locked, sealed anew and written in one transaction, so a walk that dies has done whole pages and goes on where
 * it was: what is done already is not found again.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../postgres/database.ts';
import { lookupHash } from './lookup-hash.ts';
import type { SealedColumn } from './sealed-column.ts';
import { openText, sealedUnder, sealStart, sealText } from './sealed-text.ts';
import type { Vault } from './vault.ts';

interface Found {
  readonly key: string;
  readonly row: string;
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
    const text = openText(vault, place, row.text);
    return { key: row.key, text, kept: plainly ? row.text : sealText(vault, place, text) };
  });
  const hashes = column.hashes.map(({ kind, part }) =>
    opened.map(({ text }) => lookupHash(vault, { kind, text: part(text) })),
  );
  const lists = [opened.map(({ key }) => key), opened.map(({ kept }) => kept), ...hashes];
  const names = [column.column, ...column.hashes.map((hash) => hash.column)];
  const sets = names.map((name, place) => sql`${sql.ref(name)} = u.${sql.ref(`v${place}`)}`);
  const columns = ['key', ...names.map((_name, place) => `v${place}`)];
  await sql`update ${sql.table(table)} set ${sql.join(sets)}
    from unnest(${sql.join(lists.map((list) => sql`${list}::text[]`))})
      as u(${sql.join(columns.map((name) => sql.ref(name)))})
    where ${keyOf(column)} = u.key`.execute(tx);
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
  const text = textOf(column);
  const plain = sql`left(${text}, 1) <> ${sealStart('').slice(0, 1)}::text`;
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
function textOf({ column, plainIn }: SealedColumn): RawBuilder<unknown> {
  return plainIn === undefined ? sql.ref(column) : sql`coalesce(${sql.ref(column)}, ${sql.ref(plainIn)})`;
}

function isStale(vault: Vault, column: SealedColumn, plainly: boolean): RawBuilder<unknown> {
  const { id } = vault.first;
  const { plainIn } = column;
  // Where the number stands in its hash's place there is no hash before it is sealed.
  if (plainIn !== undefined && plainly) return sql`false`;
  const unhashed = column.hashes.map(
    (hash) =>
      sql`${sql.ref(hash.column)} is null or not starts_with(${sql.ref(hash.column)}, ${`${id}:`}::text)`,
  );
  const unsealed = plainly ? [] : [sql`not starts_with(${sql.ref(column.column)}, ${sealStart(id)}::text)`];
  const stale = [...unhashed, ...unsealed];
  const any = stale.length === 0 ? sql`false` : sql.join(stale, sql` or `);
  const old = plainIn === undefined ? sql`false` : sql`left(${sql.ref(plainIn)}, 1) = '+'`;
  return sql`case when ${sql.ref(column.column)} is null then ${old} else ${any} end`;
}
