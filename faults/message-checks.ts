/**
 * Tells people at the end of a universe what became of their money, by two processes at once and then once more from the
 * very beginning, and wants one message for each fact: written down once, given to the relay once at most, within the
 * day's budget, whoever died with it in hand.
 */
import { MINUTE_MS } from '../src/ground/clock.ts';
import { lockCursor, markCursor } from '../src/ground/events/event-cursor.rows.ts';
import { earliestId } from '../src/ground/identifiers.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { PaymentState } from '../src/rails/payments/payment.ts';
import { factOf, TOLD_EVENTS } from '../src/wallet/messages/payment-message.ts';
import { MESSAGE_READER, writeMessagesOnce } from '../src/wallet/messages/write-messages-once.ts';
import { count } from './coverage.ts';
import { countFacts, countMessageStates, listToldEvents } from './message-books.rows.ts';
import { MOST_TOLD_A_DAY, tellPeople } from './message-steps.ts';
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
            await tellPeople(world, on);
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
  return [...world.surprises, ...untold, ...(await checkFacts(world)), ...(await checkRelay(world))];
}

/** As on a first day that has read nothing, or after a cursor was lost. */
async function begin(world: World): Promise<void> {
  const start = earliestId('evt', new Date(0));
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

/** What reached the relay against what our rows say of it. */
async function checkRelay(world: World): Promise<string[]> {
  const { given } = world.relay;
  const states = await countMessageStates(world.db);
  for (const [state, times] of states) count(world.coverage, `message ${state}`, times);
  const answered = (states.get('sent') ?? 0) + (states.get('failed') ?? 0);
  const unanswered = states.get('sending') ?? 0;
  const texts = given.map(({ message }) => `${message.to} ${message.text}`);
  const days = Map.groupBy(given, ({ day }) => day);
  return [
    ...texts
      .filter((text, place) => texts.indexOf(text) !== place)
      .map((text) => `somebody was told twice: ${text}`),
    ...[...days]
      .filter(([, told]) => told.length > MOST_TOLD_A_DAY)
      .map(([day, told]) => `${told.length} messages left on ${day}, more than the budget`),
    ...(given.length >= answered && given.length <= answered + unanswered
      ? []
      : [`the relay got ${given.length} messages, our rows say ${answered} and perhaps ${unanswered} more`]),
  ];
}
