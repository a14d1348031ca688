/**
 * Tells what happens when the machine dies in the middle: again and again, at moments that nobody chose.
 *
 * One process is the web server, the worker and the provider; it is killed without warning while deposits are under way
 * in every stage. At the end each deposit that the provider took is credited once, and no other.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as moment } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededChance } from '../src/ground/chance.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { closeBooks } from './world/close-books.ts';
import { patienceFor_ms, DEPOSIT_ROUNDS as ROUNDS } from './world/crash-rounds.ts';
import type { Page } from './world/page.ts';
import { fillTopUp, logInBySms } from './world/people.ts';
import { type ProductProcess, startProcess, visitorOf } from './world/product-process.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { openWorld } from './world/world.ts';

/**
 * Paid at once, told five times, told before the answer, answer lost, 500, cut, forged first, empty. One that is never
 * told (0007) and whose answer dies with the process is known to nobody but the provider: its statement finds it.
 */
const ENDINGS = ['0001', '0005', '0008', '0009', '0010', '0011', '0017', '0019'];

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
/** The same at every start: the provider calls back at the address that it was given. */
let port: number;
let running: ProductProcess | undefined;

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-crash-'));
  port = await freePort();
});
afterAll(async () => {
  await running?.kill();
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<ProductProcess> {
  running = await startProcess({
    DATABASE_URL: clone.url,
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    PORT: String(port),
    SIMULATOR_PORT: '0',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
  return running;
}

/** Sends the confirmation; the answer may never come. */
async function confirm(visitor: Visitor, page: Page): Promise<void> {
  try {
    await visitor.submitOnly(page, '/confirm/');
  } catch (error) {
    // The process was killed before it answered: that is the story.
    if (!(error instanceof Error && /socket|ECONN|other side/i.test(`${error.message} ${String(error)}`)))
      throw error;
  }
}

it(
  `survives ${ROUNDS} kills at random moments with deposits in flight: each settles exactly once`,
  async () => {
    const chance = seededChance('crash story');
    const asked: string[] = [];
    let kills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const product = await start();
      const visitor = visitorOf(product);
      await logInBySms(visitor, `+22507078${10_000 + round}`);
      const forms: Page[] = [];
      for (const ending of ENDINGS) {
        const phone = `+22505${1000 + round}${ending}`;
        forms.push(await fillTopUp(visitor, { phone, method: 'wave', amount: '1000' }));
      }
      asked.push(...forms.map((form) => form.form('/confirm/', 'payment_id').fields.payment_id ?? ''));
      const sending = Promise.all(forms.map(async (form) => await confirm(visitor, form)));
      await moment(chance.below(2500));
      await product.kill();
      kills += 1;
      await sending;
    }

    // The last start: time may pass, and everything that is still open must find its end.
    const variables = { PORT: String(port), GETMIPAY_WEBHOOK_SECRET: '' };
    const world = await openWorld({ databaseUrl: clone.url, dataFolder: folder, variables });
    try {
      const open = async () =>
        await world.db
          .selectFrom('payments')
          .select(['id', 'state'])
          .where('state', 'in', ['created', 'submitting', 'pending', 'unknown', 'action-required'])
          .execute();
      for (const wait_ms of [
        0,
        4 * MINUTE_MS,
        4 * MINUTE_MS,
        20 * MINUTE_MS,
        HOUR_MS,
        2 * HOUR_MS,
        6 * HOUR_MS,
        DAY_MS,
        DAY_MS,
      ]) {
        await world.letPass(wait_ms);
        await until('what can be settled now is settled', async () => await world.isQuiet(), {
          within_ms: 15_000,
        });
      }
      expect(kills).toBe(ROUNDS);
      expect(await open()).toEqual([]);
      const payments = await world.db.selectFrom('payments').selectAll().execute();
      expect(payments.length, 'some deposits were written before the kill').toBeGreaterThan(ROUNDS);
      expect(payments.every(({ id }) => asked.includes(id))).toBe(true);
      const references = payments.flatMap(({ provider_reference }) => provider_reference ?? []);
      expect(new Set(references).size).toBe(references.length);
      const wallets = world.books.list().map(({ wallet }) => wallet);
      expect(new Set(wallets).size, 'no phone was asked twice').toBe(wallets.length);
      await closeBooks(world.db, world.books);
    } finally {
      await world.close();
    }
  },
  patienceFor_ms(ROUNDS),
);
