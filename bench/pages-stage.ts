/**
 * Sets the stage for measuring pages: a drawn history of payments, people among it who are signed in, and the product as
 * a process in front of it.
 */
import { sql } from 'kysely';
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import { findFence } from '../src/ground/ledger/fence.rows.ts';
import { postTransfers } from '../src/ground/ledger/post-transfers.ts';
import type { OpenDatabase } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { invariant } from '../src/ground/refusal.ts';
import { closedLoop, type Measured } from './measure.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld } from './section.ts';
import { seedHistory } from './seed-history.ts';
import { payment } from './town.ts';
import { logIn, openLine, startWeb } from './web-process.ts';

const VISITORS = 40;
const CALLERS = 8;
const BATCH = 1000;

export interface PagesStage {
  readonly open: OpenDatabase;
  readonly url: string;
  readonly cookies: readonly string[];
  /** How many payments and transfers the database has. */
  readonly size: string;
  /** People who look at this page, eight at once, each another person's own. */
  look(path: string, seconds: number): Promise<Measured>;
  close(): Promise<void>;
}

export interface History {
  readonly payments: number;
  /** Transfers between wallets are added until there are so many. */
  readonly transfers?: number;
}

export async function setPagesStage(world: BenchWorld, name: string, history: History): Promise<PagesStage> {
  const url = await world.database(name);
  const open = openMeasured(url, 4);
  const { db } = open;
  await migrate(db, systemClock);
  await seedHistory(db, {
    payments: history.payments,
    days: 360,
    seed: name,
    until: systemClock.now(),
    provider: 'getmipay',
    onBatch: (written) => {
      if (written % 100_000 === 0) world.say(`${name}: ${written} payments`);
    },
  });
  // People with about as many payments here as in any other history: else a page would be longer and not slower.
  const found = await sql<{ owner: string }>`select owner_id as owner from payments group by owner_id
    having count(*) between 40 and 60 order by owner_id limit ${VISITORS}`.execute(db);
  const people = found.rows.map(({ owner }) => owner);
  invariant(people.length > 0, `nobody in ${name} has about fifty payments`);
  if (history.transfers !== undefined) await addTransfers(world, open, name, history.transfers);
  const cookies = await logIn(db, people);
  await sql`vacuum analyze`.execute(db);
  const web = await startWeb(url);
  const line = openLine(web.process.url, CALLERS);
  const { seq } = await findFence(db);
  let turn = 0;
  const look = async (path: string, seconds: number): Promise<Measured> =>
    await closedLoop(CALLERS, seconds, async () => {
      turn += 1;
      const page = await line.ask({ path, headers: { cookie: cookies[turn % cookies.length] ?? '' } });
      invariant(page.includes('</html>'), `${path} was not drawn to its end`);
      return 1;
    });
  // A process that has just started translates its program while it answers.
  for (const path of ['/wallet/', '/wallet/history/']) await look(path, 1);
  return {
    open,
    url,
    cookies,
    size: `${history.payments.toLocaleString('en')} payments, ${seq.toLocaleString('en')} transfers`,
    look,
    close: async () => {
      await line.close();
      await web.close();
      await open.close();
    },
  };
}

/** Small payments between the wallets of the history, a thousand in a batch, through the ledger's own function. */
async function addTransfers(
  world: BenchWorld,
  { db }: OpenDatabase,
  name: string,
  wanted: number,
): Promise<void> {
  const chance = seededChance(`${name} transfers`);
  const ids = makeIds(systemClock, chance);
  const ground: Ground = { clock: systemClock, chance, ids, queue: { enqueue: async () => undefined } };
  const float = accountId('float', 'getmipay', 'XOF');
  const { rows } = await sql<{ owner: string }>`select distinct owner_id as owner from payments`.execute(db);
  const wallets = rows.map(({ owner }) => accountId('member', owner, 'XOF'));
  const town = { db, ground, chance, wallets };
  for (let { seq } = await findFence(db); seq < BigInt(wanted); seq += BigInt(BATCH)) {
    const batch = Array.from({ length: BATCH }, () => {
      const wallet = wallets[chance.below(wallets.length)];
      invariant(wallet !== undefined, 'the history has no wallet');
      return payment(town, { debit: float, credit: wallet, amount: 1n });
    });
    await inTransaction(db, async (tx) => await postTransfers(tx, ground, batch));
    if (seq % 1_000_000n < BigInt(BATCH)) world.say(`${name}: ${seq} transfers`);
  }
}
