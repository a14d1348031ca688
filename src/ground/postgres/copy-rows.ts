/**
 * Takes all rows of a table out as texts, and puts them back to the byte: what a backup is made of.
 *
 * A row is written as the database itself writes a composite value. It works on both engines, needs no program beside
 * the product (a `pg_dump` older than its server refuses to work, on the night when it matters), and a type of tomorrow
 * is written as well.
 */
import { sql } from 'kysely';
import { Hindrance, type Sentence } from '../refusal.ts';
import type { Reader, Tx } from './database.ts';
import { sqlState } from './in-transaction.ts';
import type { Table } from './list-tables.ts';

/** Fits in memory however long the rows are, and is few enough questions. */
const ROWS_AT_ONCE = 2_000;

/** Times and numbers are written the same way on every server, whatever it is used to. */
export async function writePlainly(tx: Tx): Promise<void> {
  await sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
    set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
    set_config('extra_float_digits', '1', true)`.execute(tx);
}

/** A slow disk or network at the other end must not end the transaction. Standing still for ten minutes does. */
export async function bePatient(tx: Tx): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '10min', true),
    set_config('statement_timeout', '30min', true)`.execute(tx);
}

/** A killed holder's session ends when the server notices: a moment is given for that, and then it is somebody who lives. */
const LONGEST_WAIT = '5s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Holds the lock until the transaction ends; throws the sentence when somebody else has it. */
export async function beTheOnlyOne(tx: Tx, lock: number, otherwise: Sentence): Promise<void> {
  try {
    await sql`select set_config('lock_timeout', ${LONGEST_WAIT}, true)`.execute(tx);
    await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
  } catch (error) {
    if (sqlState(error) === LOCK_NOT_AVAILABLE) throw new Hindrance(otherwise, { cause: error });
    throw error;
  }
}

export async function* rowsOf(tx: Tx, table: Table): AsyncGenerator<string> {
  const from = sql.table(table.name);
  await sql`declare backup_rows no scroll cursor for select t::text as line from ${from} t`.execute(tx);
  for (;;) {
    const page = await sql<{ line: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from backup_rows`.execute(tx);
    for (const { line } of page.rows) yield line;
    if (page.rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close backup_rows`.execute(tx);
}

/** Puts rows into a table whose triggers are off. */
export async function putRows(tx: Tx, table: Table, lines: readonly string[]): Promise<void> {
  const type = sql.table(table.name);
  const columns = sql.join(table.columns.map((name) => sql.ref(name)));
  const values = sql.join(table.columns.map((name) => sql`(s.r).${sql.ref(name)}`));
  // `offset 0` keeps the reading of a row apart from the choosing of its columns: else each column reads it again.
  await sql`insert into ${type} (${columns}) overriding system value select ${values}
    from (select x::${type} as r from unnest(${lines}::text[]) as x offset 0) as s`.execute(tx);
}

/** Turns the triggers of a table off or on. They keep history from being changed; here history is put back. */
export async function letTriggers(tx: Tx, table: Table, run: boolean): Promise<void> {
  const what = sql.raw(run ? 'enable' : 'disable');
  await sql`alter table ${sql.table(table.name)} ${what} trigger user`.execute(tx);
}

/** Takes away what the migrations put there themselves. */
export async function emptyTable(tx: Tx, table: Table): Promise<void> {
  await sql`delete from ${sql.table(table.name)}`.execute(tx);
}

export async function countRows(reader: Reader, table: Table): Promise<bigint> {
  const counted = await sql<{ rows: bigint }>`select count(*) as rows from ${sql.table(table.name)}`.execute(
    reader,
  );
  return counted.rows[0]?.rows ?? 0n;
}

/** Lets numbers that the database gives go on after the largest that is there. */
export async function continueNumbers(tx: Tx, table: Table): Promise<void> {
  for (const column of table.numbered) {
    await sql`select setval(pg_get_serial_sequence(${table.name}, ${column}), largest)
      from (select max(${sql.ref(column)}) as largest from ${sql.table(table.name)}) as m
      where largest is not null`.execute(tx);
  }
}
