/**
 * Remembers how far each reader of events has come, in the table `event_cursors`.
 *
 * Facts come up as rows: whoever follows them reads in the order of ids, from where it stopped, under the lock of its own
 * row, so that two processes never read the same stretch at once.
 */
import type { Tx } from '../postgres/database.ts';

interface EventCursorTable {
  reader: string;
  last_id: string;
}

declare module '../postgres/database.ts' {
  interface Database {
    event_cursors: EventCursorTable;
  }
}

/** Locks the place of a reader until the transaction ends; one that never read begins at `start`. */
export async function lockCursor(tx: Tx, reader: string, start: string): Promise<string> {
  const row = await tx
    .insertInto('event_cursors')
    .values({ reader, last_id: start })
    .onConflict((conflict) =>
      conflict.column('reader').doUpdateSet((old) => ({ last_id: old.ref('event_cursors.last_id') })),
    )
    .returning('last_id')
    .executeTakeFirstOrThrow();
  return row.last_id;
}

export async function markCursor(tx: Tx, reader: string, lastId: string): Promise<void> {
  await tx.updateTable('event_cursors').set({ last_id: lastId }).where('reader', '=', reader).execute();
}
