import { expect, test } from 'vitest';
import { SECOND_MS } from '../../../ground/clock.ts';
import { MAGIC_NUMBERS } from '../magic-numbers.ts';
import { PAYOUT_NUMBERS } from '../payout-numbers.ts';
import {
  PAYIN_HEADERS,
  PAYOUT_HEADERS,
  payinBody,
  type TestSimulator,
  testSimulator,
} from '../testing/test-simulator.ts';

const PHONE = '/phone/2250500001234/';

async function page(simulator: TestSimulator, path: string, cookie = ''): Promise<string> {
  const answer = await fetch(simulator.url + path, { headers: { cookie } });
  return await answer.text();
}

async function submit(
  simulator: TestSimulator,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  return await fetch(simulator.url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
}

async function askedFor(simulator: TestSimulator, service = '30', differences: object = {}): Promise<string> {
  const headers = { ...PAYIN_HEADERS, service };
  const answer = await simulator.call('/payins', payinBody('1234', differences), headers);
  return ((await answer.json()) as { reference: string }).reference;
}

test('somebody opens the phone, sees what is asked, and approves', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator);
  expect(await page(simulator, '/phone/')).toContain(`href="${PHONE}"`);
  const screen = await page(simulator, PHONE);
  expect(screen).toContain('Payer 5\u00a0000\u00a0F\u00a0CFA à Tontine Pro ?');
  expect(screen).toContain(reference);
  const form = /action="([^"]+MPAYIN[^"]+)"/.exec(screen)?.[1] ?? '';
  const answer = await submit(simulator, form, { decision: 'approve', pin: '1234' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PHONE}?notice=approved`]);
  expect(simulator.books.find(reference)?.state).toBe('success');
  const afterwards = await page(simulator, `${PHONE}?notice=approved`);
  expect(afterwards).toContain('Paiement confirmé.');
  expect(afterwards).toContain('5\u00a0000\u00a0F\u00a0CFA pour Tontine Pro');
  await simulator.step();
  expect(simulator.received).toHaveLength(1);
});

test.each<[Record<string, string>, string, string]>([
  [{ decision: 'approve', pin: '' }, 'pin', 'pending'],
  [{ decision: 'approve', pin: '12ab' }, 'pin', 'pending'],
  [{ decision: 'refuse', pin: '' }, 'refused', 'failed'],
  [{ decision: 'ignore' }, 'ignored', 'pending'],
])('the decision %j tells "%s" and leaves the payment %s', async (fields, notice, state) => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator);
  const answer = await submit(simulator, `${PHONE}${reference}/`, fields);
  expect(answer.headers.get('location')).toBe(`${PHONE}?notice=${notice}`);
  expect(simulator.books.find(reference)?.state).toBe(state);
});

test('an ignored message is gone from the screen, and a second decision comes too late', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator);
  await submit(simulator, `${PHONE}${reference}/`, { decision: 'ignore' });
  expect(await page(simulator, PHONE)).not.toContain('class="push"');
  const answer = await submit(simulator, `${PHONE}${reference}/`, { decision: 'approve', pin: '1234' });
  expect(answer.headers.get('location')).toBe(`${PHONE}?notice=late`);
  expect(simulator.books.find(reference)?.state).toBe('pending');
});

test('nobody decides from another phone', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator);
  await submit(simulator, `/phone/2250500004321/${reference}/`, { decision: 'approve', pin: '1234' });
  expect(simulator.books.find(reference)?.state).toBe('pending');
});

test('the screen refreshes while it waits and holds still while a code is typed', async () => {
  const simulator = await testSimulator();
  expect(await page(simulator, PHONE)).toContain('http-equiv="refresh" content="5"');
  await askedFor(simulator);
  expect(await page(simulator, PHONE)).not.toContain('http-equiv="refresh"');
});

test('the operator’s menu gives a code that the API accepts', async () => {
  const simulator = await testSimulator();
  const answer = await submit(simulator, '/phone/2250700001234/code/', {});
  const target = answer.headers.get('location') ?? '';
  const otp = /^\/phone\/2250700001234\/\?code=(\d{6})$/.exec(target)?.[1] ?? '';
  expect(await page(simulator, target)).toContain(otp);
  const headers = { operation: '2', service: '3', otp };
  const created = await simulator.call('/payins', payinBody('1234', { wallet: '0700001234' }), headers);
  expect(created.status).toBe(200);
});

test.each([
  ['%2B225 05 00 00 12 34', 303],
  ['002250500001234', 303],
  ['0500001234', 422],
  ['<script>', 422],
])('typing the number %s answers %i', async (typed, status) => {
  const simulator = await testSimulator();
  const answer = await fetch(`${simulator.url}/phone/?number=${typed}`, { redirect: 'manual' });
  expect(answer.status).toBe(status);
  if (status === 303) expect(answer.headers.get('location')).toBe(PHONE);
  else expect(await answer.text()).toContain('role="alert"');
});

test.each<[string, Record<string, string>, number, string]>([
  ['the good test card', { card_number: '4242 4242 4242 4242', decision: 'pay' }, 303, 'success'],
  ['the declined test card', { card_number: '4000000000000002', decision: 'pay' }, 303, 'failed'],
  ['any other card', { card_number: '5555 5555 5555 4444', decision: 'pay' }, 422, 'pending'],
  ['no card', { decision: 'pay' }, 422, 'pending'],
  ['a second thought', { decision: 'cancel' }, 303, 'failed'],
])('the card page with %s', async (_name, fields, status, state) => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator, '71');
  expect(await page(simulator, `/card/${reference}/`)).toContain(
    'Ne tapez jamais le numéro d’une vraie carte',
  );
  const answer = await submit(simulator, `/card/${reference}/`, fields);
  expect([answer.status, simulator.books.find(reference)?.state]).toEqual([status, state]);
  if (status === 303) expect(answer.headers.get('location')).toBe('http://merchant.test/wallet/history/');
  else expect(await answer.text()).not.toContain('5555');
});

test('the card page returns to the address that the merchant gave, and pays once', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator, '71', { return_url: 'https://merchant.test/back/' });
  const card = { card_number: '4242424242424242', decision: 'pay' };
  const first = await submit(simulator, `/card/${reference}/`, card);
  expect(first.headers.get('location')).toBe('https://merchant.test/back/');
  const second = await submit(simulator, `/card/${reference}/`, card);
  expect(await second.text()).toContain('Ce paiement est terminé.');
  expect(simulator.books.list()).toHaveLength(1);
  expect(simulator.books.balance('XOF').amount).toBe(4_825n);
});

test('a mobile payment has no card page', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator);
  const answer = await submit(simulator, `/card/${reference}/`, {
    card_number: '4242424242424242',
    decision: 'pay',
  });
  expect([answer.status, simulator.books.find(reference)?.state]).toEqual([404, 'pending']);
});

test('the home page lists every magic number, in both languages', async () => {
  const simulator = await testSimulator();
  const [french, english] = [await page(simulator, '/'), await page(simulator, '/', 'simulator_language=en')];
  expect(french).toContain('<html lang="fr">');
  expect(english).toContain('<html lang="en">');
  for (const { ending, fr, en } of [...MAGIC_NUMBERS, ...PAYOUT_NUMBERS]) {
    expect(french).toContain(`>${ending}</a>`);
    expect(french).toContain(fr);
    expect(english.replaceAll('&quot;', '"')).toContain(en);
  }
});

test('the language is remembered, and leads back to this server only', async () => {
  const simulator = await testSimulator();
  const change = async (back: string) =>
    await fetch(`${simulator.url}/language/?to=en&back=${encodeURIComponent(back)}`, { redirect: 'manual' });
  const answer = await change('/books/');
  expect(answer.headers.get('location')).toBe('/books/');
  expect(answer.headers.get('set-cookie')).toContain('simulator_language=en');
  for (const elsewhere of ['https://other.test/', '//other.test/', '/\\other.test/']) {
    expect((await change(elsewhere)).headers.get('location')).toBe('/');
  }
});

test('the books show operations, fees, reasons and the fate of callbacks; what merchants type is escaped', async () => {
  const simulator = await testSimulator({ callbacks: async () => ({ status: 503 }) });
  await askedFor(simulator, '30', { wallet: '2250500000001', description: '<script>alert(1)</script>' });
  await askedFor(simulator, '30', { description: '<script>alert(1)</script>' });
  await simulator.step();
  const books = await page(simulator, '/books/');
  expect(books).toContain('Encaissement');
  expect(books).toContain('85\u00a0F\u00a0CFA');
  expect(books).toContain('en attente (1 essai, HTTP 503)');
  expect(await page(simulator, PHONE)).not.toContain('<script');
});

test('money that arrives is told to the phone, and what never came is not', async () => {
  const simulator = await testSimulator({ openingFloat: { XOF: 20_000n } });
  const received = '5\u00a0000\u00a0F\u00a0CFA reçus de Tontine Pro';
  await simulator.call('/payouts', payinBody(), PAYOUT_HEADERS);
  expect(await page(simulator, PHONE)).not.toContain(received);
  simulator.clock.advance(2 * SECOND_MS);
  const screen = await page(simulator, PHONE);
  expect(screen).toContain(received);
  expect(screen).toContain('versé');
  expect(screen).not.toContain('class="push"');
  await simulator.call('/payouts', payinBody('0002'), PAYOUT_HEADERS);
  simulator.clock.advance(2 * SECOND_MS);
  expect(await page(simulator, '/phone/2250500000002/')).not.toContain(received);
});

test('somebody brings the merchant money on the books page, and sees where it went', async () => {
  const simulator = await testSimulator({ openingFloat: { XOF: 1_000n } });
  const answer = await submit(simulator, '/books/float/', { amount: '100 000', currency: 'XOF' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/books/?notice=topped-up']);
  await simulator.call('/payouts', payinBody(), PAYOUT_HEADERS);
  const books = await page(simulator, '/books/?notice=topped-up');
  expect(books).toContain('role="status"');
  expect(books).toContain('96\u00a0000\u00a0F\u00a0CFA');
  expect(books).toContain('1\u00a0000\u00a0F\u00a0CFA (solde d’ouverture)');
  expect(books).toContain('100\u00a0000\u00a0F\u00a0CFA (apport du marchand)');
  expect(books).toContain('Versement');
  expect(await page(simulator, '/books/', 'simulator_language=en')).toContain('Fund the account');
});

test.each([
  [{ amount: '0', currency: 'XOF' }],
  [{ amount: '-5', currency: 'XOF' }],
  [{ amount: '1e9', currency: 'XOF' }],
  [{ amount: '1000000001', currency: 'XOF' }],
  [{ amount: '100', currency: 'FCFA' }],
  [{}],
])('bringing %j is refused with a sentence, and nothing is brought', async (fields) => {
  const simulator = await testSimulator();
  const answer = await submit(simulator, '/books/float/', fields);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('role="alert"');
  expect(simulator.books.topUps()).toEqual([]);
  expect((await fetch(`${simulator.url}/books/float/`)).url).toBe(`${simulator.url}/books/`);
});

test('pages carry no inline style or script, and a policy that forbids them', async () => {
  const simulator = await testSimulator();
  const reference = await askedFor(simulator, '71');
  for (const path of ['/', '/phone/', PHONE, '/books/', `/card/${reference}/`, '/nowhere/']) {
    const answer = await fetch(simulator.url + path);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/<script|<style|style=|\son\w+=|undefined|\[object/);
  }
  const style = await fetch(`${simulator.url}/style.css`);
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css']);
});
