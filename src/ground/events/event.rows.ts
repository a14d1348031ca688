/**
 * Reads and writes the `events` table.
 */
import { type ColumnType, type Selectable, sql } from 'kysely';
import { earliestId } from '../identifiers.ts';
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
  await sql`/* keep: event */ insert into events (id, name, subject_id, facts, occurred_at, recorded_at)
    values (${event.id}, ${event.name}, ${event.subjectId}, ${JSON.stringify(event.facts)}::jsonb,
      ${event.occurredAt}, ${event.recordedAt})`.execute(tx);
}

/** In one statement, whatever their number. */
export async function insertEvents(tx: Tx, events: readonly Event[]): Promise<void> {
  const rows = events.map((event) => ({
    id: event.id,
    name: event.name,
    subject_id: event.subjectId,
    facts: event.facts,
    occurred_at: event.occurredAt,
    recorded_at: event.recordedAt,
  }));
  await sql`/* keep: events */ insert into events (id, name, subject_id, facts, occurred_at, recorded_at)
    select id, name, subject_id, facts, occurred_at, recorded_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id text, name text, subject_id text, facts jsonb,
      occurred_at timestamptz, recorded_at timestamptz)`.execute(tx);
}

/** Events of some names between two ids, both excluded, in their order. */
export async function listEventsBetween(
  reader: Reader,
  between: {
    readonly names: readonly EventName[];
    readonly after: string;
    readonly before: string;
    readonly limit: number;
  },
): Promise<Event[]> {
  const rows = await reader
    .selectFrom('events')
    .selectAll()
    .where('name', 'in', between.names)
    .where('id', '>', between.after)
    .where('id', '<', between.before)
    .orderBy('id')
    .limit(between.limit)
    .execute();
  return rows.map(toEvent);
}

/** Everything that happened to one subject, oldest first; what was written down before `since` is not looked for. */
export async function listEventsOf(reader: Reader, subjectId: string, since = new Date(0)): Promise<Event[]> {
  const rows = await reader
    .selectFrom('events')
    .selectAll()
    .where('subject_id', '=', subjectId)
    .where('id', '>=', earliestId('evt', since))
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(toEvent);
}

function toEvent(row: Selectable<EventTable>): Event {
  return {
    id: row.id,
    name: row.name,
    subjectId: row.subject_id,
    facts: row.facts,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}
