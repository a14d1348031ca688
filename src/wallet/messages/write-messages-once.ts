/**
 * Writes down what people must be told about their payments, by following the events that settling leaves behind.
 *
 * Settling knows nothing of messages: each of its events is a row of the transaction that moved the money, and is read here
 * in the order of ids. An id is made a little before its transaction commits, so the newest seconds are left for the next
 * look; what was not committed by then is not told. Reading on and writing are one transaction, and an event has one
 * message at most, whoever reads and however often.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import { listEventsBetween } from '../../ground/events/event.rows.ts';
import { lockCursor, markCursor } from '../../ground/events/event-cursor.rows.ts';
import type { Ground } from '../../ground/ground.ts';
import { earliestId } from '../../ground/identifiers.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { findPayments } from '../../rails/payments/payment-set.rows.ts';
import { insertMessages, type NewMessage } from './payment-message.rows.ts';
import { factOf, TOLD_EVENTS } from './payment-message.ts';

/** Longer than a settling transaction takes and than the clocks of two processes differ. */
export const EVENTS_SETTLE_MS = 10 * SECOND_MS;

export const MESSAGE_READER = 'payment-messages';

/** How many events were read, `limit` at most. The first look ever reads none: nobody is told what is long past. */
export async function writeMessagesOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  return await inTransaction(db, async (tx) => {
    const now = ground.clock.now();
    const before = earliestId('evt', after(now, -EVENTS_SETTLE_MS));
    const from = await lockCursor(tx, MESSAGE_READER, before);
    if (from >= before) return 0;
    const events = await listEventsBetween(tx, { names: TOLD_EVENTS, after: from, before, limit });
    const payments = await findPayments(
      tx,
      events.map((event) => event.subjectId),
    );
    const messages = events.flatMap((event): NewMessage[] => {
      const payment = payments.get(event.subjectId);
      const fact = payment && factOf(event, payment);
      if (payment === undefined || fact === undefined) return [];
      return [
        {
          id: ground.ids.next('sms'),
          eventId: event.id,
          paymentId: payment.id,
          personId: payment.ownerId,
          fact,
          happenedAt: event.occurredAt,
          writtenAt: now,
        },
      ];
    });
    await insertMessages(tx, messages);
    const last = events.at(-1);
    await markCursor(tx, MESSAGE_READER, events.length < limit || last === undefined ? before : last.id);
    return events.length;
  });
}
