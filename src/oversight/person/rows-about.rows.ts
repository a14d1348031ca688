/**
 * Finds the rows of any table that are about one person, by the names that columns of persons have.
 *
 * Asked of the database's own list of tables, so that a table of tomorrow is in tomorrow's answer. Hashes of PINs, codes
 * and tokens stay out: they are ours to keep and nobody's to read.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Table } from '../../ground/postgres/list-tables.ts';
import { openBytes } from '../../ground/seal/sealed-bytes.ts';
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import { openText } from '../../ground/seal/sealed-text.ts';
import { hashedTexts } from '../../ground/seal/sealing.rows.ts';
import type { Vault } from '../../ground/seal/vault.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

/** Columns with the id of a person, or of something of theirs. */
const ID_COLUMNS = ['person_id', 'owner_id', 'subject_id', 'subject', 'payment_id', 'member_id', 'scope'];
/** Only where a table knows no person: a payment to somebody's number is the sender's, not theirs. */
const PHONE_COLUMNS = ['phone', 'to_phone'];
const SECRET = /(_hash|^fingerprint|^link|^answer)$/;

export interface About {
  readonly personId: string;
  readonly phone: string;
  /** Ids of what is theirs, such as payments. */
  readonly things: readonly string[];
}

/** A row as a text of JSON, and its key where something in it is sealed. */
interface Line {
  readonly line: string;
  readonly key: string | null;
}

/** Each row as a text of JSON, as the database writes it: no amount goes through a floating-point number. */
export async function listRowsAbout(reader: Reader, table: Table, about: About): Promise<string[]> {
  const ids = table.name === 'people' ? ['id'] : table.columns.filter((name) => ID_COLUMNS.includes(name));
  const phones = table.columns.filter((name) => PHONE_COLUMNS.includes(name));
  const columns = ids.length > 0 ? ids : phones;
  if (columns.length === 0) return [];
  const numbers = hashedTexts(reader, { kind: 'phone', text: about.phone });
  // A freeze is about a person or about a number: its subject is either.
  const values = ids.length > 0 ? [about.personId, ...about.things, ...numbers] : numbers;
  const secrets = table.columns.filter((name) => SECRET.test(name));
  const matches = columns.map((name) => sql`t.${sql.ref(name)}::text = any(${values}::text[])`);
  const sealed = SEALED_COLUMNS.filter((column) => column.table === table.name);
  const [first] = sealed;
  const key = first === undefined ? sql`null` : sql`t.${sql.ref(first.row)}`;
  const found = await sql<Line>`select (to_jsonb(t) - ${secrets}::text[])::text as line, ${key} as key
    from ${sql.table(table.name)} t where ${sql.join(matches, sql` or `)} order by 1`.execute(reader);
  return found.rows.map((row) => opened(vaultOf(reader), sealed, row));
}

/** Opened in the text: read as JSON, a large amount would lose its digits. */
function opened(vault: Vault, sealed: readonly SealedColumn[], { line, key }: Line): string {
  return sealed.reduce((text, { table, column, isBytes }) => {
    const place = { table, column, row: key ?? '' };
    if (isBytes) {
      return text.replace(
        new RegExp(`("${column}": )"\\\\\\\\x([0-9a-f]*)"`),
        (_all, name: string, hex: string) => {
          const bytes = openBytes(vault, place, Buffer.from(hex, 'hex'));
          return `${name}${JSON.stringify(Buffer.from(bytes).toString('utf8'))}`;
        },
      );
    }
    // U+0001, as JSON writes it.
    const pattern = new RegExp(`("${column}": )("\\\\u0001[^"]*")`);
    return text.replace(pattern, (_all, name: string, value: string) => {
      return `${name}${JSON.stringify(openText(vault, place, JSON.parse(value) as string))}`;
    });
  }, line);
}
