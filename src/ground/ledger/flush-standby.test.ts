/**
 * Takes the standby away under two postings: they are visible at once, answered never, and unknown when the wait is cut
 * short.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededChance } from '../chance.ts';
import { systemClock } from '../clock.ts';
import type { Ground } from '../ground.ts';
import { makeIds } from '../identifiers.ts';
import { openPostgres } from '../postgres/database.ts';
import { isDatabaseAway } from '../postgres/in-transaction.ts';
import { migrate } from '../postgres/migrate.ts';
import { type ServerPair, startPair } from '../testing/postgres-pair.ts';
import { openJointFlush } from './joint-flush.ts';
import { insertTransfersUnflushed } from './posting.rows.ts';
import { openAll, transfer } from './testing/ledger-fixture.ts';
import { findTransfer } from './transfer.rows.ts';
import type { Transfer } from './transfer.ts';

let pair: ServerPair;
beforeAll(async () => {
  pair = await startPair();
}, 120_000);
afterAll(async () => await pair.stop());

test('without the standby nobody is told that it is posted', async () => {
  const chance = seededChance('standby');
  const ids = makeIds(systemClock, chance);
  const queue = { enqueue: async () => undefined };
  const ground: Ground = { clock: systemClock, chance, ids, queue };
  const database = openPostgres(pair.primary.url, { onError: () => undefined, connections: 4 });
  const { db } = database;
  await migrate(db, systemClock);
  await openAll(db, ground);
  const flush = openJointFlush(db);
  const post = async (one: Transfer): Promise<void> => {
    const codes = await insertTransfersUnflushed(db, [one], ground.clock.now());
    await flush.wait([one], codes);
  };
  await post(transfer(ids.uuid()));

  await pair.standby.pause();
  const paid = [transfer(ids.uuid()), transfer(ids.uuid())];
  const told: string[] = [];
  const posting = paid.map(async (one) => {
    await post(one).then(
      () => told.push('posted'),
      (error: unknown) => told.push(isDatabaseAway(error) ? 'unknown' : String(error)),
    );
  });
  // Every wait that begins is cut short, until everybody was told.
  let [isOver, waits] = [false, 0];
  const over = Promise.all(posting).then(() => {
    isOver = true;
  });
  while (!isOver) {
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
      where wait_event = 'SyncRep' and query like '%flush_postings%'`.execute(db);
    const [waiting] = rows;
    if (waiting === undefined) continue;
    if (waits === 0) {
      for (const { id, amount } of paid) expect(await findTransfer(db, id)).toMatchObject({ amount });
      expect(told).toEqual([]);
    }
    waits += 1;
    await sql`select pg_cancel_backend(${waiting.pid})`.execute(db);
  }
  await over;
  expect(told).toEqual(['unknown', 'unknown']);
  expect(waits).toBeGreaterThan(0);
  await database.close();
  await pair.standby.start();
}, 60_000);
