/**
 * Tells what happens when PostgreSQL goes away in the middle and comes back: once stopped by an operator and left off
 * for a while, once by a power cut with an immediate restart.
 *
 * The product is a real process that nobody restarts. While the database is away every page says so in words, the
 * provider is told to come again, and nothing is half done; afterwards the same process goes on where it was, and at
 * the end every franc is where it belongs.
 */

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openPostgres } from '../src/ground/postgres/database.ts';
import { TEST_SEAL_KEY, testVault } from '../src/ground/testing/fresh-database.ts';
import { freePort, startServer, type TestServer } from '../src/ground/testing/postgres-server.ts';
import { signCallback } from '../src/rails/simulator/signature.ts';
import { callbackBody } from '../src/rails/simulator/status-word.ts';
import { knowNumber } from './world/known-number.ts';
import { reachTheEnd } from './world/last-word.ts';
import { type OutsideProvider, openOutsideProvider } from './world/outside-provider.ts';
import type { Page } from './world/page.ts';
import { fillTopUp, paymentIdOf, topUp, waitFor } from './world/people.ts';
import { type ProductProcess, startProcess } from './world/product-process.ts';
import { countTimetableTurns } from './world/timetable-turn.rows.ts';
import { until } from './world/until.ts';
import { Visitor } from './world/visitor.ts';
import { fillWithdrawal, memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, WEBHOOK_SECRET } from './world/world.ts';

const AWA = '+2250707510101';
const CREDITED = 'Recharge réussie';
const ARRIVED = 'Retrait arrivé';
const AWAY = 'Service momentanément indisponible';
/** A loaded machine recovers a database slowly. */
const PATIENCE_MS = 120_000;

let server: TestServer;
let open: OpenDatabase;
let folder: string;
let provider: OutsideProvider;
let product: ProductProcess;
let awa: Visitor;

beforeAll(async () => {
  server = await startServer();
  open = openPostgres(server.url, { onError: () => undefined, plugins: [testVault()] });
  folder = await mkdtemp(join(tmpdir(), 'tontine-outage-'));
  provider = await openOutsideProvider(await freePort());
  product = await startProcess({
    ...provider.variables,
    DATABASE_URL: server.url,
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
  const visitor = () => new Visitor(product.url, '10.9.2.1');
  awa = await memberWithMoney({ visitor }, AWA, '150000');
}, 240_000);

afterAll(async () => {
  await product.kill();
  await provider.simulator.close();
  await open.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A number of the story's own that the provider knows as an ordinary one, and that needs no code any more. */
let numbers = 0;
async function recipient(ending = '1234'): Promise<string> {
  numbers += 1;
  const phone = `+22505${String(8000 + numbers)}${ending}`;
  await knowNumber(open.db, AWA, phone);
  return phone;
}

/** Pages with everything filled in and one button left to press: deposits that pay at once, and withdrawals. */
async function drawForms(): Promise<Page[]> {
  const forms: Page[] = [];
  for (let turn = 0; turn < 4; turn++) {
    numbers += 1;
    const phone = `+22505${String(8000 + numbers)}0001`;
    forms.push(await fillTopUp(awa, { phone, method: 'wave', amount: '1000' }));
    forms.push(await fillWithdrawal(awa, { phone: await recipient(), amount: '600' }));
    forms.push(await fillWithdrawal(awa, { phone: await recipient('0015'), amount: '700' }));
  }
  return forms;
}

async function press(page: Page): Promise<Page> {
  return await awa.submitOnly(page, '/confirm/', page.html.includes('name="pin"') ? { pin: PIN } : {});
}

async function pressAll(forms: readonly Page[]): Promise<Page[]> {
  return await Promise.all(forms.map(press));
}

/** Deposits whose payers have not answered their phones yet. */
async function askThreePhones(): Promise<Page[]> {
  const pages: Page[] = [];
  for (let turn = 0; turn < 3; turn++) {
    numbers += 1;
    const phone = `+22505${String(8000 + numbers)}1234`;
    pages.push(await topUp(awa, { phone, method: 'wave', amount: '2000' }));
  }
  return pages;
}

async function referenceOf(page: Page): Promise<string> {
  return await until('the provider has given its reference', async () => {
    const row = await open.db
      .selectFrom('payments')
      .select('provider_reference')
      .where('id', '=', paymentIdOf(page))
      .executeTakeFirst();
    return row?.provider_reference ?? undefined;
  });
}

function isAlive(): boolean {
  try {
    return process.kill(product.pid, 0);
  } catch {
    return false;
  }
}

async function health(): Promise<{ status: number; body: unknown }> {
  const { status, html } = await awa.send('/health');
  return { status, body: JSON.parse(html) as unknown };
}

async function untilHealthy(): Promise<void> {
  await until('the product is healthy again', async () => (await health()).status === 200, {
    within_ms: PATIENCE_MS,
    seen: () => product.output(),
  });
}

async function countPayments(page: Page): Promise<number> {
  const id =
    /(pay_[0-9a-z]+)\/confirm\//.exec(page.url)?.[1] ?? page.form('/confirm/').fields.payment_id ?? '';
  const rows = await open.db.selectFrom('payments').select('id').where('id', '=', id).execute();
  return rows.length;
}

/** What was pressed while the database went: done or not done, never half, and the person may press again. */
async function pressAgain(forms: readonly Page[]): Promise<void> {
  const again = await pressAll(forms);
  expect(again.map(({ status }) => status)).toEqual(forms.map(() => 303));
  for (const form of forms) expect(await countPayments(form)).toBe(1);
}

async function expectLifeGoesOn(): Promise<void> {
  numbers += 1;
  const phone = `+22505${String(8000 + numbers)}0001`;
  const deposit = await topUp(awa, { phone, method: 'wave', amount: '1000' });
  await waitFor(awa, deposit, CREDITED, PATIENCE_MS);
  const form = await fillWithdrawal(awa, { phone: await recipient('0001'), amount: '900' });
  await waitFor(awa, await awa.follow(await press(form)), ARRIVED, PATIENCE_MS);
}

let forms: Page[];
let asked: Page[];

describe('the database is stopped in the middle of everything', () => {
  it('what is under way ends in a yes or in a “come again”, and the process lives', async () => {
    asked = await askThreePhones();
    for (const page of asked) await referenceOf(page);
    forms = await drawForms();
    const pressed = pressAll(forms);
    await server.pause();
    for (const answer of await pressed) expect([303, 503], answer.text).toContain(answer.status);
    expect(isAlive(), product.output()).toBe(true);
  });

  it.each(['/wallet/', '/wallet/topup/', '/wallet/withdraw/', '/wallet/history/', '/profile/'])(
    '%s says so, and when to come again',
    async (path) => {
      const page = await awa.send(path);
      expect([page.status, page.heading]).toEqual([503, AWAY]);
      expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
      expect(page.text).toContain('vous n’avez rien à refaire');
    },
  );

  it('a pressed button says the same', async () => {
    for (const answer of await pressAll(forms)) {
      expect([answer.status, answer.heading]).toEqual([503, AWAY]);
      expect(answer.headers['retry-after']).toBeDefined();
    }
  });

  it('machines are told: not ready', async () => {
    expect(await health()).toEqual({ status: 503, body: { ready: false, database: 'down' } });
  });

  it('the provider is told to come again, and does', async () => {
    const { books } = provider.simulator;
    const pending = books.list().filter(({ state, direction }) => direction === 'in' && state === 'pending');
    expect(pending).toHaveLength(asked.length);
    for (const { reference } of pending) {
      const approved = books.approve(reference);
      if (!approved.ok) throw new Error(approved.refusal.en);
      const body = callbackBody(approved.value);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const answer = await awa.send('/webhook/getmipay/', {
        method: 'POST',
        headers: {
          accept: '*/*',
          'content-type': 'application/json',
          'x-getmipay-signature': `sha256=${signCallback(body, timestamp, WEBHOOK_SECRET, 'timestamp.body')}`,
          'x-getmipay-timestamp': timestamp,
        },
        body,
      });
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBeDefined();
      await until(
        'the provider has tried and will try again',
        () =>
          books.callbacksOf(reference).some(({ attempts, nextAt }) => attempts > 0 && nextAt !== undefined),
        { within_ms: PATIENCE_MS },
      );
    }
    expect(isAlive(), product.output()).toBe(true);
  });
});

describe('it comes back', () => {
  let resumedAt: Date;

  it('the same process is ready again, and nobody started it', async () => {
    await server.resume();
    resumedAt = new Date();
    await untilHealthy();
    expect(isAlive()).toBe(true);
  }, 200_000);

  it('the deposits that were paid meanwhile are credited', async () => {
    for (const page of asked) await waitFor(awa, page, CREDITED, PATIENCE_MS);
  }, 400_000);

  it('whoever presses again has one payment, be it of then or of now', async () => {
    await pressAgain(forms);
  });

  it('new money comes and goes', async () => {
    await expectLifeGoesOn();
  }, 300_000);

  it('the timetable comes round by itself', async () => {
    await until('a turn', async () => (await countTimetableTurns(open.db, resumedAt)) > 0, {
      within_ms: PATIENCE_MS,
    });
  }, 200_000);
});

describe('the database loses its power, and is back at once', () => {
  it('the same process goes on', async () => {
    const fresh = await drawForms();
    const pressed = pressAll(fresh);
    await server.crash();
    await server.resume();
    for (const answer of await pressed) expect([303, 503], answer.text).toContain(answer.status);
    await untilHealthy();
    expect(isAlive(), product.output()).toBe(true);
    await pressAgain(fresh);
    await expectLifeGoesOn();
  }, 400_000);

  it('ends tidily when asked, and every franc is where it belongs', async () => {
    const { hostname, port } = new URL(product.url);
    // As browsers do: opened, and nothing asked.
    const aheadOfNeed = connect(Number(port), hostname);
    await once(aheadOfNeed, 'connect');
    expect((await product.stop()).code).toBe(0);
    aheadOfNeed.destroy();
    const world = await openWorld({ databaseUrl: server.url, dataFolder: folder, provider });
    try {
      await reachTheEnd(world);
    } finally {
      await world.close();
    }
  }, 400_000);
});
