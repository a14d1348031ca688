/**
 * Puts a payment back in line before anything was sent: the float is too low, an equal withdrawal is still open, or its
 * way is stopped.
 *
 * The money of a withdrawal stays held and the person is never blamed; the operator is told once. A deposit waits no
 * longer than its payer was given: after that nobody's phone may ring.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Command, markPostponed } from '../outbox/provider-command.rows.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import { SEND_COMMANDS } from './payment-jobs.ts';

/** Why a payment waits in line; a deposit only for a freeze. */
export type PostponeReason =
  | 'waiting-float' // the provider holds too little for us
  | 'waiting-twin' // an equal withdrawal to the same number is not settled yet
  | 'waiting-freeze'; // an operator stopped this person, number, method or direction

export interface Postponement {
  readonly command: Command;
  readonly reason: PostponeReason;
  readonly until: Date;
}

export async function postponePayout(tx: Tx, ground: Ground, asked: Postponement): Promise<void> {
  const payment = await lockPayment(tx, asked.command.paymentId);
  if (payment === undefined || (payment.state !== 'submitting' && payment.state !== 'created')) return;
  await markPostponed(tx, asked.command.id, asked.until);
  await markPayment(tx, payment.id, { state: 'created', reason: asked.reason, nextActionAt: asked.until });
  await ground.queue.enqueue(tx, SEND_COMMANDS, { startAfter: asked.until });
  if (payment.reason === asked.reason) return;
  const facts = { reason: asked.reason, amount: String(payment.amount), currency: payment.currency };
  await recordEvent(tx, ground, { name: 'payment.postponed', subjectId: payment.id, facts });
  if (asked.reason === 'waiting-float') {
    await recordEvent(tx, ground, { name: 'float.low', subjectId: payment.provider, facts });
  }
}
