/**
 * Is the door of the phone: choosing one, looking at it, deciding on a message, asking for a code.
 */
import type { FastifyInstance } from 'fastify';
import { findEntry } from '../catalogue.ts';
import type { Counter } from '../merchant.ts';
import { drawOtp } from '../references.ts';
import type { Transaction } from '../transaction.ts';
import { walletNumber } from '../wallet-number.ts';
import { NotFoundPage, sendPage } from './layout.tsx';
import { PhoneChoicePage } from './phone-choice-page.tsx';
import { type Notice, PhoneScreenPage } from './phone-screen-page.tsx';
import { viewOf } from './view.ts';
import { wordsFor } from './words.ts';

type Typed = Readonly<Record<string, string | undefined>>;

export function phoneRoutes(app: FastifyInstance, counter: Counter): void {
  app.get<{ Querystring: { number?: string } }>('/phone/', async (request, reply) => {
    const typed = request.query.number;
    const wallet = typed === undefined ? undefined : walletNumber(typed);
    if (wallet !== undefined) return await reply.redirect(`/phone/${wallet}/`, 303);
    const known = [...new Set(counter.books.list().map((transaction) => transaction.wallet))].toReversed();
    const waiting = new Set(known.filter((each) => pushesOn(counter, each).length > 0));
    const page = (
      <PhoneChoicePage
        view={viewOf(request)}
        waiting={[...waiting]}
        others={known.filter((each) => !waiting.has(each)).slice(0, 20)}
        mistyped={typed}
      />
    );
    return await sendPage(reply, page, typed === undefined ? 200 : 422);
  });

  app.get<{ Params: { number: string }; Querystring: Typed }>('/phone/:number/', async (request, reply) => {
    const view = viewOf(request);
    const wallet = walletNumber(request.params.number);
    if (wallet === undefined) return await sendPage(reply, <NotFoundPage view={view} />, 404);
    const { code, notice } = request.query;
    const pushes = pushesOn(counter, wallet);
    const received = transactionsOf(counter, wallet).filter((transaction) => !pushes.includes(transaction));
    const page = (
      <PhoneScreenPage
        view={view}
        wallet={wallet}
        merchantName={counter.merchant.name}
        pushes={pushes}
        received={received.slice(0, 20)}
        code={code !== undefined && /^\d{6}$/.test(code) ? code : undefined}
        notice={isNotice(notice) ? notice : undefined}
      />
    );
    return await sendPage(reply, page);
  });

  app.post<{ Params: { number: string } }>('/phone/:number/code/', async (request, reply) => {
    const wallet = walletNumber(request.params.number) ?? '';
    return await reply.redirect(`/phone/${wallet}/?code=${drawOtp(counter.chance)}`, 303);
  });

  app.post<{ Params: { number: string; reference: string }; Body: Typed | undefined }>(
    '/phone/:number/:reference/',
    async (request, reply) => {
      const wallet = walletNumber(request.params.number) ?? '';
      const push = pushesOn(counter, wallet).find(({ reference }) => reference === request.params.reference);
      const notice = push === undefined ? 'late' : decide(counter, push, request.body ?? {});
      return await reply.redirect(`/phone/${wallet}/?notice=${notice}`, 303);
    },
  );
}

/** Does what the payer decided; any secret code of 4 to 6 digits is right, and none is kept. */
function decide({ books }: Counter, push: Transaction, typed: Typed): Notice {
  if (typed.decision === 'approve') {
    if (!/^\d{4,6}$/.test(typed.pin ?? '')) return 'pin';
    return books.approve(push.reference).ok ? 'approved' : 'late';
  }
  if (typed.decision === 'refuse') return books.refuse(push.reference).ok ? 'refused' : 'late';
  return books.putAway(push.reference).ok ? 'ignored' : 'late';
}

/** What waits on the screen of this phone, oldest first. */
function pushesOn({ books }: Counter, wallet: string): Transaction[] {
  return books
    .list()
    .filter(
      (transaction) =>
        transaction.wallet === wallet &&
        transaction.state === 'pending' &&
        transaction.behaviour.asksPhone &&
        !transaction.putAway,
    );
}

/**
 * Everything that this phone's wallet was told, newest first. What was paid by card leaves no message on a phone, and
 * money that is only on its way, or never came, is not announced to the recipient.
 */
function transactionsOf({ books }: Counter, wallet: string): Transaction[] {
  return books
    .list()
    .filter(({ entryId, wallet: owner }) => owner === wallet && !findEntry(entryId)?.isCard)
    .filter(({ direction, state }) => direction === 'in' || state === 'success' || state === 'reversed')
    .toReversed();
}

function isNotice(text: string | undefined): text is Notice {
  return text !== undefined && Object.hasOwn(wordsFor('fr').notices, text);
}
