/**
 * Makes many groups of one: reads every row of a group that was founded by the product's own acts, and writes it again with
 * ids, numbers and seals of its own.
 *
 * Founding takes some two hundred statements for a group of twelve, which for five thousand groups is half an hour before the
 * evening begins. The rows are found by asking every table for the group's ids, so a table of tomorrow is copied as well. Triggers
 * guard the order in which a life happens and stand still, as while a backup is put back: here a whole life is written at once.
 */
import { sql } from 'kysely';
import type { IdPrefix, Ids } from '../../src/ground/identifiers.ts';
import type { Reader, Tx } from '../../src/ground/postgres/database.ts';
import { listTables, type Table } from '../../src/ground/postgres/list-tables.ts';
import { invariant } from '../../src/ground/refusal.ts';
import { lookupHash } from '../../src/ground/seal/lookup-hash.ts';
import { isSealed, openText, sealText } from '../../src/ground/seal/sealed-text.ts';
import { vaultOf } from '../../src/ground/seal/vault-of.ts';

type Row = Readonly<Record<string, unknown>>;

export interface GroupRows {
  readonly tables: readonly { readonly table: Table; readonly rows: readonly Row[] }[];
  /** All ids of the group's own rows, in the order in which they were made. */
  readonly ids: readonly string[];
  readonly groupId: string;
  readonly personIds: readonly string[];
}

/** A copy before it is written: what is different in it. */
export interface GroupCopy {
  readonly name: string;
  /** The new id of each of the group's own. */
  readonly ids: ReadonlyMap<string, string>;
  /** By the person's id in the group that is copied. */
  readonly people: ReadonlyMap<string, CopiedPerson>;
}

export interface CopiedPerson {
  readonly personId: string;
  readonly phone: string;
  readonly pinHash: string;
}

const ID = /\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\b/g;

export async function readGroupRows(
  reader: Reader,
  groupId: string,
  personIds: readonly string[],
): Promise<GroupRows> {
  const tables = await listTables(reader);
  const known = new Set([groupId, ...personIds]);
  // What names the group may name something else of it, such as a cycle whose turns do not name the group.
  for (let before = 0; before < known.size; ) {
    before = known.size;
    for (const { rows } of await rowsNaming(reader, tables, known)) {
      for (const row of rows) if (typeof row.id === 'string') known.add(row.id);
    }
  }
  const found = await rowsNaming(reader, tables, known);
  const moved = found.find(({ table }) => table.name === 'transfers');
  invariant(moved === undefined, 'a group that has moved money cannot be copied');
  return {
    tables: found,
    ids: [...known].filter((id) => id.match(ID)).toSorted(byMoment),
    groupId,
    personIds,
  };
}

async function rowsNaming(
  reader: Reader,
  tables: readonly Table[],
  ids: ReadonlySet<string>,
): Promise<GroupRows['tables']> {
  const pattern = [...ids].join('|');
  const found: { table: Table; rows: readonly Row[] }[] = [];
  for (const table of tables) {
    const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table.name)} t
      where to_jsonb(t)::text ~ ${pattern}`.execute(reader);
    if (rows.length > 0) found.push({ table, rows: rows.map(({ row }) => row) });
  }
  return found;
}

function byMoment(left: string, right: string): number {
  const [one, other] = [left.slice(4), right.slice(4)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** New ids for all that a group has, made in the order of the old ones. */
export function drawIds(ids: Ids, group: GroupRows): ReadonlyMap<string, string> {
  return new Map(group.ids.map((id) => [id, ids.next(id.slice(0, 3) as IdPrefix)]));
}

/** One statement for each table, however many copies. */
export async function insertGroupCopies(
  tx: Tx,
  group: GroupRows,
  copies: readonly GroupCopy[],
): Promise<void> {
  await sql`select set_config('session_replication_role', 'replica', true)`.execute(tx);
  for (const { table, rows } of group.tables) {
    const copied = copies.flatMap((copy) => rows.map((row) => copyOf(tx, table, row, copy)));
    await insertRows(tx, table, copied);
  }
}

function copyOf(reader: Reader, table: Table, row: Row, copy: GroupCopy): Row {
  const vault = vaultOf(reader);
  const text = JSON.stringify(row).replaceAll(ID, (id) => copy.ids.get(id) ?? id);
  const renamed = JSON.parse(text) as Record<string, unknown>;
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'string' || !isSealed(value)) continue;
    const place = { table: table.name, column };
    const opened = openText(vault, { ...place, row: String(row.id) }, value);
    renamed[column] = sealText(vault, { ...place, row: String(renamed.id) }, opened);
  }
  if (table.name === 'groups') renamed.name = copy.name;
  const person = table.name === 'people' ? copy.people.get(String(row.id)) : undefined;
  if (person !== undefined) {
    const { personId, phone, pinHash } = person;
    renamed.phone = sealText(vault, { table: 'people', column: 'phone', row: personId }, phone);
    renamed.phone_hash = lookupHash(vault, { kind: 'phone', text: phone });
    renamed.pin_hash = pinHash;
  }
  return renamed;
}

async function insertRows(tx: Tx, table: Table, rows: readonly Row[]): Promise<void> {
  const given = table.columns.filter((column) => !table.numbered.includes(column));
  const columns = sql.join(given.map((column) => sql.ref(column)));
  const type = sql.table(table.name);
  await sql`insert into ${type} (${columns}) select ${columns}
    from jsonb_populate_recordset(null::${type}, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}
