import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isDatabaseAway } from '../postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { openJointFlush } from './joint-flush.ts';
import { insertTransfersUnflushed } from './posting.rows.ts';
import { openAll, transfer } from './testing/ledger-fixture.ts';

test('an answer is only given once the log is on disk', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const { wait } = openJointFlush(db);
  const paid = [transfer(ground.ids.uuid())];
  const codes = await insertTransfersUnflushed(db, paid, ground.clock.now());
  const { rows: written } = await sql<{
    lsn: string;
  }>`select pg_current_wal_insert_lsn()::text as lsn`.execute(db);
  await wait(paid, codes);
  const { rows: after } = await sql<{ durable: boolean }>`select
    pg_current_wal_flush_lsn() >= ${written[0]?.lsn}::pg_lsn as durable`.execute(db);
  expect(after).toEqual([{ durable: true }]);
});

test('a flush that does not find what it vouches for answers unknown, to its owner alone', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const { wait } = openJointFlush(db);
  const there = [transfer(ground.ids.uuid())];
  const codes = await insertTransfersUnflushed(db, there, ground.clock.now());
  // As after a crash between the commit and the flush: answered, and in no history.
  const gone = [transfer(ground.ids.uuid())];
  const answers = await Promise.allSettled([
    wait(there, codes),
    wait(gone, ['posted']),
    wait(gone, ['exceeds-credits']),
    wait(there, ['exists']),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(answers.every((answer) => answer.status === 'fulfilled' || isDatabaseAway(answer.reason))).toBe(
    true,
  );
});

test('a flush that fails tells everybody who shared it, and the next one starts anew', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const { wait } = openJointFlush(db);
  const paid = [transfer(ground.ids.uuid())];
  const codes = await insertTransfersUnflushed(db, paid, ground.clock.now());
  await sql`alter function flush_postings rename to flush_elsewhere`.execute(db);
  const failed = await Promise.allSettled([wait(paid, codes), wait(paid, codes)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await sql`alter function flush_elsewhere rename to flush_postings`.execute(db);
  await wait(paid, codes);
});
