/**
 * Tells what happens at the address that the provider calls: honest, repeated, forged, altered, early and wrong ones.
 *
 * The story plays the provider with its real secret where it must be believed. Whatever a callback claims, only the
 * provider's own answer about our own payment moves money.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../src/ground/ledger/account.ts';
import { readBalance } from '../src/ground/ledger/balance.ts';
import { signCallback } from '../src/rails/simulator/signature.ts';
import type { Transaction } from '../src/rails/simulator/transaction.ts';
import { closeBooks } from './world/close-books.ts';
import type { Page } from './world/page.ts';
import { logInBySms, paymentIdOf, topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { openWorld, WEBHOOK_SECRET, type World } from './world/world.ts';

const SUCCESS = 'Recharge réussie';
const APPROVAL = 'Validez sur votre téléphone';

let world: World;
/** The provider, or whoever pretends to be. */
let caller: Visitor;

beforeAll(async () => {
  world = await openWorld();
  caller = world.visitor();
});
afterAll(async () => {
  await closeBooks(world.db, world.books);
  await world.close();
});

/** A member whose deposit is under way, and what the provider knows of it. */
async function deposit(
  phone: string,
): Promise<{ visitor: Visitor; waiting: Page; theirs: Transaction; address: string }> {
  const visitor = world.visitor();
  await logInBySms(visitor, phone);
  const waiting = await topUp(visitor, { phone, method: 'wave', amount: '10000' });
  const wallet = phone.slice(1);
  const theirs = await until('the provider knows the payment', () =>
    world.books.list().find((one) => one.wallet === wallet),
  );
  const { callbackUrl } = theirs;
  if (callbackUrl === undefined) throw new Error('the payment went out without an address for its callback');
  return { visitor, waiting, theirs, address: callbackUrl };
}

function bodyOf(theirs: Transaction, changes: object = {}): string {
  return JSON.stringify({
    order_id: theirs.reference,
    soleaspay_reference: theirs.upstreamReference,
    status: 'success',
    amount: 10_000,
    currency: 'XOF',
    ...changes,
  });
}

interface Call {
  readonly method?: string;
  readonly contentType?: string;
  /** How old the signature is. */
  readonly age_s?: number;
  readonly secret?: string;
  /** Sent in place of the body that was signed. */
  readonly altered?: string;
}

async function call(address: string, body: string, how: Call = {}): Promise<Page> {
  const timestamp = String(Math.floor(Date.now() / 1000) - (how.age_s ?? 0));
  const signature = signCallback(body, timestamp, how.secret ?? WEBHOOK_SECRET, 'timestamp.body');
  return await caller.send(address, {
    method: how.method ?? 'POST',
    headers: {
      accept: '*/*',
      'content-type': how.contentType ?? 'application/json',
      'x-getmipay-signature': `sha256=${signature}`,
      'x-getmipay-timestamp': timestamp,
    },
    body: how.altered ?? body,
  });
}

async function callbacksOf(page: Page) {
  return await world.db
    .selectFrom('provider_callbacks')
    .selectAll()
    .where('payment_id', '=', paymentIdOf(page))
    .execute();
}

/** What is in the wallet that a deposit goes to. */
async function inWallet(page: Page): Promise<bigint> {
  const payment = await world.db
    .selectFrom('payments')
    .select('account_id')
    .where('id', '=', paymentIdOf(page))
    .executeTakeFirstOrThrow();
  return (await readBalance(world.db, payment.account_id))?.posted ?? 0n;
}

const paid = (theirs: Transaction) => () => world.books.find(theirs.reference)?.state === 'success';

describe('an honest callback', () => {
  it('sent twenty times at once is one row and one credit, and each is answered within two seconds', async () => {
    const { visitor, waiting, theirs, address } = await deposit('+2250707610007');
    await until('it is paid', paid(theirs));
    const body = bodyOf(theirs);
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await call(address, body)));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200));
    await waitFor(visitor, waiting, SUCCESS);
    const rows = await callbacksOf(waiting);
    expect(rows.map(({ seen, state }) => [seen, state])).toEqual([[20, 'applied']]);
    expect(await inWallet(waiting)).toBe(9850n);
  });

  it('may come by PUT, and form-encoded', async () => {
    const { visitor, waiting, theirs, address } = await deposit('+2250707620007');
    await until('it is paid', paid(theirs));
    const form = new URLSearchParams({
      order_id: theirs.reference,
      status: 'success',
      amount: '10000',
    }).toString();
    const answer = await call(address, form, {
      method: 'PUT',
      contentType: 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(200);
    await waitFor(visitor, waiting, SUCCESS);
    expect(await inWallet(waiting)).toBe(9850n);
  });

  it('may come before the answer to the request: it waits for it, and the credit is one', async () => {
    const { visitor, waiting, theirs } = await deposit('+2250707610008');
    await waitFor(visitor, waiting, SUCCESS);
    const [first] = world.books.callbacksOf(theirs.reference);
    expect(first?.attempts).toBe(1);
    expect(await inWallet(waiting)).toBe(9850n);
  });

  it('may name no address of ours but a reference that we know', async () => {
    const { visitor, waiting, theirs } = await deposit('+2250707630007');
    await until('it is paid', paid(theirs));
    expect((await call('/webhook/getmipay/', bodyOf(theirs))).status).toBe(200);
    await waitFor(visitor, waiting, SUCCESS);
  });
});

describe('a callback that lies', () => {
  it('claims a success that the provider’s books do not know: nothing is credited', async () => {
    const { visitor, waiting, theirs, address } = await deposit('+2250707610004');
    await waitFor(visitor, waiting, APPROVAL);
    expect((await call(address, bodyOf(theirs, { amount: 1_000_000 }))).status).toBe(200);
    await until('it was looked at', async () => (await callbacksOf(waiting))[0]?.state === 'ignored');
    expect((await visitor.open(waiting.url)).heading).toBe(APPROVAL);
    expect(await inWallet(waiting)).toBe(0n);
  });

  it('claims a hundred times the amount of a true payment: the true amount is credited', async () => {
    const { visitor, waiting, theirs, address } = await deposit('+2250707640007');
    await until('it is paid', paid(theirs));
    await call(address, bodyOf(theirs, { amount: 1_000_000, currency: 'USD' }));
    await waitFor(visitor, waiting, SUCCESS);
    expect(await inWallet(waiting)).toBe(9850n);
  });

  it('names another member’s payment at this one’s address: that money stays where it belongs', async () => {
    const theirs = await deposit('+2250707650007');
    const ours = await deposit('+2250707620004');
    await until('theirs is paid', paid(theirs.theirs));
    await waitFor(theirs.visitor, theirs.waiting, SUCCESS);
    expect((await call(ours.address, bodyOf(theirs.theirs))).status).toBe(200);
    await until('it was looked at', async () => (await callbacksOf(ours.waiting))[0]?.state === 'ignored');
    expect(await inWallet(ours.waiting)).toBe(0n);
    expect(await inWallet(theirs.waiting)).toBe(9850n);
  });
});

describe('a callback that is not believed', () => {
  it.each<[string, string, Call]>([
    ['signed with another secret', '+2250707640004', { secret: 'not the secret of this installation' }],
    ['replayed after ten minutes', '+2250707650004', { age_s: 600 }],
    ['dated in the future', '+2250707660004', { age_s: -600 }],
    [
      'changed by one byte',
      '+2250707670004',
      { altered: '{"order_id":"MPAYIN_AAAAAAAAAAAA","status":"successs"}' },
    ],
  ])('%s: 401, its body is not kept, nothing is done', async (_name, phone, how) => {
    const { waiting, theirs, address } = await deposit(phone);
    expect((await call(address, bodyOf(theirs), how)).status).toBe(401);
    const rows = await callbacksOf(waiting);
    expect(rows.map(({ state, body, seen }) => [state, body, seen])).toEqual([['rejected', null, 1]]);
    expect(await inWallet(waiting)).toBe(0n);
  });

  it('without any signature: 401', async () => {
    const answer = await caller.send('/webhook/getmipay/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"status":"success"}',
    });
    expect(answer.status).toBe(401);
  });

  it('at an address that we never gave out: 404, even well signed', async () => {
    const { theirs, address } = await deposit('+2250707610001');
    const guessed = address.replace(/.(?=\/$)/, (last) => (last === '0' ? '1' : '0'));
    expect((await call(guessed, bodyOf(theirs))).status).toBe(404);
    expect((await call('/webhook/getmipay/anything/', bodyOf(theirs))).status).toBe(404);
  });
});

describe('what else comes to that address', () => {
  it('a reference that nobody knows is parked for later, not thrown away', async () => {
    const body = JSON.stringify({
      order_id: 'MPAYIN_NOBODYKNOWS0',
      status: 'success',
      amount: 5000,
      currency: 'XOF',
    });
    expect((await call('/webhook/getmipay/', body)).status).toBe(200);
    await until('it is parked', async () => {
      const rows = await world.db
        .selectFrom('provider_callbacks')
        .select('state')
        .where('payment_id', 'is', null)
        .execute();
      return rows.some(({ state }) => state === 'parked');
    });
  });

  it('well-signed rubbish is kept and moves nothing', async () => {
    for (const rubbish of ['{"order_id":', '[]', 'null', '"success"', '\u0000\u0001']) {
      expect((await call('/webhook/getmipay/', rubbish)).status).toBe(200);
    }
  });

  it('a probe without a body, or by GET, is answered 200', async () => {
    expect((await caller.send('/webhook/getmipay/', { method: 'POST' })).status).toBe(200);
    expect((await caller.send('/webhook/getmipay/')).status).toBe(200);
  });

  it('a megabyte is refused', async () => {
    expect((await call('/webhook/getmipay/', `"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413);
  });
});

describe('a payment that does not fit', () => {
  it.each([
    ['0012', 'XOF', 8865n],
    ['0013', 'XAF', 9850n],
  ])(
    '%s: the person gets nothing yet, the suspense account in %s holds %s',
    async (ending, currency, suspended) => {
      const { visitor, waiting } = await deposit(`+225070761${ending}`);
      await waitFor(visitor, waiting, 'Recharge en examen');
      expect(await inWallet(waiting)).toBe(0n);
      const suspense = await readBalance(world.db, `suspense:getmipay:${currency}` as AccountId);
      expect(suspense?.posted).toBe(suspended);
    },
  );
});
