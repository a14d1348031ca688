/**
 * Sends the instructions that are due, and declares lost those whose sender died.
 *
 * Claiming and sending are two transactions with the network between them; the lease tells a crash from slowness.
 */
import { after } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { lockName } from '../../ground/postgres/lock-name.ts';
import { findFreeze } from '../payments/freeze.rows.ts';
import { lockPayment, markPayment } from '../payments/payment.rows.ts';
import type { Payment } from '../payments/payment.ts';
import { findOpenTwin } from '../payments/payment-sums.rows.ts';
import { type PostponeReason, postponePayout } from '../payments/postpone-payout.ts';
import { recordCreateAnswer } from '../payments/record-create-answer.ts';
import type { Rails } from '../rails.ts';
import { sideBySide } from '../side-by-side.ts';
import { type Command, claimCommands, listAbandonedCommands, markFinished } from './provider-command.rows.ts';
import { SEND_LEASE_MS, sendCommand } from './send-command.ts';

/** How soon a pay-out that found an obstacle looks again. */
const OBSTACLE_RETRY_MS = 30_000;

/** Returns how many commands it dealt with; at most `limit` are sent, side by side. */
export async function sendCommandsOnce(db: Db, ground: Ground, rails: Rails, limit: number): Promise<number> {
  const abandoned = await giveUpAbandoned(db, ground, rails, limit);
  const claimed = await inTransaction(db, async (tx) => await claim(tx, ground, limit));
  await sideBySide(claimed, async (command) => await sendCommand(db, ground, rails, command));
  return abandoned + claimed.length;
}

async function claim(tx: Tx, ground: Ground, limit: number): Promise<Command[]> {
  const now = ground.clock.now();
  const commands = await claimCommands(tx, now, after(now, SEND_LEASE_MS), limit);
  const ready: Command[] = [];
  for (const command of commands) {
    const payment = await lockPayment(tx, command.paymentId);
    if (payment?.state !== 'created') {
      // One instruction that makes no sense any more must not keep all others from being sent.
      await markFinished(tx, command.id, 'cancelled', `the payment is ${payment?.state ?? 'not there'}`, now);
      continue;
    }
    if (payment.direction === 'in' && now >= payment.expiresAt) {
      await expireUnsent(tx, ground, payment, command);
      continue;
    }
    const obstacle = await findObstacle(tx, payment);
    if (obstacle !== undefined) {
      await postponePayout(tx, ground, { command, reason: obstacle, until: after(now, OBSTACLE_RETRY_MS) });
      continue;
    }
    await markPayment(tx, payment.id, {
      state: 'submitting',
      reason: null,
      submittedAt: payment.submittedAt ?? now,
    });
    await recordEvent(tx, ground, { name: 'payment.submitting', subjectId: payment.id });
    ready.push(command);
  }
  return ready;
}

/** After an outage nobody's phone rings for a deposit of hours ago: nothing has left, and nothing will. */
async function expireUnsent(tx: Tx, ground: Ground, payment: Payment, command: Command): Promise<void> {
  const reason = 'sent-too-late';
  await markFinished(tx, command.id, 'cancelled', reason, ground.clock.now());
  await markPayment(tx, payment.id, { state: 'expired', reason, nextActionAt: null });
  await recordEvent(tx, ground, { name: 'payment.expired', subjectId: payment.id, facts: { reason } });
}

/** What stands in the way before anything leaves: a freeze of either direction, and of a pay-out its twin. */
async function findObstacle(tx: Tx, payment: Payment): Promise<PostponeReason | undefined> {
  if ((await findFreeze(tx, payment)) !== undefined) return 'waiting-freeze';
  if (payment.direction === 'in') return undefined;
  // Two senders must not both find no twin.
  await lockName(tx, `payout ${payment.serviceId} ${payment.phone} ${payment.amount}`);
  return (await findOpenTwin(tx, payment)) === undefined ? undefined : 'waiting-twin';
}

/** A sender that did not come back may have sent: its answer is lost, and the payment is open. */
async function giveUpAbandoned(db: Db, ground: Ground, rails: Rails, limit: number): Promise<number> {
  const commands = await listAbandonedCommands(db, ground.clock.now(), limit);
  const evidence = 'the sender stopped before the answer was written';
  const answer = { answer: 'unknown', phase: 'lost', evidence } as const;
  // Each in a transaction of its own, payment first as the sender does it: no two of them can wait for each other.
  await sideBySide(commands, async (command) =>
    inTransaction(
      db,
      async (tx) => await recordCreateAnswer(tx, ground, command, answer, rails.provider.capabilities),
    ),
  );
  return commands.length;
}
