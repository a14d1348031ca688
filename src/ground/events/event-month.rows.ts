/**
 * Divides the `events` table by months, and reads and drops whole months of it. Its columns are declared in `event.rows.ts`.
 *
 * What an index or a key needs on a part, the database makes when the part is attached.
 */
import { sql } from 'kysely';
import { earliestId, idTime_ms } from '../identifiers.ts';
import type { Month } from '../month.ts';
import { bePatient } from '../postgres/copy-rows.ts';
import type { Db, Reader, Tx } from '../postgres/database.ts';
import { listPartitions } from '../postgres/list-partitions.ts';

/** The check by which the database knows, without reading, that all rows of the rest fit into their months. */
const FITS = 'events_rest_fits';

/** The months that were made, the oldest first. */
export async function listEventMonths(reader: Reader): Promise<Month[]> {
  return (await listPartitions(reader, 'events')).flatMap(({ table, from, until, isFilled }) =>
    until === undefined ? [] : [{ table, from: timeOf(from), until: new Date(idTime_ms(until)), isFilled }],
  );
}

function timeOf(id: string | undefined): Date | undefined {
  return id === undefined ? undefined : new Date(idTime_ms(id));
}

/** When the newest event was made that has no month; nothing when all have one. */
export async function findNewestInRest(reader: Reader): Promise<Date | undefined> {
  const found = await sql<{ id: string | null }>`select max(id) as id from events_rest`.execute(reader);
  return timeOf(found.rows[0]?.id ?? undefined);
}

/** Promises for the rows to come, and still unproven for those that are there: no row is read. */
export async function promiseRestFits(tx: Tx, from: Date | undefined, until: Date): Promise<void> {
  const lowest = from === undefined ? sql`true` : sql`id >= ${sql.lit(earliestId('evt', from))}`;
  await sql`alter table events_rest drop constraint if exists ${sql.id(FITS)},
    add constraint ${sql.id(FITS)} check (${lowest} and id < ${sql.lit(earliestId('evt', until))}) not valid`.execute(
    tx,
  );
}

/** Reads all of them, while everybody else reads and writes. */
export async function proveRestFits(connection: Db): Promise<void> {
  await sql`alter table events_rest validate constraint ${sql.id(FITS)}`.execute(connection);
}

/** The rest becomes a part of its own under a name, and an empty one takes its place; no row is read or moved. */
export async function turnRest(tx: Tx, name: string, from: Date | undefined, until: Date): Promise<void> {
  await sql`alter table events detach partition events_rest`.execute(tx);
  await sql`alter table events_rest rename to ${sql.id(name)}`.execute(tx);
  await attach(tx, name, from, until);
  await sql`alter table ${sql.id(name)} drop constraint ${sql.id(FITS)}`.execute(tx);
  await makeTable(tx, 'events_rest');
  await sql`alter table events attach partition events_rest default`.execute(tx);
}

export async function insertEventMonth(tx: Tx, name: string, from: Date, until: Date): Promise<void> {
  await makeTable(tx, name);
  await attach(tx, name, from, until);
}

async function makeTable(tx: Tx, name: string): Promise<void> {
  await sql`create table ${sql.id(name)} (like events including constraints including storage)`.execute(tx);
  await sql`create trigger events_are_never_emptied before truncate on ${sql.id(name)}
    for each statement execute function refuse_change_of_history()`.execute(tx);
}

async function attach(tx: Tx, name: string, from: Date | undefined, until: Date): Promise<void> {
  const lowest = from === undefined ? sql`minvalue` : sql.lit(earliestId('evt', from));
  await sql`alter table events attach partition ${sql.id(name)}
    for values from (${lowest}) to (${sql.lit(earliestId('evt', until))})`.execute(tx);
}

/** A row as a text of JSON. */
export interface EventLine {
  readonly id: string;
  readonly line: string;
}

/** Rows of one month after an id, in order. */
export async function listEventLines(
  reader: Reader,
  { table }: Month,
  afterId: string,
  limit: number,
): Promise<EventLine[]> {
  const found = await sql<EventLine>`select t.id, to_jsonb(t)::text as line from ${sql.table(table)} t
    where t.id > ${afterId} order by t.id limit ${limit}::int`.execute(reader);
  return found.rows;
}

/** The first and the last id of a month; nothing when it has no rows. */
export async function findEventEnds(
  reader: Reader,
  { table }: Month,
): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const found = await sql<{
    first: string | null;
    last: string | null;
  }>`select min(id) as first, max(id) as last
    from ${sql.table(table)}`.execute(reader);
  const { first = null, last = null } = found.rows[0] ?? {};
  return first === null || last === null ? undefined : { first, last };
}

/** Counts the rows while nobody can add one: readers go on, and nobody writes into a month that is over. */
export async function lockAndCount(tx: Tx, { table }: Month): Promise<bigint> {
  await bePatient(tx);
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
  const counted = await sql<{ rows: bigint }>`select count(*) as rows from ${sql.table(table)}`.execute(tx);
  return counted.rows[0]?.rows ?? 0n;
}

/** Rows and all, at once. */
export async function dropEventMonth(tx: Tx, { table }: Month): Promise<void> {
  await sql`drop table ${sql.table(table)}`.execute(tx);
}
