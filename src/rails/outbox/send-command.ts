/**
 * Hands one claimed instruction to the provider and writes down the answer.
 *
 * The call happens outside any transaction: a transaction that waits for a network holds its locks meanwhile. A
 * pay-out looks at the float first, so that a low float is the host's trouble and never a refusal to the person, and
 * keeps what the float was before and after, which is the evidence when its answer is lost.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { invariant } from '../../ground/refusal.ts';
import { findPayment } from '../payments/payment.rows.ts';
import type { Payment } from '../payments/payment.ts';
import { postponePayout } from '../payments/postpone-payout.ts';
import { recordCreateAnswer } from '../payments/record-create-answer.ts';
import type { Rails } from '../rails.ts';
import { askProvider } from './ask-provider.ts';
import { type Command, markBalanceSeen } from './provider-command.rows.ts';

/**
 * Longer than a send can take: calls of 60 s each when token and list of services are both fetched anew. A living
 * sender must never be taken for a dead one.
 */
export const SEND_LEASE_MS = 240_000;
const FLOAT_RETRY_MS = 2 * MINUTE_MS;

export async function sendCommand(
  db: Db,
  ground: Ground,
  rails: Rails,
  command: Command,
  otp?: string,
): Promise<void> {
  const payment = await findPayment(db, command.paymentId);
  invariant(payment !== undefined, `command ${command.id} has no payment`);
  if (payment.direction === 'out') {
    await sendPayout(db, ground, rails, command, payment);
    return;
  }
  const answer = await askProvider(rails, payment, otp);
  const { capabilities } = rails.provider;
  await inTransaction(db, async (tx) => await recordCreateAnswer(tx, ground, command, answer, capabilities));
}

async function sendPayout(
  db: Db,
  ground: Ground,
  rails: Rails,
  command: Command,
  payment: Payment,
): Promise<void> {
  const before = await readFloat(rails, payment);
  if (before !== undefined && before < payment.amount) {
    const until = after(ground.clock.now(), FLOAT_RETRY_MS);
    await inTransaction(
      db,
      async (tx) => await postponePayout(tx, ground, { command, reason: 'waiting-float', until }),
    );
    return;
  }
  const answer = await askProvider(rails, payment, undefined);
  const afterwards = answer.answer === 'unknown' ? await readFloat(rails, payment) : undefined;
  await inTransaction(db, async (tx) => {
    await markBalanceSeen(tx, command.id, {
      ...(before === undefined ? {} : { before }),
      ...(afterwards === undefined ? {} : { after: afterwards }),
    });
    await recordCreateAnswer(tx, ground, command, answer, rails.provider.capabilities);
  });
}

/** What the provider holds for us in the payment's currency, when it can say. */
async function readFloat(rails: Rails, payment: Payment): Promise<bigint | undefined> {
  try {
    const balance = await rails.provider.readBalance(payment.currency);
    return balance?.balance.amount;
  } catch {
    // Not knowing the float stops nobody: the provider refuses what it cannot pay.
    return undefined;
  }
}
