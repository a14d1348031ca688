/**
 * Hands one claimed instruction to the provider and writes down the answer.
 *
 * The call happens outside any transaction: a transaction that waits for a network holds its locks meanwhile. Whatever
 * the adapter throws counts as a lost answer, never as a failure.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { invariant } from '../../ground/refusal.ts';
import { findPayment } from '../payments/payment.rows.ts';
import type { Payment } from '../payments/payment.ts';
import { recordCreateAnswer } from '../payments/record-create-answer.ts';
import type { CreateAnswer, Service } from '../provider.ts';
import type { Rails } from '../rails.ts';
import type { Command } from './provider-command.rows.ts';

/** Longer than the provider's own time limit of 30 s, so that a living sender is never taken for a dead one. */
export const SEND_LEASE_MS = 90_000;

export async function sendCommand(
  db: Db,
  ground: Ground,
  rails: Rails,
  command: Command,
  otp?: string,
): Promise<void> {
  const payment = await findPayment(db, command.paymentId);
  invariant(payment !== undefined, `command ${command.id} has no payment`);
  const answer = await askProvider(rails, payment, otp);
  await inTransaction(db, async (tx) => await recordCreateAnswer(tx, ground, command, answer));
}

async function askProvider(rails: Rails, payment: Payment, otp: string | undefined): Promise<CreateAnswer> {
  try {
    const service = await findService(rails, payment);
    // The service left the provider's list between the form and now: nothing was sent.
    if (service === undefined)
      return { answer: 'rejected', code: 'RAIL_DOWN', detail: 'no such service any more' };
    return await rails.provider.createDeposit({
      paymentId: payment.id,
      service,
      amount: { amount: payment.amount, currency: payment.currency },
      phone: payment.phone,
      customerName: 'Tontine Pro',
      description: `Tontine Pro ${payment.reference}`,
      callbackUrl: rails.callbackUrl(payment.id),
      ...(otp === undefined ? {} : { otp }),
    });
  } catch (error) {
    const evidence = `the adapter threw ${error instanceof Error ? error.name : typeof error}`;
    return { answer: 'unknown', phase: 'lost', evidence };
  }
}

async function findService(rails: Rails, payment: Payment): Promise<Service | undefined> {
  const { services } = await rails.provider.listServices();
  return services.find((service) => service.id === payment.serviceId && service.country === payment.country);
}
