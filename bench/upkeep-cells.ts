/**
 * Measures what payments cost, and whether memory grows with them: recharges sent to the process that serves pages, worked
 * on by the process that works, until the last one is settled.
 *
 * The processes, the database and the provider are real; only the pages between two recharges are left out, so that there
 * are many of them in a short time. Memory is read when nothing is under way and the processes have given back what nobody
 * uses any more: half way, and at the end.
 */
import { sql } from 'kysely';
import { seededChance } from '../src/ground/chance.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { invariant } from '../src/ground/refusal.ts';
import { startServer } from '../src/ground/testing/postgres-server.ts';
import { IN_FLIGHT } from '../src/rails/payments/payment.ts';
import { expectSoundSums } from './books.ts';
import { collectGarbage, INSPECTED } from './collect-garbage.ts';
import { waitForQuiet } from './load/last-look.ts';
import { type LoadWorld, openLoadWorld } from './load/load-world.ts';
import { payingNumber } from './load/paying-numbers.ts';
import { counted, pause } from './measure.ts';
import { parentOf, readFamilyCpu, readUsage } from './process-usage.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';
import { type Line, logIn, openLine } from './web-process.ts';

/** So many recharges of 500 fit into one wallet before it holds as much as it may. */
const RECHARGES_EACH = 200;
const CALLERS = 8;
/** More than this are never under way: else the queue is measured, and not the product. */
const MOST_UNDER_WAY = 200;
const LOOK_EVERY_RECHARGES = 50;
/** The goal speaks of a hundred thousand, which takes half an hour and is behind `--full`. */
const PAYMENTS = 3_000;
const FULL_PAYMENTS = 100_000;
const QUICK_PAYMENTS = 200;
/** Until then a process translates its program and grows to its working size. */
const WARM_UP_SHARE = 0.25;
const LOOK_EVERY_MS = 250;
const MEGABYTE = 1024 * 1024;

export const UPKEEP: Section = {
  name: 'upkeep',
  cells: ['memory-growth', 'cost-cpu', 'cost-wal', 'cost-disk'],
  needsBuild: true,
  once: true,
  open: openUpkeep,
};

async function openUpkeep(world: BenchWorld): Promise<OpenSection> {
  const { quick } = world.options;
  const full = world.options.full.includes(UPKEEP.name);
  const payments = full ? FULL_PAYMENTS : quick ? QUICK_PAYMENTS : PAYMENTS;
  // A server of its own: what the databases of other sections still tidy up is not these payments' to pay.
  const server = await startServer(world.settings);
  const load = await openLoadWorld({
    databaseUrl: server.url,
    seed: 'upkeep',
    nodeOptions: INSPECTED,
  });
  let found: Promise<Upkeep> | undefined;
  const once = async (): Promise<Upkeep> => {
    found ??= payAndWatch(load, payments);
    return await found;
  };
  const note = `${payments.toLocaleString('en')} recharges, a process for pages and one for work`;
  return {
    cells: new Map([
      ['memory-growth', async () => counted((await once()).growth_percent)],
      ['cost-cpu', async () => counted((await once()).cpu_s)],
      ['cost-wal', async () => counted((await once()).wal_mb)],
      ['cost-disk', async () => counted((await once()).disk_mb)],
    ]),
    notes: { 'memory-growth': note, 'cost-cpu': note },
    check: async () => await expectSoundSums(load.open.db),
    checkAll: async () => await expectSoundBooks(load.open.db),
    close: async () => {
      await load.close();
      await server.stop();
    },
  };
}

/** All but the growth are of a thousand payments. */
interface Upkeep {
  readonly growth_percent: number;
  readonly cpu_s: number;
  readonly wal_mb: number;
  readonly disk_mb: number;
}

async function payAndWatch(load: LoadWorld, payments: number): Promise<Upkeep> {
  const { db } = load.open;
  const line = openLine(load.web.process.url, CALLERS);
  const [warmUp, half] = [Math.ceil(payments * WARM_UP_SHARE), Math.ceil(payments / 2)];
  const payers = await openForms(load, line, Math.ceil((payments + warmUp) / RECHARGES_EACH));
  const pay = async (count: number, first: number): Promise<void> => {
    await recharge(load, line, payers, count, first);
    await waitForQuiet(load);
  };
  await pay(warmUp, 0);
  const before = await readCosts(load);
  await pay(half, warmUp);
  const kept = await readKept(load);
  await pay(payments - half, warmUp + half);
  const after = await readCosts(load);
  const keptAtEnd = await readKept(load);
  await line.close();
  const { rows } = await db
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<bigint>().as('rows'))
    .where('state', '=', 'succeeded')
    .executeTakeFirstOrThrow();
  invariant(
    Number(rows) === payments + warmUp,
    `${payments + warmUp} recharges were paid and ${rows} have succeeded`,
  );
  const thousands = payments / 1000;
  return {
    growth_percent: (100 * keptAtEnd) / kept - 100,
    cpu_s: (after.cpu_s - before.cpu_s) / thousands,
    wal_mb: (after.wal_bytes - before.wal_bytes) / MEGABYTE / thousands,
    disk_mb: (after.disk_bytes - before.disk_bytes) / MEGABYTE / thousands,
  };
}

interface Form {
  readonly cookie: string;
  readonly csrf: string;
}

/** People who are signed in and have the recharge's form before them. */
async function openForms(load: LoadWorld, line: Line, people: number): Promise<Form[]> {
  const ids = Array.from({ length: people }, () => load.ground.ids.next('per'));
  const forms: Form[] = [];
  for (const session of await logIn(load.open.db, ids)) {
    let set = '';
    const html = await line.ask({
      path: '/wallet/topup/',
      headers: { cookie: session },
      cookies: (text) => (set = text),
    });
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    forms.push({ cookie: `${session}; ${set}`, csrf });
  }
  return forms;
}

async function recharge(
  { open, ground }: LoadWorld,
  line: Line,
  payers: readonly Form[],
  count: number,
  first: number,
): Promise<void> {
  const chance = seededChance('no misbehaviour');
  let place = first;
  const caller = async (): Promise<void> => {
    while (place < first + count) {
      place += 1;
      // Others go on while this one waits for room: two of them must not ask the same number.
      const mine = place;
      if (mine % LOOK_EVERY_RECHARGES === 0) await waitForRoom(open.db);
      const payer = payers[mine % payers.length];
      if (payer === undefined) continue;
      const body = new URLSearchParams({
        phone: payingNumber(mine, chance, 0),
        method: 'wave',
        amount: '500',
        payment_id: ground.ids.next('pay'),
        _csrf: payer.csrf,
      });
      const headers = { cookie: payer.cookie, 'content-type': 'application/x-www-form-urlencoded' };
      await line.ask({ path: '/wallet/topup/confirm/', headers, body: body.toString() }, 303);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

async function waitForRoom(db: Db): Promise<void> {
  for (;;) {
    const { rows } = await db
      .selectFrom('payments')
      .select((eb) => eb.fn.countAll<bigint>().as('rows'))
      .where('state', 'in', IN_FLIGHT)
      .executeTakeFirstOrThrow();
    if (rows < MOST_UNDER_WAY) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** Bytes that both processes hold after a collection. */
async function readKept({ web, worker }: LoadWorld): Promise<number> {
  let bytes = 0;
  for (const { process } of [web, worker]) {
    await collectGarbage(process);
    bytes += readUsage(process.pid)?.memory_bytes ?? 0;
  }
  invariant(bytes > 0, 'the memory of processes cannot be read here');
  return bytes;
}

interface Costs {
  readonly cpu_s: number;
  readonly wal_bytes: number;
  readonly disk_bytes: number;
}

/** What the two processes and the database took until now; the provider and this program are not ours to pay. */
async function readCosts({ open, web, worker }: LoadWorld): Promise<Costs> {
  const found = await sql<{ pid: number; wal: string; disk: string }>`select pg_backend_pid() as pid,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as wal,
    pg_database_size(current_database())::text as disk`.execute(open.db);
  const row = found.rows[0];
  const postmaster = row === undefined ? undefined : parentOf(row.pid);
  invariant(row !== undefined && postmaster !== undefined, 'the database has no process');
  const own = [web, worker].map(({ process: { pid } }) => readUsage(pid)?.cpu_s ?? 0);
  return {
    cpu_s: own.reduce((sum, each) => sum + each, 0) + readFamilyCpu(postmaster),
    wal_bytes: Number(row.wal),
    disk_bytes: Number(row.disk),
  };
}
