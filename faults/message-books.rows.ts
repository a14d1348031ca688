/**
 * Reads, of each event that may be told, how many messages it has, and what became of all messages: for the checks at the
 * end of a universe.
 */
import { sql } from 'kysely';
import type { EventName } from '../src/ground/events/event.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import type { MessageState } from '../src/wallet/messages/payment-message.ts';

export interface ToldEvent {
  readonly name: EventName;
  readonly facts: Readonly<Record<string, string>>;
  readonly reference: string;
  readonly direction: 'in' | 'out';
  readonly reason: string | undefined;
  readonly messages: number;
}

export async function listToldEvents(db: Db, names: readonly EventName[]): Promise<ToldEvent[]> {
  const found = await sql<
    ToldEvent & { reason: string | null }
  >`select e.name, e.facts, p.reference, p.direction, p.reason,
      (select count(*)::int from payment_messages m where m.event_id = e.id) as messages
    from events e join payments p on p.id = e.subject_id where e.name in (${sql.join(names)}) order by e.id`.execute(
    db,
  );
  return found.rows.map((row) => ({ ...row, reason: row.reason ?? undefined }));
}

/** How often each fact was told of each payment, as `reference fact`. */
export async function countFacts(db: Db): Promise<Map<string, number>> {
  const found = await sql<{
    what: string;
    times: number;
  }>`select p.reference || ' ' || m.fact as what, count(*)::int as times
    from payment_messages m join payments p on p.id = m.payment_id group by 1`.execute(db);
  return new Map(found.rows.map(({ what, times }) => [what, times]));
}

export async function countMessageStates(db: Db): Promise<Map<MessageState, number>> {
  const found = await sql<{
    state: MessageState;
    times: number;
  }>`select state, count(*)::int as times from payment_messages group by 1`.execute(db);
  return new Map(found.rows.map(({ state, times }) => [state, times]));
}
