/**
 * Writes down that several things became true, in the transaction that made them true and in one statement.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { insertEvents } from './event.rows.ts';
import type { EventToRecord } from './record-event.ts';

export async function recordEvents(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  events: readonly EventToRecord[],
): Promise<void> {
  if (events.length === 0) return;
  const recordedAt = ground.clock.now();
  await insertEvents(
    tx,
    events.map((event) => ({
      id: ground.ids.next('evt'),
      name: event.name,
      subjectId: event.subjectId,
      facts: event.facts ?? {},
      occurredAt: event.occurredAt ?? recordedAt,
      recordedAt,
    })),
  );
}
