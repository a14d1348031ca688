/**
 * Takes the standby away under two postings: they are visible at once, answered never, and unknown when the wait is cut short.
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
import { openDirectPosting } from './direct-posting.ts';
import { openAll, transfer } from './testing/ledger-fixture.ts';
import { findTransfer } from './transfer.rows.ts';

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
  const direct = openDirectPosting(db, ground);
  expect(await direct.post([transfer(ids.uuid())])).toEqual(['posted']);

  await pair.standby.pause();
  const paid = [transfer(ids.uuid()), transfer(ids.uuid())];
  const told: string[] = [];
  const posting = paid.map(async (one) => {
    await direct.post([one]).then(
      () => told.push('posted'),
      (error: unknown) => told.push(isDatabaseAway(error) ? 'unknown' : String(error)),
    );
  });
  let flush: { pid: number } | undefined;
  while (flush === undefined) {
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
      where wait_event = 'SyncRep' and query like '%keep: flush-session%'`.execute(db);
    flush = rows[0];
  }
  for (const { id, amount } of paid) expect(await findTransfer(db, id)).toMatchObject({ amount });
  expect(told).toEqual([]);
  await sql`select pg_cancel_backend(${flush.pid})`.execute(db);
  await Promise.all(posting);
  expect(told).toEqual(['unknown', 'unknown']);
  await database.close();
}, 60_000);
