/**
 * Finds the rows of any table that are about one person, by the names that columns of persons have.
 *
 * Asked of the database's own list of tables, so that a table of tomorrow is in tomorrow's answer. Hashes of PINs, codes
 * and tokens stay out: they are ours to keep and nobody's to read.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Table } from '../../ground/postgres/list-tables.ts';

/** Columns with the id of a person, or of something of theirs. */
const ID_COLUMNS = ['person_id', 'owner_id', 'subject_id', 'payment_id', 'member_id', 'scope'];
/** Only where a table knows no person: a payment to somebody's number is the sender's, not theirs. */
const PHONE_COLUMNS = ['phone', 'to_phone'];
const SECRET = /(_hash|^fingerprint|^link|^answer)$/;

export interface About {
  readonly personId: string;
  readonly phone: string;
  /** Ids of what is theirs, such as payments. */
  readonly things: readonly string[];
}

/** Each row as a text of JSON, as the database writes it: no amount goes through a floating-point number. */
export async function listRowsAbout(reader: Reader, table: Table, about: About): Promise<string[]> {
  const ids = table.name === 'people' ? ['id'] : table.columns.filter((name) => ID_COLUMNS.includes(name));
  const phones = table.columns.filter((name) => PHONE_COLUMNS.includes(name));
  const columns = ids.length > 0 ? ids : phones;
  if (columns.length === 0) return [];
  const values = ids.length > 0 ? [about.personId, ...about.things] : [about.phone];
  const secrets = table.columns.filter((name) => SECRET.test(name));
  const matches = columns.map((name) => sql`t.${sql.ref(name)}::text = any(${values}::text[])`);
  const found = await sql<{ line: string }>`select (to_jsonb(t) - ${secrets}::text[])::text as line
    from ${sql.table(table.name)} t where ${sql.join(matches, sql` or `)} order by 1`.execute(reader);
  return found.rows.map(({ line }) => line);
}
