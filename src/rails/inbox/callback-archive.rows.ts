/**
 * Finds callbacks in `provider_callbacks` whose bytes may leave the database, and writes down where they went. The columns
 * of the table are declared in `provider-callback.rows.ts`.
 */
import type { Selectable } from 'kysely';
import type { Database, Reader, Tx } from '../../ground/postgres/database.ts';

export type ArchivableCallback = Omit<Selectable<Database['provider_callbacks']>, 'due_at' | 'archived_in'>;

/** Those whose bytes may go, the oldest first: nobody will look at them by themselves any more. */
export async function listArchivable(
  reader: Reader,
  before: Date,
  limit: number,
): Promise<ArchivableCallback[]> {
  return await reader
    .selectFrom('provider_callbacks')
    .selectAll()
    .where('received_at', '<', before)
    .where('body', 'is not', null)
    .where('due_at', 'is', null)
    .orderBy('received_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Leaves out what was opened again meanwhile. */
export async function markArchived(tx: Tx, ids: readonly string[], name: string): Promise<number> {
  const done = await tx
    .updateTable('provider_callbacks')
    .set({ body: null, archived_in: name })
    .where('id', 'in', [...ids])
    .where('due_at', 'is', null)
    .where('body', 'is not', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
