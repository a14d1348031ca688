import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { MAGIC_NUMBERS } from './magic-numbers.ts';
import { statusWord } from './status-word.ts';
import {
  PAYIN_HEADERS,
  payinBody,
  payinRequest,
  testBooks,
  testSimulator,
} from './testing/test-simulator.ts';

test.each([
  '+225050000',
  '+225070000',
  '+22177123',
  '+229019700',
  '+2289012',
  '+2267012',
  '+2237612',
  '+23767000',
])('every ending makes a valid mobile number after %s', (stem) => {
  for (const { ending } of MAGIC_NUMBERS) {
    const parsed = parsePhoneNumberFromString(stem + ending);
    expect([ending, parsed?.isValid(), parsed?.getType()]).toEqual([ending, true, 'MOBILE']);
  }
});

test('every ending is there once, in order, with a sentence in both languages', () => {
  const expected = Array.from({ length: 20 }, (_, place) => String(place + 1).padStart(4, '0'));
  expect(MAGIC_NUMBERS.map(({ ending }) => ending)).toEqual(expected);
  expect(MAGIC_NUMBERS.every(({ fr, en }) => fr.length > 10 && en.length > 10 && fr !== en)).toBe(true);
});

/** Ending → the word of the API at once, after 2 s, after 32 s, after 62 s. */
test.each<[string, string, string, string, string]>([
  ['0001', 'success', 'success', 'success', 'success'],
  ['0002', 'pending', 'failed', 'failed', 'failed'],
  ['0004', 'pending', 'pending', 'pending', 'pending'],
  ['0005', 'pending', 'success', 'success', 'success'],
  ['0006', 'pending', 'timeout', 'timeout', 'success'],
  ['0008', 'success', 'success', 'success', 'success'],
  ['0009', 'pending', 'success', 'success', 'success'],
  ['0014', 'pending', 'treated', 'treated', 'treated'],
  ['0016', 'pending', 'success', 'refund', 'refund'],
  ['0018', 'pending', 'pending', 'success', 'success'],
  ['1234', 'pending', 'pending', 'pending', 'pending'],
])('a wallet ending %s: %s, %s, %s, %s', (ending, ...words) => {
  const { books, clock } = testBooks();
  const created = books.create(payinRequest({ wallet: `225050000${ending}` }));
  const reference = created.ok ? created.value.reference : '';
  const seen = [0, 2, 30, 30].map((wait_s) => {
    clock.advance(wait_s * SECOND_MS);
    books.tick();
    const found = books.find(reference);
    return found && statusWord(found);
  });
  expect(seen).toEqual(words);
});

test('silence lasts for ever', () => {
  const { books, clock } = testBooks();
  books.create(payinRequest({ wallet: '2250500000004' }));
  clock.advance(365 * 24 * 60 * MINUTE_MS);
  expect(books.tick()).toBe(0);
  expect(books.list()).toMatchObject([{ state: 'pending' }]);
});

test.each([
  ['0012', { amount: 4_500n, currency: 'XOF' }, { XOF: 4_423n, XAF: 0n }],
  ['0013', { amount: 5_000n, currency: 'XAF' }, { XOF: 0n, XAF: 4_915n }],
])('a wallet ending %s pays %o, and the float holds exactly that', (ending, moved, float) => {
  const { books, clock } = testBooks();
  books.create(payinRequest({ wallet: `225050000${ending}` }));
  clock.advance(2 * SECOND_MS);
  books.tick();
  expect(books.list()).toMatchObject([{ state: 'success', moved }]);
  expect(books.balance('XOF').amount).toBe(float.XOF);
  expect(books.balance('XAF').amount).toBe(float.XAF);
});

test('insufficient funds: HTTP 200 that says no, and nothing was created', async () => {
  const simulator = await testSimulator();
  const answer = await simulator.call('/payins', payinBody('0003'), PAYIN_HEADERS);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ success: false, error_code: 'INSUFFICIENT_FUNDS' });
  expect(simulator.books.list()).toEqual([]);
});

test('the callback arrives before the answer, which still says pending', async () => {
  const simulator = await testSimulator();
  const answer = await simulator.callJwt('/payins', payinBody('0008'), PAYIN_HEADERS);
  expect(simulator.received).toHaveLength(1);
  expect(await answer.json()).toMatchObject({ data: { status: 'pending' } });
});

test.each<[string, string, (answer: Response) => Promise<unknown>, unknown]>([
  ['0010', 'HTTP 500', async (answer) => answer.status, 500],
  ['0011', 'half of the JSON', async (answer) => await answer.json().catch(() => 'unreadable'), 'unreadable'],
  ['0015', 'the true answer, late', async (answer) => answer.status, 200],
  ['0019', 'an empty 200', async (answer) => [answer.status, await answer.text()], [200, '']],
])('a wallet ending %s executes and answers %s', async (ending, _name, read, expected) => {
  const simulator = await testSimulator();
  expect(await read(await simulator.call('/payins', payinBody(ending), PAYIN_HEADERS))).toEqual(expected);
  simulator.clock.advance(2 * SECOND_MS);
  await simulator.step();
  expect(simulator.books.list()).toMatchObject([{ state: 'success' }]);
  expect(simulator.received).toHaveLength(1);
});

test('a broken connection executes and tells the outcome by callback only', async () => {
  const simulator = await testSimulator();
  await expect(simulator.call('/payins', payinBody('0009'), PAYIN_HEADERS)).rejects.toThrow();
  simulator.clock.advance(2 * SECOND_MS);
  await simulator.step();
  expect(simulator.received).toHaveLength(1);
});

test('a gateway page of HTML, and nothing was executed', async () => {
  const simulator = await testSimulator();
  const answer = await simulator.call('/payins', payinBody('0020'), PAYIN_HEADERS);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await answer.text()).toContain('<html>');
  expect(simulator.books.list()).toEqual([]);
});

test('a payment is not found for half a minute, then it is', async () => {
  const simulator = await testSimulator();
  const created = await simulator.call('/payins', payinBody('0018'), PAYIN_HEADERS);
  const { data } = (await created.json()) as {
    data: { transaction_reference: string; soleaspay_reference: string };
  };
  const question = { order_id: data.transaction_reference, pay_id: data.soleaspay_reference };
  expect((await simulator.call('/transaction-check', question)).status).toBe(404);
  simulator.clock.advance(30 * SECOND_MS);
  const found = await simulator.call('/transaction-check', question);
  expect(await found.json()).toMatchObject({ data: { status: 'success', amount: 5_000 } });
});
