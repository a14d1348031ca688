import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { type PostCallback, type SignedCallback, sendCallbacksOnce } from './send-callbacks-once.ts';
import { signCallback } from './signature.ts';
import { payinRequest, testBooks, WEBHOOK_SECRET } from './testing/test-simulator.ts';

const SIGNING = { secret: WEBHOOK_SECRET, recipe: 'timestamp.body' } as const;

/** Books with one payment of a wallet with this ending, two seconds after its creation. */
function paid(ending: string) {
  const { books, clock } = testBooks();
  const created = books.create(payinRequest({ wallet: `225050000${ending}` }));
  clock.advance(2 * SECOND_MS);
  books.tick();
  const sent: SignedCallback[] = [];
  let answer: Awaited<ReturnType<PostCallback>> = { status: 200 };
  const post: PostCallback = async (callback) => {
    sent.push(callback);
    return answer;
  };
  return {
    books,
    clock,
    sent,
    reference: created.ok ? created.value.reference : '',
    step: async (limit = 100) => await sendCallbacksOnce(books, clock, { limit, signing: SIGNING, post }),
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

function isSignedWell({ body, headers }: SignedCallback): boolean {
  const hex = signCallback(body, headers['x-getmipay-timestamp'] ?? '', SIGNING.secret, SIGNING.recipe);
  return headers['x-getmipay-signature'] === `sha256=${hex}`;
}

test('a callback carries the documented fields and a good signature, and is sent once', async () => {
  const { books, clock, reference, sent, step } = paid('0009');
  expect(await step()).toBe(1);
  expect(await step()).toBe(0);
  expect(sent.map(isSignedWell)).toEqual([true]);
  expect(sent[0]?.headers['x-getmipay-timestamp']).toBe(String(clock.now().getTime() / 1000));
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    order_id: reference,
    soleaspay_reference: books.find(reference)?.upstreamReference,
    status: 'success',
    amount: 5_000,
    currency: 'XOF',
  });
});

test('a callback refused or unanswered comes back after 5 s, 30 s, 2 min, 10 min, 1 h and 6 h, then is given up', async () => {
  const { answerWith, books, clock, reference, sent, step } = paid('0009');
  answerWith({ status: 500 });
  expect(await step()).toBe(1);
  for (const wait_ms of [
    5 * SECOND_MS,
    30 * SECOND_MS,
    2 * MINUTE_MS,
    10 * MINUTE_MS,
    HOUR_MS,
    6 * HOUR_MS,
  ]) {
    clock.advance(wait_ms - 1);
    expect(await step()).toBe(0);
    clock.advance(1);
    answerWith({ complaint: 'connect ECONNREFUSED' });
    expect(await step()).toBe(1);
  }
  clock.advance(100 * HOUR_MS);
  expect(await step()).toBe(0);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  expect(sent.every(isSignedWell)).toBe(true);
  expect(books.callbacksOf(reference)).toMatchObject([
    { attempts: 7, acceptedAt: undefined, nextAt: undefined, evidence: 'connect ECONNREFUSED' },
  ]);
});

test('a redirect is not an acceptance, and an acceptance ends the retries', async () => {
  const { answerWith, books, clock, reference, step } = paid('0009');
  answerWith({ status: 302 });
  await step();
  answerWith({ status: 204 });
  clock.advance(5 * SECOND_MS);
  await step();
  expect(books.callbacksOf(reference)).toMatchObject([{ attempts: 2, evidence: 'HTTP 204' }]);
  clock.advance(HOUR_MS);
  expect(await step()).toBe(0);
});

test('the five duplicates leave together, with the same bytes', async () => {
  const { sent, step } = paid('0005');
  expect(await step()).toBe(5);
  expect(new Set(sent.map(({ body, headers }) => body + headers['x-getmipay-signature'])).size).toBe(1);
});

test('a forged callback comes first and is never repeated; the true one follows', async () => {
  const { answerWith, clock, sent, step } = paid('0017');
  answerWith({ status: 401 });
  expect(await step()).toBe(1);
  clock.advance(SECOND_MS);
  answerWith({ status: 200 });
  expect(await step()).toBe(1);
  expect(sent.map(isSignedWell)).toEqual([false, true]);
  clock.advance(HOUR_MS);
  expect(await step()).toBe(0);
});

test('some payments are never announced', async () => {
  expect(await paid('0007').step()).toBe(0);
});

test('a step sends no more than its limit', async () => {
  const { step } = paid('0005');
  expect([await step(3), await step(3), await step(3)]).toEqual([3, 2, 0]);
});
