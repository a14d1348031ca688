/**
 * Sends the messages that wait, a limited number at once, within the day's budget for text messages.
 *
 * Whether one leaves is decided and written before the gateway is called, outside any transaction: a process that dies in
 * between leaves a message that nobody knows to be sent, and it is not sent again. Two messages about one payment would
 * frighten more than none.
 */
import { after, DAY_MS, HOUR_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { findPeople } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import type { SmsGateway, SmsMessage } from '../../people/sms-gateway.ts';
import { spendSms } from '../../people/spend-sms.ts';
import { findPayments } from '../../rails/payments/payment-set.rows.ts';
import { sideBySide } from '../../rails/side-by-side.ts';
import { countMessagesTo, lockWaitingMessages, markMessage } from './payment-message.rows.ts';
import { type MessageState, messageText, type PaymentMessage } from './payment-message.ts';

/** Who moves money more often than this in a day watches it on the pages; nobody can spend the budget of all. */
const MOST_A_DAY = 12;
const NEWS_FOR_MS = HOUR_MS;

export interface MessageOptions {
  readonly sms: SmsGateway;
  /** The whole installation's budget for text messages in a day. */
  readonly perDay: number;
  readonly limit: number;
}

/** How many messages were dealt with. */
export async function sendMessagesOnce(db: Db, ground: Ground, options: MessageOptions): Promise<number> {
  const { seen, ready } = await inTransaction(db, async (tx) => await prepare(tx, ground, options));
  await sideBySide(ready, async ({ id, sms }) => {
    const state = await options.sms.send(sms);
    await inTransaction(db, async (tx) => await markMessage(tx, id, { state, at: ground.clock.now() }));
  });
  return seen;
}

interface Ready {
  readonly id: string;
  readonly sms: SmsMessage;
}

async function prepare(
  tx: Tx,
  ground: Ground,
  options: MessageOptions,
): Promise<{ readonly seen: number; readonly ready: readonly Ready[] }> {
  const waiting = await lockWaitingMessages(tx, options.limit);
  const at = ground.clock.now();
  const personIds = [...new Set(waiting.map((message) => message.personId))];
  const people = await findPeople(tx, personIds);
  const sent = await countMessagesTo(tx, personIds, after(at, -DAY_MS));
  const payments = await findPayments(
    tx,
    waiting.map((message) => message.paymentId),
  );
  const ready: Ready[] = [];
  for (const message of waiting) {
    const person = people.get(message.personId);
    const payment = payments.get(message.paymentId);
    const already = sent.get(message.personId) ?? 0;
    const hindrance =
      hindranceOf(message, person, { at, already }) ?? (await overBudget(tx, ground, options));
    if (hindrance !== undefined || person === undefined || payment === undefined) {
      await markMessage(tx, message.id, { state: hindrance ?? 'unwanted', at });
      continue;
    }
    await markMessage(tx, message.id, { state: 'sending', at: undefined });
    sent.set(message.personId, already + 1);
    const text = messageText(message.fact, payment, person.locale);
    ready.push({ id: message.id, sms: { to: person.phone, text } });
  }
  return { seen: waiting.length, ready };
}

function hindranceOf(
  message: PaymentMessage,
  person: Person | undefined,
  now: { readonly at: Date; readonly already: number },
): MessageState | undefined {
  if (person === undefined || person.erasedAt !== undefined || !person.wantsMessages) return 'unwanted';
  if (after(message.happenedAt, NEWS_FOR_MS) < now.at) return 'too-late';
  return now.already >= MOST_A_DAY ? 'kept-back' : undefined;
}

async function overBudget(
  tx: Tx,
  ground: Ground,
  { perDay }: MessageOptions,
): Promise<MessageState | undefined> {
  return (await spendSms(tx, ground, { perDay, kind: 'movement' })).ok ? undefined : 'kept-back';
}
