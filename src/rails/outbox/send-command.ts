/**
 * Hands one claimed instruction to the provider and writes down the answer.
 *
 * The call happens outside any transaction: a transaction that waits for a network holds its locks meanwhile. A
 * pay-out looks at the float first, so that a low float is the host's trouble and never a refusal to the person, and
 * keeps what the float was before and after, which is the evidence when its answer is lost.
 *
 * The answer is in this process and nowhere else. So while the database is away the writing is tried again as long as
 * the lease lasts: a restart of the database must not turn a payment that was taken into one that people have to look
 * into.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { outlastOutage } from '../../ground/postgres/outlast-outage.ts';
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
/** What leaves later than this might still be under way when its lease ends. */
const PATIENCE_BEFORE_A_CALL_MS = 30_000;
/** Somebody waits for the page that says whether the code was taken. */
const PATIENCE_OF_A_PAGE_MS = 15_000;

export async function sendCommand(
  db: Db,
  ground: Ground,
  rails: Rails,
  command: Command,
  otp?: string,
): Promise<void> {
  const { clock } = ground;
  const leaseUntil = after(clock.now(), SEND_LEASE_MS);
  const payment = await outlastOutage(
    clock,
    after(clock.now(), PATIENCE_BEFORE_A_CALL_MS),
    async () => await findPayment(db, command.paymentId),
  );
  invariant(payment !== undefined, `command ${command.id} has no payment`);
  const write = async (act: (tx: Tx) => Promise<void>): Promise<void> => {
    const patience = otp === undefined ? leaseUntil : after(clock.now(), PATIENCE_OF_A_PAGE_MS);
    await outlastOutage(clock, patience, async () => await inTransaction(db, act));
  };
  if (payment.direction === 'out') {
    await sendPayout(write, ground, rails, command, payment);
    return;
  }
  const answer = await askProvider(rails, payment, otp);
  const { capabilities } = rails.provider;
  await write(async (tx) => await recordCreateAnswer(tx, ground, command, answer, capabilities));
}

async function sendPayout(
  write: (act: (tx: Tx) => Promise<void>) => Promise<void>,
  ground: Ground,
  rails: Rails,
  command: Command,
  payment: Payment,
): Promise<void> {
  const before = await readFloat(rails, payment);
  if (before !== undefined && before < payment.amount) {
    const until = after(ground.clock.now(), FLOAT_RETRY_MS);
    await write(async (tx) => await postponePayout(tx, ground, { command, reason: 'waiting-float', until }));
    return;
  }
  const answer = await askProvider(rails, payment, undefined);
  const afterwards = answer.answer === 'unknown' ? await readFloat(rails, payment) : undefined;
  await write(async (tx) => {
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
