/**
 * Reads and writes the `events` table.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../postgres/database.ts';
import type { Event, EventName } from './event.ts';

interface EventTable {
  id: string;
  name: EventName;
  subject_id: string;
  facts: ColumnType<Record<string, string>, string, never>;
  occurred_at: Date;
  recorded_at: Date;
}

declare module '../postgres/database.ts' {
  interface Database {
    events: EventTable;
  }
}

export async function insertEvent(tx: Tx, event: Event): Promise<void> {
  await tx
    .insertInto('events')
    .values({
      id: event.id,
      name: event.name,
      subject_id: event.subjectId,
      facts: JSON.stringify(event.facts),
      occurred_at: event.occurredAt,
      recorded_at: event.recordedAt,
    })
    .execute();
}

/** Everything that happened to one subject, oldest first. */
export async function listEventsOf(reader: Reader, subjectId: string): Promise<Event[]> {
  const rows = await reader
    .selectFrom('events')
    .selectAll()
    .where('subject_id', '=', subjectId)
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    subjectId: row.subject_id,
    facts: row.facts,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
}
