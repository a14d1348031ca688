/**
 * Reads and writes the `payment_messages` table: what people are told about their payments, one row per event.
 */
import { type Selectable, sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { MessageFact, MessageState, PaymentMessage } from './payment-message.ts';

interface PaymentMessageTable {
  id: string;
  event_id: string;
  payment_id: string;
  person_id: string;
  fact: MessageFact;
  state: MessageState;
  happened_at: Date;
  written_at: Date;
  done_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    payment_messages: PaymentMessageTable;
  }
}

export type NewMessage = Omit<PaymentMessage, 'state' | 'doneAt'>;

/** All wait to be sent; an event that has its message already gets no second one. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx
    .insertInto('payment_messages')
    .values(
      messages.map((message) => ({
        id: message.id,
        event_id: message.eventId,
        payment_id: message.paymentId,
        person_id: message.personId,
        fact: message.fact,
        state: 'waiting' as const,
        happened_at: message.happenedAt,
        written_at: message.writtenAt,
        done_at: null,
      })),
    )
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .execute();
}

/** Locks the oldest messages that wait and that nobody else is looking at. */
export async function lockWaitingMessages(tx: Tx, limit: number): Promise<PaymentMessage[]> {
  const rows = await tx
    .selectFrom('payment_messages')
    .selectAll()
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(toMessage);
}

export async function markMessage(
  tx: Tx,
  id: string,
  now: { readonly state: MessageState; readonly at: Date | undefined },
): Promise<void> {
  await tx
    .updateTable('payment_messages')
    .set({ state: now.state, done_at: now.at ?? null })
    .where('id', '=', id)
    .execute();
}

/** How many messages each of some people got since an instant; who got none is left out. */
export async function countMessagesTo(
  reader: Reader,
  personIds: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  if (personIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('payment_messages')
    .select(['person_id', sql<bigint>`count(*)`.as('sent')])
    .where('person_id', 'in', personIds)
    .where('state', '=', 'sent')
    .where('done_at', '>=', since)
    .groupBy('person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, Number(row.sent)]));
}

/** Oldest first. */
export async function listMessagesOf(reader: Reader, paymentId: string): Promise<PaymentMessage[]> {
  const rows = await reader
    .selectFrom('payment_messages')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map(toMessage);
}

function toMessage(row: Selectable<PaymentMessageTable>): PaymentMessage {
  return {
    id: row.id,
    eventId: row.event_id,
    paymentId: row.payment_id,
    personId: row.person_id,
    fact: row.fact,
    state: row.state,
    happenedAt: row.happened_at,
    writtenAt: row.written_at,
    doneAt: row.done_at ?? undefined,
  };
}
