/**
 * Answers the calls about payments: pay-in, pay-out and the four ways to ask for a status, in both generations.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { after } from '../../../ground/clock.ts';
import type { Direction } from '../../provider.ts';
import { BOOK_REFUSALS } from '../book-refusals.ts';
import type { Counter } from '../merchant.ts';
import type { Transaction } from '../transaction.ts';
import { apiErrorFrom } from './api-error.ts';
import { authenticate } from './authenticate.ts';
import { readPayment, readStatusQuestion } from './read-request.ts';
import { breakConnection, sendCreation } from './send-creation.ts';
import { payinWire, paymentWire, payoutWire, statusWire, transactionEnvelope } from './wire.ts';

export function paymentRoutes(app: FastifyInstance, counter: Counter): void {
  for (const path of ['/payins', '/payments/payin']) {
    app.post(path, async (request, reply) => await create(counter, 'in', request, reply));
  }
  app.post('/payouts', async (request, reply) => await create(counter, 'out', request, reply));
  for (const path of ['/transaction-check', '/payments/direct-status']) {
    app.post(path, async (request) => {
      const generation = authenticate(counter, request);
      const question = readStatusQuestion(request);
      const found = visible(counter, question.order_id);
      // Both references must belong together, or a merchant could settle one payment with another's status.
      if (found.upstreamReference !== question.pay_id) throw apiErrorFrom(BOOK_REFUSALS.transactionUnknown);
      return transactionEnvelope('Transaction status retrieved', statusWire(found), found, generation);
    });
  }
  for (const path of ['/payments/:reference', '/payments/:reference/status']) {
    app.get<{ Params: { reference: string } }>(path, async (request) => {
      const generation = authenticate(counter, request);
      const found = visible(counter, request.params.reference);
      const data = paymentWire(found, counter.clock.now());
      return transactionEnvelope('Payment retrieved', data, found, generation);
    });
  }
}

async function create(
  counter: Counter,
  direction: Direction,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const generation = authenticate(counter, request);
  const asked = readPayment(request, direction, generation);
  const callbackUrl = asked.callbackUrl ?? counter.merchant.dashboardUrl;
  const created = counter.books.create({ ...asked, callbackUrl });
  if (!created.ok) {
    if (created.refusal.code === BOOK_REFUSALS.connectionBroken.code) return breakConnection(reply);
    throw apiErrorFrom(created.refusal);
  }
  const manner = created.value.behaviour;
  counter.books.tick();
  let told = created.value;
  if (manner.callbacks === 'before-answer') await counter.deliver();
  else told = counter.books.find(told.reference) ?? told;
  const data =
    direction === 'in' ? payinWire(told, counter.publicUrl()) : payoutWire(told, counter.publicUrl());
  const message = direction === 'in' ? 'Payment initiated successfully' : 'Payout initiated successfully';
  return await sendCreation(reply, transactionEnvelope(message, data, told, generation), {
    manner: manner.creation,
    waitSlowly: counter.waitSlowly,
  });
}

/** Refuses (404) what is unknown and what its behaviour still hides. */
function visible(counter: Counter, reference: string): Transaction {
  const found = counter.books.find(reference);
  if (found === undefined) throw apiErrorFrom(BOOK_REFUSALS.transactionUnknown);
  if (counter.clock.now() < after(found.createdAt, found.behaviour.hiddenFor_ms)) {
    throw apiErrorFrom(BOOK_REFUSALS.transactionUnknown);
  }
  return found;
}
