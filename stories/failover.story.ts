/**
 * Tells how the database fails over in the middle of two hundred payments: the primary is killed, its standby takes over,
 * the product follows by itself, and every franc that was acknowledged is there.
 *
 * The standby is synchronous: a commit is answered once both have it. What was read before is still true afterwards. The
 * deposed primary may come back: it can acknowledge nothing. And a recovery that is killed recovers again.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as moment } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFence } from '../src/ground/ledger/fence.rows.ts';
import { findLink } from '../src/ground/ledger/transfer.rows.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { openPostgres } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { TEST_SEAL_KEY, testVault } from '../src/ground/testing/fresh-database.ts';
import { type ServerPair, startPair } from '../src/ground/testing/postgres-pair.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
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

const MEMBERS = Array.from({ length: 10 }, (_, index) => `+2250707${540 + index}101`);
const EACH = 10;
/** So many are answered when the primary dies. */
const BEFORE = 70;
const AT_ONCE = 8;
/** Connections fail at once, promotion is a second; the rest is room for a loaded machine. */
const LONGEST_OUTAGE_MS = 20_000;
const PATIENCE_MS = 60_000;

let pair: ServerPair;
let folder: string;
let provider: OutsideProvider;
let product: ProductProcess | undefined;

beforeAll(async () => {
  pair = await startPair();
  folder = await mkdtemp(join(tmpdir(), 'tontine-failover-'));
  provider = await openOutsideProvider(await freePort());
  product = await startProcess({
    ...provider.variables,
    DATABASE_URL: pair.url,
    DATABASE_CONNECTIONS: '20',
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
}, 120_000);
afterAll(async () => {
  await product?.kill();
  await provider.simulator.close();
  await pair.stop();
  await rm(folder, { recursive: true, force: true });
});

function running(): ProductProcess {
  if (product === undefined) throw new Error('the product does not run');
  return product;
}

interface Wish {
  readonly visitor: Visitor;
  readonly page: Page;
  readonly paymentId: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** As many deposits as withdrawals, each with a number of its own. */
async function drawForms(member: string, index: number): Promise<Wish[]> {
  const visitor = await memberWithMoney(
    { visitor: () => new Visitor(running().url, `10.9.4.${index + 1}`) },
    member,
    '50000',
  );
  const open = openPostgres(pair.primary.url, {
    onError: () => undefined,
    connections: 2,
    plugins: [testVault()],
  });
  const wishes: Wish[] = [];
  for (let turn = 0; turn < EACH; turn++) {
    const number = (way: string) => `+22505${way}${index}${String(turn).padStart(2, '0')}0001`;
    const recharge = await fillTopUp(visitor, { phone: number('1'), method: 'wave', amount: '300' });
    const paymentId = recharge.form('/confirm/', 'payment_id').fields.payment_id ?? '';
    await knowNumber(open.db, member, number('2'));
    const out = await fillWithdrawal(visitor, { phone: number('2'), amount: '200' });
    const outId = /\/(pay_[0-9a-z]+)\/confirm\//.exec(out.url)?.[1] ?? '';
    wishes.push({ visitor, page: recharge, paymentId, fields: {} });
    wishes.push({ visitor, page: out, paymentId: outId, fields: { pin: PIN } });
  }
  await open.close();
  return wishes;
}

/** Presses until the payment's own page is the answer; returns when that was. */
async function press({ visitor, page, paymentId, fields }: Wish): Promise<number> {
  return await until(
    `${paymentId} is answered`,
    async () => {
      const answer = await visitor.submitOnly(page, '/confirm/', fields);
      if (answer.status === 503) return undefined;
      expect([answer.status, answer.location], answer.text.slice(0, 300)).toEqual([
        303,
        expect.stringContaining(paymentId),
      ]);
      return performance.now();
    },
    { within_ms: PATIENCE_MS, seen: () => running().output() },
  );
}

interface Seen {
  readonly seq: bigint;
  readonly head: string;
}

/** Looks at the primary's books for as long as it lives. */
async function watchPrimary(): Promise<Seen[]> {
  const seen: Seen[] = [];
  const open = openPostgres(pair.primary.url, { onError: () => undefined, connections: 1 });
  try {
    for (;;) {
      const { seq, head } = await findFence(open.db);
      seen.push({ seq, head });
    }
  } catch {
    // It was killed: that is the story.
    return seen;
  } finally {
    await open.close();
  }
}

describe('the primary dies in the middle of two hundred payments', () => {
  const answered = new Map<string, number>();
  let asked: Wish[];
  let killed_ms = Number.POSITIVE_INFINITY;
  let seen: Seen[];

  it('the product follows to the standby, and everybody is answered in the end', async () => {
    const drawn = await Promise.all(MEMBERS.map(drawForms));
    asked = Array.from({ length: EACH * 2 }, (_, turn) =>
      drawn.flatMap((wishes) => wishes[turn] ?? []),
    ).flat();
    expect(asked).toHaveLength(200);
    const watching = watchPrimary();
    const waiting = [...asked];
    let failingOver: Promise<void> | undefined;
    const failOver = async () => {
      killed_ms = performance.now();
      await pair.primary.end('SIGKILL');
      await pair.promote();
    };
    const work = async () => {
      for (let wish = waiting.shift(); wish !== undefined; wish = waiting.shift()) {
        answered.set(wish.paymentId, await press(wish));
        if (answered.size >= BEFORE) failingOver ??= failOver();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await failingOver;
    seen = await watching;
    expect(answered.size).toBe(200);
    const times = [killed_ms, ...[...answered.values()].filter((at_ms) => at_ms > killed_ms)].toSorted(
      (x, y) => x - y,
    );
    const outage_ms = Math.max(...times.slice(1).map((at_ms, place) => at_ms - (times[place] ?? 0)));
    process.stdout.write(`failover: ${(outage_ms / 1000).toFixed(1)} s without an answer, 0 entries lost\n`);
    expect(outage_ms).toBeLessThan(LONGEST_OUTAGE_MS);
  }, 180_000);

  it('what was acknowledged before is there', async () => {
    const open = openPostgres(pair.url, { onError: () => undefined });
    const rows = await open.db.selectFrom('payments').select('id').execute();
    const there = new Set(rows.map(({ id }) => id));
    const before = [...answered].filter(([, at_ms]) => at_ms <= killed_ms).map(([id]) => id);
    expect(before.length).toBeGreaterThanOrEqual(BEFORE);
    expect([...answered.keys()].filter((id) => !there.has(id))).toEqual([]);
    await open.close();
  });

  it('what was read before is still true', async () => {
    const open = openPostgres(pair.url, { onError: () => undefined });
    expect(seen.length).toBeGreaterThan(20);
    const places = new Map(seen.filter(({ seq }) => seq > 0n).map(({ seq, head }) => [seq, head]));
    expect(places.size).toBeGreaterThan(5);
    for (const [seq, head] of places) expect(await findLink(open.db, seq), `the head at ${seq}`).toBe(head);
    await open.close();
  });

  it('every franc is where it belongs', async () => {
    expect((await running().stop()).code).toBe(0);
    const world = await openWorld({ databaseUrl: pair.url, dataFolder: folder, provider });
    try {
      await reachTheEnd(world);
    } finally {
      await world.close();
    }
  }, 120_000);
});

describe('afterwards', () => {
  it('the deposed primary acknowledges nothing: what only it has is unknown', async () => {
    await pair.primary.start();
    const open = openPostgres(pair.primary.url, { onError: () => undefined, connections: 2 });
    const outcome = inTransaction(open.db, async (tx) => {
      await sql`insert into sms_days (day, sent) values ('1999-12-31', 1)`.execute(tx);
    }).catch((error: unknown) => error);
    const waiting = await until('its commit waits for a standby that is not there', async () => {
      const found = await sql<{ pid: number }>`select pid from pg_stat_activity
        where wait_event = 'SyncRep'`.execute(open.db);
      return found.rows[0]?.pid;
    });
    // An operator who loses patience gets "committed" from PostgreSQL; the product does not believe it.
    await sql`select pg_cancel_backend(${waiting})`.execute(open.db);
    expect(await outcome).toMatchObject({ name: 'DoubtfulCommit', code: '08007' });
    await open.close();
    await pair.primary.pause();
  });

  it('a recovery that is killed twice recovers the third time, to the same books', async () => {
    const open = openPostgres(pair.standby.url, { onError: () => undefined });
    const before = await findFence(open.db);
    await pair.standby.end('SIGKILL');
    for (const life_ms of [15, 60]) {
      const starting = pair.standby.start().catch(() => undefined);
      await moment(life_ms);
      await pair.standby.end('SIGKILL').catch(() => undefined);
      await starting;
    }
    const started_ms = performance.now();
    await pair.standby.start();
    expect(await findFence(open.db)).toEqual(before);
    expect(performance.now() - started_ms).toBeLessThan(20_000);
    expect((await verifyChain(open.db)).ok).toBe(true);
    expect((await readTrialBalance(open.db)).balanced).toBe(true);
    await open.close();
  }, 120_000);
});
