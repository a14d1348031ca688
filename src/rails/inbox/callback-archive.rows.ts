/**
 * Finds callbacks in `provider_callbacks` whose bytes may leave the database, and writes down where they went, in sets.
 * The columns of the table are declared in `provider-callback.rows.ts`.
 */
import { type Selectable, sql } from 'kysely';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Database, Reader, Tx } from '../../ground/postgres/database.ts';
import { openBody } from './provider-callback.rows.ts';

export type ArchivableCallback = Omit<Selectable<Database['provider_callbacks']>, 'due_at' | 'archived_in'>;

/** Those whose bytes may go, the oldest first: nobody will look at them by themselves any more. */
export async function listArchivable(
  reader: Reader,
  before: Date,
  limit: number,
): Promise<ArchivableCallback[]> {
  const found = await sql<ArchivableCallback>`select * from provider_callbacks
    where received_at < ${before}::timestamptz and body is not null and due_at is null
    order by received_at, id limit ${limit}`.execute(reader);
  // The file is sealed for whoever opens backups, and outlives the keys of its day.
  return found.rows.map((row) => ({ ...row, body: row.body && openBody(reader, row.id, row.body) }));
}

/** Leaves out what was opened again meanwhile; returns how many went. */
export async function markArchived(tx: Tx, ids: readonly string[], name: string): Promise<number> {
  const done = await sql`update provider_callbacks set body = null, archived_in = ${name}
    where id = any(${arrayText(ids)}::text[]) and due_at is null and body is not null`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}
