/**
 * Is the door of the books: looking at them, and bringing the merchant money to pay out.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isCurrency } from '../../../ground/money/currency.ts';
import type { Counter } from '../merchant.ts';
import { BooksPage } from './books-page.tsx';
import { sendPage } from './layout.tsx';
import { viewOf } from './view.ts';

/** The books page shows the newest; the file has them all. */
const SHOWN = 200;

interface BooksRoute {
  Querystring: { notice?: string };
  Body: Readonly<Record<string, string | undefined>> | undefined;
}

export function booksRoutes(app: FastifyInstance, counter: Counter): void {
  app.get<BooksRoute>('/books/', async (request, reply) => await show(counter, request, reply));

  // Whoever changes the language after a mistake comes back to the form's address.
  app.get('/books/float/', async (_request, reply) => await reply.redirect('/books/', 303));

  app.post<BooksRoute>('/books/float/', async (request, reply) => {
    const { amount = '', currency } = request.body ?? {};
    const digits = amount.replaceAll(/\s/g, '');
    const isReadable = /^\d{1,12}$/.test(digits) && isCurrency(currency);
    if (isReadable && counter.books.topUpFloat(currency, BigInt(digits)).ok) {
      return await reply.redirect('/books/?notice=topped-up', 303);
    }
    return await show(counter, request, reply, amount);
  });
}

async function show(
  { books }: Counter,
  request: FastifyRequest<BooksRoute>,
  reply: FastifyReply,
  mistyped?: string,
): Promise<FastifyReply> {
  const lines = books
    .list()
    .slice(-SHOWN)
    .toReversed()
    .map((transaction) => ({ transaction, callbacks: books.callbacksOf(transaction.reference) }));
  const page = (
    <BooksPage
      view={viewOf(request)}
      float={[books.balance('XOF'), books.balance('XAF')]}
      topUps={books.topUps().slice(-SHOWN).toReversed()}
      lines={lines}
      hasNotice={request.query.notice === 'topped-up'}
      mistyped={mistyped}
    />
  );
  return await sendPage(reply, page, mistyped === undefined ? 200 : 422);
}
