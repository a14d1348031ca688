/**
 * Tells people at the end of a universe what became of their money, by two processes at once and then once more from the
 * very beginning, and wants one message for each fact.
 */
import { MINUTE_MS } from '../src/ground/clock.ts';
import { lockCursor, markCursor } from '../src/ground/events/event-cursor.rows.ts';
import { firstId } from '../src/ground/identifiers.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { PaymentState } from '../src/rails/payments/payment.ts';
import { factOf, TOLD_EVENTS } from '../src/wallet/messages/payment-message.ts';
import { MESSAGE_READER, writeMessagesOnce } from '../src/wallet/messages/write-messages-once.ts';
import { countFacts, listToldEvents } from './message-books.rows.ts';
import { letPass, runOn } from './run-on.ts';
import { processOf, type World } from './world.ts';

const READ_AT_ONCE = 20;
/** How often a payment in this state told that its money had moved; one that was taken back may have moved or not. */
const WANTED: Readonly<Partial<Record<PaymentState, number>>> = {
  succeeded: 1,
  failed: 0,
  expired: 0,
  cancelled: 0,
};

export async function checkMessages(world: World): Promise<string[]> {
  await letPass(world, MINUTE_MS);
  for (const _time of ['first', 'again']) {
    await begin(world);
    await Promise.all(
      [0, 1].map(
        async (place) =>
          await runOn(world, processOf(world, place), 'writeMessages', async (on) => {
            while ((await writeMessagesOnce(on.db, world.ground, READ_AT_ONCE)) > 0) {
              // Bounded; more waits.
            }
          }),
      ),
    );
  }
  const events = await listToldEvents(world.db, TOLD_EVENTS);
  const untold = events.flatMap((event) => {
    const wanted = factOf(event, event) === undefined ? 0 : 1;
    return event.messages === wanted
      ? []
      : [`${event.reference}: ${event.name} has ${event.messages} messages, not ${wanted}`];
  });
  return [...world.surprises, ...untold, ...(await checkFacts(world))];
}

/** As on a first day that has read nothing, or after a cursor was lost. */
async function begin(world: World): Promise<void> {
  const start = firstId('evt', new Date(0));
  await inTransaction(world.db, async (tx) => {
    await lockCursor(tx, MESSAGE_READER, start);
    await markCursor(tx, MESSAGE_READER, start);
  });
}

/** Not by the events but by the payments: whoever has the money was told so once. */
async function checkFacts(world: World): Promise<string[]> {
  const told = await countFacts(world.db);
  return world.books.payments.flatMap(({ reference, direction, state }) => {
    const fact = direction === 'in' ? 'arrived' : 'left';
    const times = told.get(`${reference} ${fact}`) ?? 0;
    const wanted = WANTED[state];
    if (wanted === undefined || times === wanted) return [];
    return [`${reference} is ${state}, and "${fact}" was told ${times} times`];
  });
}
