/**
 * Searches a whole database for words, as a thief of it would: every column of every table, bytes included.
 */
import { sql } from 'kysely';
import type { Db } from '../postgres/database.ts';

/** Where any of the words stands, as `table.column`, in alphabetical order. */
export async function placesOf(db: Db, words: readonly string[]): Promise<string[]> {
  const columns = await sql<{ schema: string; name: string; column: string; type: string }>`
    select n.nspname as schema, c.relname as name, a.attname as column, a.atttypid::regtype::text as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped order by 1, 2, 3`.execute(db);
  const found: string[] = [];
  for (const { schema, name, column, type } of columns.rows) {
    const ref = sql`t.${sql.ref(column)}`;
    const text = type === 'bytea' ? sql`encode(${ref}, 'escape')` : sql`${ref}::text`;
    const hits = words.map((word) => sql`position(${word}::text in ${text}) > 0`);
    const row = await sql`select 1 from ${sql.table(`${schema}.${name}`)} t
      where ${sql.join(hits, sql` or `)} limit 1`.execute(db);
    if (row.rows.length > 0) found.push(`${name}.${column}`);
  }
  return found;
}
