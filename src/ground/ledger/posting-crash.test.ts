/**
 * Kills every process of a real PostgreSQL at once, in the middle of posting: what was acknowledged must be there.
 *
 * With a control that must lose: the same posting, acknowledged before the flush. Without it, this test could not tell a
 * ledger that is safe from a server that was lucky. `LEDGER_KILLS` sets how many kills.
 */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededChance } from '../chance.ts';
import { systemClock } from '../clock.ts';
import type { Ground } from '../ground.ts';
import { makeIds, type Uuid } from '../identifiers.ts';
import { type Db, openPostgres } from '../postgres/database.ts';
import { isDatabaseAway } from '../postgres/in-transaction.ts';
import { migrate } from '../postgres/migrate.ts';
import { type Launched, prepareServer, serversFolder } from '../testing/postgres-server.ts';
import { insertTransfersUnflushed } from './posting.rows.ts';
import { openPostingLane } from './posting-lane.ts';
import { openAll, transfer } from './testing/ledger-fixture.ts';
import { listTransfersById } from './transfer.rows.ts';
import type { Transfer } from './transfer.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

const KILLS = Number(process.env.LEDGER_KILLS ?? 2);
const CALLERS = 200;
/** A kill comes after so many answers; at a moment of the server that nobody chose. */
const ANSWERS = 1500;

type Post = (one: Transfer) => Promise<boolean>;

const chance = seededChance('crash');
const ids = makeIds(systemClock, chance);
const ground: Ground = {
  clock: systemClock,
  chance,
  ids,
  queue: { enqueue: async () => undefined },
};
let server: Launched;

beforeAll(async () => {
  // The server's own writer would put the log on disk five times a second, which hides what was never asked for.
  server = await prepareServer(serversFolder(), 'db', ['wal_writer_delay=10s']);
  await server.initialise();
  await server.start();
  const database = open();
  const { db } = database;
  await migrate(db, systemClock);
  await openAll(db, ground);
  await database.close();
}, 60_000);
afterAll(async () => {
  await server.pause();
  await rm(dirname(server.folder), { recursive: true, force: true });
});

function open() {
  return openPostgres(server.url, { onError: () => undefined, connections: 8 });
}

/** Posts with many callers, kills the server under them, starts it again; says what was acknowledged and is not there. */
async function lostAfterKill(postWith: (db: Db) => Post): Promise<Uuid[]> {
  const acknowledged: Uuid[] = [];
  const database = open();
  const { db } = database;
  const post = postWith(db);
  let killing: Promise<void> | undefined;
  const caller = async (): Promise<void> => {
    try {
      while (killing === undefined) {
        const one = transfer(ids.uuid(), { amount: 1n });
        if (await post(one)) acknowledged.push(one.id);
        if (acknowledged.length >= ANSWERS) killing ??= killAll(db);
      }
    } catch (error) {
      // Unknown: nobody was told that it is there.
      if (!isDatabaseAway(error)) throw error;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await killing;
  await database.close();
  return await lookFor(acknowledged);
}

async function killAll(db: Db): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(db);
  const ended = server.end('SIGKILL');
  for (const { pid } of rows) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // Gone with the first one.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
  await ended;
}

async function lookFor(acknowledged: readonly Uuid[]): Promise<Uuid[]> {
  await server.start();
  const database = open();
  const { db } = database;
  try {
    expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
    expect(await verifyChain(db)).toMatchObject({ ok: true });
    const found = new Set((await listTransfersById(db, acknowledged)).map(({ id }) => id));
    return acknowledged.filter((id) => !found.has(id));
  } finally {
    await database.close();
  }
}

test(`nothing acknowledged is lost in ${KILLS} kills`, async () => {
  const inTheLane = (db: Db): Post => {
    const lane = openPostingLane(db, ground);
    return async (one) => (await lane.post([one])).ok;
  };
  for (let round = 0; round < KILLS; round++) expect(await lostAfterKill(inTheLane)).toEqual([]);
}, 120_000);

test('control: acknowledged before the flush, it is lost', async () => {
  const early = (db: Db): Post => {
    return async (one) => (await insertTransfersUnflushed(db, [one], systemClock.now()))[0] === 'posted';
  };
  expect((await lostAfterKill(early)).length).toBeGreaterThan(0);
}, 60_000);
