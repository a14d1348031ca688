/**
 * Writes down that something became true, in the transaction that made it true.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { insertEvent } from './event.rows.ts';
import type { EventName } from './event.ts';

export interface EventToRecord {
  readonly name: EventName;
  readonly subjectId: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** When it happened, if that is earlier than now. */
  readonly occurredAt?: Date;
}

export async function recordEvent(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  event: EventToRecord,
): Promise<void> {
  const recordedAt = ground.clock.now();
  await insertEvent(tx, {
    id: ground.ids.next('evt'),
    name: event.name,
    subjectId: event.subjectId,
    facts: event.facts ?? {},
    occurredAt: event.occurredAt ?? recordedAt,
    recordedAt,
  });
}
