/**
 * Puts the simulator's pages on its server: home, phone, card, books, language and style.
 */
import { readFileSync } from 'node:fs';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { Counter } from '../merchant.ts';
import { booksRoutes } from './books-routes.tsx';
import { cardRoutes } from './card-routes.tsx';
import { HomePage } from './home-page.tsx';
import { NotFoundPage, sendPage } from './layout.tsx';
import { phoneRoutes } from './phone-routes.tsx';
import { LANGUAGE_COOKIE, viewOf } from './view.ts';

export async function registerPages(app: FastifyInstance, counter: Counter): Promise<void> {
  const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
  const { books } = counter;
  await app.register(formbody);
  app.addHook('onSend', async (_request, reply) => {
    // No form-action: a browser applies it to redirects too, and the card page must lead back to the merchant.
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cache-control', 'no-store');
  });

  app.get('/', async (request, reply) => {
    const float = [books.balance('XOF'), books.balance('XAF')];
    return await sendPage(reply, <HomePage view={viewOf(request)} float={float} />);
  });

  app.get<{ Querystring: { to?: string; back?: string } }>('/language/', async (request, reply) => {
    const { to, back = '/' } = request.query;
    // Only paths of this server: an address elsewhere would make this an open redirect.
    const path = /^\/(?![/\\])/.test(back) ? back : '/';
    reply.header('set-cookie', `${LANGUAGE_COOKIE}=${to === 'en' ? 'en' : 'fr'}; Path=/; SameSite=Lax`);
    return await reply.redirect(path, 303);
  });

  app.get('/style.css', async (_request, reply) => await reply.type('text/css').send(style));

  app.setNotFoundHandler(
    async (request, reply) => await sendPage(reply, <NotFoundPage view={viewOf(request)} />, 404),
  );

  phoneRoutes(app, counter);
  booksRoutes(app, counter);
  cardRoutes(app, counter);
}
