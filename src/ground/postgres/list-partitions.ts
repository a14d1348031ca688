/**
 * Lists the parts of a table that is divided by ranges, as the database has them.
 *
 * Asked of the database instead of remembered in a row: a restored database has all rows and other parts.
 */
import { sql } from 'kysely';
import { invariant } from '../refusal.ts';
import type { Reader } from './database.ts';

export interface Partition {
  /** With its schema. */
  readonly table: string;
  /** The lowest key in it; absent where it begins with the first of all. */
  readonly from: string | undefined;
  /** Every key in it is lower; absent for the part that takes whatever has no other. */
  readonly until: string | undefined;
  /** False while it takes no room on disk. */
  readonly isFilled: boolean;
}

/** In the order of their keys; the part for the rest comes last. */
export async function listPartitions(reader: Reader, table: string): Promise<Partition[]> {
  const found = await sql<{ table: string; bound: string; filled: boolean | null }>`
    select n.nspname || '.' || c.relname as table, pg_get_expr(c.relpartbound, c.oid) as bound,
      pg_relation_size(c.oid) > 0 as filled
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where i.inhparent = to_regclass(${table})`.execute(reader);
  return found.rows
    .map((row) => ({ table: row.table, ...boundsOf(row.bound), isFilled: row.filled === true }))
    .toSorted((a, b) => compare(a.until, b.until));
}

function boundsOf(bound: string): Pick<Partition, 'from' | 'until'> {
  if (bound === 'DEFAULT') return { from: undefined, until: undefined };
  const [, from, until] = /^FOR VALUES FROM \((MINVALUE|'[^']+')\) TO \(('[^']+')\)$/.exec(bound) ?? [];
  invariant(from !== undefined && until !== undefined, `a part is bound in a way that is not ours: ${bound}`);
  return { from: from === 'MINVALUE' ? undefined : from.slice(1, -1), until: until.slice(1, -1) };
}

function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
}
