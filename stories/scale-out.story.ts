/**
 * Tells how the product runs on many processes: three with pages, two with jobs, one PostgreSQL, a proxy before them.
 *
 * People recharge and withdraw all the while. Each process is killed in turn and another one takes its place; one is
 * asked to end, and nobody notices. Whoever was not answered presses again. At the end every callback that was answered
 * is in the inbox, no payment was made twice, and every franc is where it belongs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { fingerprintOf } from '../src/rails/inbox/callback-arrival.ts';
import type { SimulatorBooks } from '../src/rails/simulator/books.ts';
import { type FrontDoor, openFrontDoor } from './world/front-door.ts';
import { knowNumber } from './world/known-number.ts';
import { reachTheEnd } from './world/last-word.ts';
import { type OutsideProvider, openOutsideProvider } from './world/outside-provider.ts';
import type { Page } from './world/page.ts';
import { fillTopUp } from './world/people.ts';
import { type ProductProcess, startProcess } from './world/product-process.ts';
import { until } from './world/until.ts';
import { Visitor } from './world/visitor.ts';
import { fillWithdrawal, memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld } from './world/world.ts';

const MEMBERS = ['+2250707530101', '+2250707530201', '+2250707530301'];
/** As the provider behaves in the crash stories, without those that wait for minutes. */
const WAYS_IN = ['0001', '0005', '0008', '0009', '0017'];
const WAYS_OUT = ['0001', '0002', '0005', '0008', '0009', '0017', '1234'];
/** Answers late: whoever ends meanwhile must wait for it. */
const SLOW = '0015';
const EACH_ROUND = 3;
const PATIENCE_MS = 60_000;

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let front: FrontDoor;
let provider: OutsideProvider;
/** Every process that runs, by its place; a web process has its port as well. */
const running = new Map<string, { process: ProductProcess; port: number }>();

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-scale-'));
  front = await openFrontDoor();
  provider = await openOutsideProvider(front.port);
  await Promise.all(['web 1', 'web 2', 'web 3', 'worker 1', 'worker 2'].map(start));
}, 120_000);
afterAll(async () => {
  await Promise.all([...running.values()].map(async ({ process }) => await process.kill()));
  await provider.simulator.close();
  await front.close();
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

async function start(place: string): Promise<void> {
  const port = await freePort();
  const isWeb = place.startsWith('web');
  const process = await startProcess({
    ...provider.variables,
    DATABASE_URL: clone.url,
    DATABASE_CONNECTIONS: '8',
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    PORT: String(port),
    // The proxy is reached under one name and passes on to the other address.
    HOST: '127.0.0.1',
    PUBLIC_URL: front.url,
    ROLE: isWeb ? 'web' : 'worker',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
  running.set(place, { process, port });
  if (isWeb) front.behind.add(port);
}

async function end(place: string, how: 'kill' | 'stop'): Promise<number | null> {
  const one = running.get(place);
  if (one === undefined) throw new Error(`${place} does not run`);
  // As every deployment does it: whoever is asked to end gets nothing new from then on. A kill asks nobody.
  if (how === 'stop') front.behind.delete(one.port);
  const code = how === 'kill' ? await one.process.kill() : (await one.process.stop()).code;
  running.delete(place);
  front.behind.delete(one.port);
  return code ?? null;
}

/** One form that somebody sends until it is answered by the payment's own page. */
interface Wish {
  readonly visitor: Visitor;
  readonly page: Page;
  readonly paymentId: string;
  readonly fields: Readonly<Record<string, string>>;
}

async function press({ visitor, page, paymentId, fields }: Wish): Promise<void> {
  await until(
    'the button is answered',
    async () => {
      const answer = await visitor.submitOnly(page, '/confirm/', fields);
      if (answer.status >= 500) return undefined;
      expect([answer.status, answer.location], answer.text.slice(0, 300)).toEqual([
        303,
        expect.stringMatching(new RegExp(`/${paymentId}/$`)),
      ]);
      return true;
    },
    { within_ms: PATIENCE_MS },
  );
}

function pick<T>(chance: Chance, from: readonly T[]): T {
  const picked = from[chance.below(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

async function drawForms(
  chance: Chance,
  members: readonly (readonly [string, Visitor])[],
  round: number,
  waysOut: readonly string[] = WAYS_OUT,
) {
  const number = (turn: number, ending: string) => `+22505${String(700 + round)}${turn}${ending}`;
  const forms = Array.from({ length: EACH_ROUND }, async (_, turn): Promise<Wish[]> => {
    const [member, visitor] = pick(chance, members);
    const payer = number(turn, pick(chance, WAYS_IN));
    const recharge = await fillTopUp(visitor, { phone: payer, method: 'wave', amount: '1000' });
    const paymentId = recharge.form('/confirm/', 'payment_id').fields.payment_id ?? '';
    const phone = number(EACH_ROUND + turn, pick(chance, waysOut));
    await knowNumber(clone.db, member, phone);
    const out = await fillWithdrawal(visitor, { phone, amount: '500' });
    const outId = /\/(pay_[0-9a-z]+)\/confirm\//.exec(out.url)?.[1] ?? '';
    return [
      { visitor, page: recharge, paymentId, fields: {} },
      { visitor, page: out, paymentId: outId, fields: { pin: PIN } },
    ];
  });
  return (await Promise.all(forms)).flat();
}

it('goes on while every process is killed in turn: nothing dropped, nothing twice', async () => {
  const chance = seededChance('scale-out story');
  const members: (readonly [string, Visitor])[] = [];
  for (const [index, phone] of MEMBERS.entries()) {
    const visitor = () => new Visitor(front.url, `10.9.3.${index + 1}`);
    members.push([phone, await memberWithMoney({ visitor }, phone, '150000')]);
  }
  const asked: string[] = [];
  for (const [round, place] of ['web 1', 'worker 1', 'web 2', 'worker 2', 'web 3'].entries()) {
    const wishes = await drawForms(chance, members, round);
    asked.push(...wishes.map(({ paymentId }) => paymentId));
    const pressed = Promise.all(wishes.map(press));
    await end(place, 'kill');
    await Promise.all([pressed, start(place)]);
  }

  // One is asked to end, in the middle of everything: it finishes what it has, and nobody is turned away.
  const before = front.lost();
  const wishes = await drawForms(chance, members, 9, [SLOW]);
  asked.push(...wishes.map(({ paymentId }) => paymentId));
  const pressed = Promise.all(wishes.map(press));
  const codes = await Promise.all([end('web 1', 'stop'), end('worker 1', 'stop')]);
  await pressed;
  expect(codes).toEqual([0, 0]);
  expect(front.lost() - before, 'requests that died with a process that was only asked to end').toBe(0);

  const left = Array.from(running.keys());
  for (const place of left) await end(place, 'stop');
  await front.close();
  const world = await openWorld({ databaseUrl: clone.url, dataFolder: folder, provider });
  try {
    await reachTheEnd(world);
    const payments = await world.db.selectFrom('payments').select(['id', 'state']).execute();
    expect(payments.length).toBe(asked.length + MEMBERS.length);
    expect(asked.filter((id) => !payments.some((payment) => payment.id === id))).toEqual([]);
    const lost = await world.db
      .selectFrom('reviews')
      .select('payment_id')
      .where(
        'payment_id',
        'in',
        wishes.map(({ paymentId }) => paymentId),
      )
      .execute();
    expect(lost, 'answers that died with a process that was only asked to end').toEqual([]);
    await expectNoneDropped(world.books);
  } finally {
    await world.close();
  }
}, 240_000);

/** What the provider was told "received" about is in the inbox; and it was told so about everything that it signed. */
async function expectNoneDropped(books: SimulatorBooks): Promise<void> {
  const rows = await clone.db.selectFrom('provider_callbacks').select(['fingerprint', 'state']).execute();
  const kept = new Map(rows.map(({ fingerprint, state }) => [fingerprint, state]));
  const honest = books
    .list()
    .flatMap(({ reference }) => books.callbacksOf(reference).filter((one) => !one.isForged));
  expect(honest.length).toBeGreaterThan(20);
  const payments = await clone.db.selectFrom('payments').select('provider_reference').execute();
  const known = new Set(payments.map(({ provider_reference }) => provider_reference));
  for (const { url, body, acceptedAt, reference } of honest) {
    expect(acceptedAt, url).toBeDefined();
    const paymentId = /\/(pay_[0-9a-z]+)\.[0-9a-f]+\/$/.exec(url)?.[1];
    // The reference of a withdrawal whose answer died with its process is nobody's until two people have looked.
    const mayBeStrange = paymentId === undefined && !known.has(reference);
    const end = mayBeStrange ? /^unmatched$/ : /^(applied|ignored)$/;
    expect(kept.get(fingerprintOf(Buffer.from(body), paymentId, true)), url).toMatch(end);
  }
}
