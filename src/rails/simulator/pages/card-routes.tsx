/**
 * Is the door of the hosted card page.
 *
 * The number typed is compared with the two test cards and forgotten; afterwards the person is sent back to the merchant
 * with nothing in the address that could be taken for a proof of payment.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findEntry } from '../catalogue.ts';
import type { Counter } from '../merchant.ts';
import type { Transaction } from '../transaction.ts';
import { CardPage } from './card-page.tsx';
import { NotFoundPage, sendPage } from './layout.tsx';
import { ACCEPTED_CARD, REFUSED_CARD } from './test-cards.ts';
import { viewOf } from './view.ts';

interface CardRoute {
  Params: { reference: string };
  Body: Readonly<Record<string, string | undefined>> | undefined;
}

export function cardRoutes(app: FastifyInstance, counter: Counter): void {
  app.get<CardRoute>('/card/:reference/', async (request, reply) => {
    const transaction = cardPayment(counter, request.params.reference);
    return await show(counter, transaction, request, reply);
  });

  app.post<CardRoute>('/card/:reference/', async (request, reply) => {
    const transaction = cardPayment(counter, request.params.reference);
    if (transaction?.state !== 'pending') return await show(counter, transaction, request, reply);
    const { card_number = '', decision } = request.body ?? {};
    const digits = card_number.replaceAll(/[\s-]/g, '');
    if (decision === 'cancel') counter.books.refuse(transaction.reference, 'payer-cancelled');
    else if (digits === ACCEPTED_CARD) counter.books.approve(transaction.reference, 'card-accepted');
    else if (digits === REFUSED_CARD) counter.books.refuse(transaction.reference, 'card-declined');
    else return await show(counter, transaction, request, reply, true);
    return await reply.redirect(returnUrlOf(transaction) ?? `/card/${transaction.reference}/`, 303);
  });
}

function cardPayment({ books }: Counter, reference: string): Transaction | undefined {
  const transaction = books.find(reference);
  return transaction !== undefined && findEntry(transaction.entryId)?.isCard ? transaction : undefined;
}

/** The address the merchant gave, else the history page on the host that receives its callbacks. */
function returnUrlOf({ returnUrl, callbackUrl }: Transaction): string | undefined {
  return returnUrl ?? (callbackUrl && new URL('/wallet/history/', callbackUrl).href);
}

async function show(
  counter: Counter,
  transaction: Transaction | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  isMistyped = false,
): Promise<FastifyReply> {
  const view = viewOf(request);
  if (transaction === undefined) return await sendPage(reply, <NotFoundPage view={view} />, 404);
  const page = (
    <CardPage
      view={view}
      transaction={transaction}
      merchantName={counter.merchant.name}
      returnUrl={returnUrlOf(transaction)}
      isMistyped={isMistyped}
    />
  );
  return await sendPage(reply, page, isMistyped ? 422 : 200);
}
