import { expect, test } from 'vitest';
import { SECOND_MS } from '../../ground/clock.ts';
import { MAGIC_NUMBERS } from './magic-numbers.ts';
import { PAYOUT_NUMBERS } from './payout-numbers.ts';
import { statusWord } from './status-word.ts';
import {
  PAYOUT_HEADERS,
  payinBody,
  payinRequest,
  type TestSimulator,
  testBooks,
  testSimulator,
} from './testing/test-simulator.ts';

const OPENING = 20_000n;

/** Books with float, and one pay-out of 5 000 F to a wallet with this ending. */
function paidOut(ending: string) {
  const { books, clock } = testBooks();
  books.topUpFloat('XOF', OPENING);
  const created = books.create(payinRequest({ direction: 'out', wallet: `225050000${ending}` }));
  return { books, clock, created };
}

async function funded(): Promise<TestSimulator> {
  return await testSimulator({ openingFloat: { XOF: OPENING } });
}

test('every ending is there once, in order, with a sentence in both languages', () => {
  const expected = Array.from({ length: 25 }, (_, place) => String(place + 1).padStart(4, '0'));
  expect(PAYOUT_NUMBERS.map(({ ending }) => ending)).toEqual(expected);
  expect(PAYOUT_NUMBERS.every(({ fr, en }) => fr.length > 10 && en.length > 10 && fr !== en)).toBe(true);
});

test('an ending that exists for both directions is answered alike when the request is made', () => {
  for (const { ending, behaviour } of MAGIC_NUMBERS) {
    const twin = PAYOUT_NUMBERS.find((number) => number.ending === ending)?.behaviour;
    expect([ending, twin?.creation, twin?.callbacks]).toEqual([
      ending,
      behaviour.creation,
      behaviour.callbacks,
    ]);
  }
});

/** Ending → the word of the API at once, after 2 s, 32 s, 62 s, and what the float then holds. */
test.each<[string, string, string, string, string, bigint]>([
  ['0001', 'success', 'success', 'success', 'success', 15_000n],
  ['0002', 'processing', 'failed', 'failed', 'failed', 20_000n],
  ['0004', 'processing', 'processing', 'processing', 'processing', 15_000n],
  ['0005', 'processing', 'success', 'success', 'success', 15_000n],
  ['0006', 'processing', 'failed', 'failed', 'success', 15_000n],
  ['0008', 'success', 'success', 'success', 'success', 15_000n],
  ['0009', 'processing', 'success', 'success', 'success', 15_000n],
  ['0012', 'processing', 'success', 'success', 'success', 15_500n],
  ['0013', 'processing', 'success', 'success', 'success', 20_000n],
  ['0014', 'processing', 'treated', 'treated', 'treated', 15_000n],
  ['0016', 'processing', 'success', 'refund', 'refund', 20_000n],
  ['0018', 'processing', 'processing', 'success', 'success', 15_000n],
  ['0023', 'processing', 'success', 'success', 'success', 15_000n],
  ['1234', 'processing', 'success', 'success', 'success', 15_000n],
])('a pay-out to a wallet ending %s: %s, %s, %s, %s; the float holds %s', (ending, ...expected) => {
  const { books, clock, created } = paidOut(ending);
  const reference = created.ok ? created.value.reference : '';
  const words = [0, 2, 30, 30].map((wait_s) => {
    clock.advance(wait_s * SECOND_MS);
    books.tick();
    const found = books.find(reference);
    return found && statusWord(found);
  });
  expect([...words, books.balance('XOF').amount]).toEqual(expected);
});

test.each([
  ['0012', { amount: 4_500n, currency: 'XOF' }, 0n],
  ['0013', { amount: 5_000n, currency: 'XAF' }, -5_000n],
])('a wallet ending %s really receives %o', (ending, moved, xaf) => {
  const { books, clock } = paidOut(ending);
  clock.advance(2 * SECOND_MS);
  books.tick();
  expect(books.list()).toMatchObject([{ state: 'success', moved }]);
  expect(books.balance('XAF').amount).toBe(xaf);
});

test.each([
  ['0003', 'INSUFFICIENT_BALANCE'],
  ['0020', 'BAD_GATEWAY'],
  ['0021', 'RECIPIENT_NOT_FOUND'],
  ['0022', 'CONNECTION_BROKEN'],
  ['0025', 'TOO_MANY_REQUESTS'],
])('nothing is executed for a wallet ending %s: %s', (ending, code) => {
  const { books, created } = paidOut(ending);
  expect(created).toMatchObject({ ok: false, refusal: { code } });
  expect(books.list()).toEqual([]);
  expect(books.balance('XOF').amount).toBe(OPENING);
});

test.each<[string, number, unknown, number]>([
  ['0003', 200, { success: false, error_code: 'INSUFFICIENT_BALANCE' }, 0],
  ['0010', 500, { success: false }, 1],
  ['0021', 422, { success: false, error_code: 'RECIPIENT_NOT_FOUND' }, 0],
  ['0023', 200, { success: false, message: 'An error occurred.' }, 1],
  ['0024', 409, { success: false }, 1],
  ['0025', 429, { success: false, error_code: 'TOO_MANY_REQUESTS' }, 0],
])('over HTTP a wallet ending %s is answered %i %j', async (ending, status, body, executed) => {
  const simulator = await funded();
  const answer = await simulator.callJwt('/payouts', payinBody(ending), PAYOUT_HEADERS);
  expect([answer.status, await answer.json()]).toMatchObject([status, body]);
  expect(simulator.books.list()).toHaveLength(executed);
});

test.each([
  ['0009', 1],
  ['0022', 0],
])('a wallet ending %s breaks the connection; executed: %i', async (ending, executed) => {
  const simulator = await funded();
  await expect(simulator.call('/payouts', payinBody(ending), PAYOUT_HEADERS)).rejects.toThrow();
  expect(simulator.books.list()).toHaveLength(executed);
});

test('the outcome is told by callback where the merchant has an address, and nobody is asked on a phone', async () => {
  const simulator = await funded();
  await simulator.call('/payouts', payinBody(), PAYOUT_HEADERS);
  simulator.clock.advance(2 * SECOND_MS);
  await simulator.step();
  expect(simulator.received).toMatchObject([{ body: expect.stringContaining('"order_id":"MPAYOUT_') }]);
  expect(simulator.books.list()).toMatchObject([{ state: 'success', behaviour: { asksPhone: false } }]);
});
