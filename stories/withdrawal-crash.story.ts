/**
 * Tells what happens when the machine dies while money leaves: again and again, at moments that nobody chose.
 *
 * The product is one process that serves pages and sends money; the provider and PostgreSQL stand beside it and go on.
 * The process is killed without warning with deposits and withdrawals in every stage; people press the same button
 * again after the restart. At the end nobody was paid twice, nothing that was promised is missing, and only answers
 * that died with the process were left to two people, each with its money set aside.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as moment } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../src/ground/testing/fresh-database.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { patienceFor_ms, WITHDRAWAL_ROUNDS as ROUNDS } from './world/crash-rounds.ts';
import { knowNumber } from './world/known-number.ts';
import { reachTheEnd } from './world/last-word.ts';
import { type OutsideProvider, openOutsideProvider } from './world/outside-provider.ts';
import type { Page } from './world/page.ts';
import { fillTopUp } from './world/people.ts';
import { type ProductProcess, startProcess } from './world/product-process.ts';
import { Visitor } from './world/visitor.ts';
import { fillWithdrawal, memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld } from './world/world.ts';

const LONGEST_LIFE_MS = 1500;
/** Their own numbers pay and receive at once; what they send goes elsewhere. */
const MEMBERS = ['+2250707490101', '+2250707490201', '+2250707490301', '+2250707490401'];
/** As in `crash.story.ts`: every way in that the provider tells about. */
const WAYS_IN = ['0001', '0005', '0008', '0009', '0011', '0015', '0017'];
/**
 * Paid at once, refused later, told five times, never told, told before the answer, connection broken, 500, answered
 * too late for a process that dies, forged first, empty; and as usual.
 */
const WAYS_OUT = [
  '0001',
  '0002',
  '0005',
  '0007',
  '0008',
  '0009',
  '0010',
  '0015',
  '0015',
  '0017',
  '0019',
  '1234',
];
const IN_PER_ROUND = 3;
const OUT_PER_ROUND = 5;

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let folder: string;
let provider: OutsideProvider;
let running: ProductProcess | undefined;

beforeAll(async () => {
  clone = await clonePostgres();
  folder = await mkdtemp(join(tmpdir(), 'tontine-crash-'));
  provider = await openOutsideProvider(await freePort());
});
afterAll(async () => {
  await running?.kill();
  await provider.simulator.close();
  await clone.drop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<ProductProcess> {
  running = await startProcess({
    ...provider.variables,
    DATABASE_URL: clone.url,
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
  return running;
}

/** One form that a person sends, as often as it takes until it is answered. */
interface Wish {
  readonly visitor: Visitor;
  readonly page: Page;
  readonly paymentId: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** True when the product answered with the payment's own page: from then on the person relies on it. */
async function send({ visitor, page, paymentId, fields }: Wish): Promise<boolean> {
  try {
    const answer = await visitor.submitOnly(page, '/confirm/', fields);
    return answer.status === 303 && answer.location.endsWith(`/${paymentId}/`);
  } catch (error) {
    // The process was killed before it answered: that is the story.
    if (error instanceof Error && /socket|ECONN|other side/i.test(`${error.message} ${String(error)}`))
      return false;
    throw error;
  }
}

/** A wallet that nobody used before: round, turn, and the ending that decides how the provider behaves. */
function freshNumber(round: number, turn: number, ending: string): string {
  return `+22505${String(round % 1000).padStart(3, '0')}${turn}${ending}`;
}

/** A login number and the browser behind it. */
type Member = readonly [phone: string, visitor: Visitor];

function pick<T>(chance: Chance, from: readonly T[]): T {
  const picked = from[chance.below(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

async function drawForms(chance: Chance, members: readonly Member[], round: number): Promise<Wish[]> {
  const deposits = Array.from({ length: IN_PER_ROUND }, async (_, turn): Promise<Wish> => {
    const [, visitor] = pick(chance, members);
    const phone = freshNumber(round, turn, pick(chance, WAYS_IN));
    const page = await fillTopUp(visitor, { phone, method: 'wave', amount: '1000' });
    const paymentId = page.form('/confirm/', 'payment_id').fields.payment_id ?? '';
    return { visitor, page, paymentId, fields: {} };
  });
  const withdrawals = Array.from({ length: OUT_PER_ROUND }, async (_, turn): Promise<Wish> => {
    const [member, visitor] = pick(chance, members);
    const phone = freshNumber(round, IN_PER_ROUND + turn, pick(chance, WAYS_OUT));
    // The code that a new number needs has been typed: `withdrawal.story.ts` tells that part.
    await knowNumber(clone.db, member, phone);
    const page = await fillWithdrawal(visitor, { phone, amount: '500' });
    const paymentId = /\/(pay_[0-9a-z]+)\/confirm\//.exec(page.url)?.[1] ?? '';
    expect(paymentId, page.text.slice(0, 300)).not.toBe('');
    return { visitor, page, paymentId, fields: { pin: PIN } };
  });
  return await Promise.all([...deposits, ...withdrawals]);
}

it(
  `survives ${ROUNDS} kills at random moments with money coming and going: paid once, credited once, nothing forgotten`,
  async () => {
    const chance = seededChance('withdrawal crash story');
    const first = await start();
    const members: Member[] = [];
    for (const [index, phone] of MEMBERS.entries()) {
      const visitor = () => new Visitor(first.url, `10.9.1.${index + 1}`);
      members.push([phone, await memberWithMoney({ visitor }, phone, '150000')]);
    }
    await first.kill();

    const asked = new Set<string>();
    const promised = new Set<string>();
    let kills = 0;
    let unanswered: Wish[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const product = await start();
      const wishes = [...unanswered, ...(await drawForms(chance, members, round))];
      for (const { paymentId } of wishes) asked.add(paymentId);
      const answers = Promise.all(wishes.map(send));
      await moment(chance.below(LONGEST_LIFE_MS));
      await product.kill();
      kills += 1;
      const answered = await answers;
      for (const [index, wish] of wishes.entries()) if (answered[index]) promised.add(wish.paymentId);
      unanswered = wishes.filter((_, index) => !answered[index]).slice(-2 * OUT_PER_ROUND);
    }

    const world = await openWorld({ databaseUrl: clone.url, dataFolder: folder, provider });
    try {
      expect(kills).toBe(ROUNDS);
      await reachTheEnd(world);
      const payments = await world.db.selectFrom('payments').selectAll().execute();
      const made = new Set(payments.map(({ id }) => id));
      expect(
        [...promised].filter((id) => !made.has(id)),
        'every answered form has its payment',
      ).toEqual([]);
      const funding = members.length;
      expect(
        payments.filter(({ id }) => !asked.has(id)).length,
        'nothing was made that nobody asked for',
      ).toBe(funding);
      const paidOut = payments.filter(({ direction, state }) => direction === 'out' && state === 'succeeded');
      expect(paidOut.length, 'the process lived long enough to pay').toBeGreaterThan(ROUNDS / 4);
    } finally {
      await world.close();
    }
  },
  patienceFor_ms(ROUNDS),
);
