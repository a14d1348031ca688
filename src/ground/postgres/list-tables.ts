/**
 * Lists the tables of the product as the database has them, in an order in which they can be filled: what another table
 * refers to comes first.
 *
 * Asked of the database instead of written down, so that a table of tomorrow is in tomorrow's backup.
 */
import { sql } from 'kysely';
import { invariant } from '../refusal.ts';
import type { Reader } from './database.ts';

export interface Table {
  readonly name: string;
  /** In their order, without those that the database computes. */
  readonly columns: readonly string[];
  /** Columns whose numbers the database gives. */
  readonly numbered: readonly string[];
}

/** The migrations' own table is not among them: whoever runs the migrations writes it. */
export async function listTables(reader: Reader): Promise<Table[]> {
  const found = await sql<{ name: string; columns: string[]; numbered: string[]; refers: string[] }>`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attidentity <> '' order by a.attnum) as numbered,
      array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
    order by c.relname`.execute(reader);
  return inOrder(found.rows);
}

/** Fewest questions first: whoever refers to nothing that is still missing may come. */
export function inOrder<T extends { readonly name: string; readonly refers: readonly string[] }>(
  tables: readonly T[],
): T[] {
  const ordered: T[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const ready = left.filter(({ refers }) => !refers.some((name) => names.has(name)));
    invariant(ready.length > 0, `the tables ${[...names].join(', ')} refer to each other in a ring`);
    ordered.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}
