import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DAY_MS } from '../clock.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import { makePartitionsOnce } from './make-partitions-once.ts';
import { AWA, openAll, post, transfer } from './testing/ledger-fixture.ts';
import { verifyChain } from './verify-chain.ts';

test.each(['postgres', 'pglite'] as const)('months are made ahead, once, on %s', async (engine) => {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  await openAll(db, ground);
  expect(await makePartitionsOnce(db, ground, 12)).toBe(0);
  ground.clock.set(new Date('2028-12-31T23:59:59.999Z'));
  expect(await post(db, ground, transfer(ground.ids.uuid()))).toEqual(['posted']);
  ground.clock.advance(1);
  const early = transfer(ground.ids.uuid());
  expect(await post(db, ground, early)).toEqual(['id-outside-window']);
  expect(await makePartitionsOnce(db, ground, 2)).toBe(3);
  expect(await makePartitionsOnce(db, ground, 2)).toBe(0);
  // A missing month burns no id: it is the operator's lateness, not the payer's fault.
  expect(await post(db, ground, early)).toEqual(['posted']);
});

test('many makers at once make each month once', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  ground.clock.set(new Date('2029-06-15T00:00:00.000Z'));
  const made = await Promise.all(
    Array.from({ length: 6 }, async () => await makePartitionsOnce(db, ground, 3)),
  );
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(9);
});

test('an archived month changes no balance and no answer: it is moved away and stays part of the journal', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const old = transfer(ground.ids.uuid());
  await post(db, ground, old, transfer(ground.ids.uuid()));
  ground.clock.advance(430 * DAY_MS);
  await post(db, ground, transfer(ground.ids.uuid()));
  const before = await readBalance(db, AWA);
  await sql`create schema archive`.execute(db);
  await sql`alter table transfers_2026_01 set schema archive`.execute(db);
  expect(await post(db, ground, old)).toEqual(['exists']);
  expect(await post(db, ground, { ...old, amount: old.amount + 1n })).toEqual(['exists-different-amount']);
  expect(await readBalance(db, AWA)).toEqual(before);
  expect(await verifyChain(db)).toMatchObject({ ok: true });
});

test('a month that somebody detached all the same is missed by the chain, and no retry of its ids has an effect', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const old = transfer(ground.ids.uuid());
  await post(db, ground, old, transfer(ground.ids.uuid()));
  ground.clock.advance(430 * DAY_MS);
  await post(db, ground, transfer(ground.ids.uuid()));
  await sql`alter table transfers detach partition transfers_2026_01`.execute(db);
  expect(await post(db, ground, old)).toEqual(['id-outside-window']);
  expect((await readBalance(db, AWA))?.posted).toBe(300n);
  expect(await verifyChain(db)).toMatchObject({ ok: false, brokenSeq: 1n, reason: 'missing' });
});
