import { expect, test } from 'vitest';
import { seededChance } from '../chance.ts';
import { systemClock } from '../clock.ts';
import { makeIds } from '../identifiers.ts';
import type { Db } from '../postgres/database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import { openDirectPosting } from './direct-posting.ts';
import { flushSession } from './posting.rows.ts';
import { AWA, KOFI, openAll, transfer } from './testing/ledger-fixture.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

test.each(['postgres', 'pglite'] as const)(
  'posting alone answers as in a transaction, on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    await openAll(db, ground);
    const direct = openDirectPosting(db, ground);
    const paid = transfer(ground.ids.uuid());
    const hold = transfer(ground.ids.uuid(), { kind: 'pending', debit: AWA, credit: KOFI, amount: 60n });
    expect(await direct.post([])).toEqual([]);
    expect(await direct.post([paid])).toEqual(['posted']);
    expect(await direct.post([paid])).toEqual(['exists']);
    expect(await direct.post([{ ...paid, amount: 7n }])).toEqual(['exists-different-amount']);
    expect(await direct.post([hold])).toEqual(['posted']);
    const spent = transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: 41n });
    expect(await direct.post([spent])).toEqual(['exceeds-credits']);
    expect(await direct.post([{ ...spent, amount: 40n }])).toEqual(['exceeds-credits']);
    expect(await direct.post([transfer('01000000-0000-7000-8000-000000000000' as typeof paid.id)])).toEqual([
      'id-outside-window',
    ]);
    const answers = await Promise.all(
      Array.from(
        { length: 40 },
        async () => await direct.post([transfer(ground.ids.uuid(), { amount: 1n })]),
      ),
    );
    expect(answers).toEqual(answers.map(() => ['posted']));
    expect((await readBalance(db, AWA))?.posted).toBe(140n);
    expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 42n });
  },
);

test('calls of one moment are told after one flush that was sent behind them', async () => {
  const { db } = await freshDatabase();
  // The short way wants months on both sides, which the instant of other tests does not have.
  const ground = {
    ...testGround(),
    clock: systemClock,
    ids: makeIds(systemClock, seededChance('direct posting')),
  };
  await openAll(db, ground);
  const told: string[] = [];
  let [flushes, isPosted] = [0, false];
  const direct = openDirectPosting(db, ground, async (within: Db) => {
    flushes += 1;
    await flushSession(within);
    // It lay behind all of them, and they were committed before it.
    isPosted = (await readBalance(db, AWA))?.posted === 300n;
    expect(told).toEqual([]);
  });
  await Promise.all(
    Array.from({ length: 3 }, async () => told.push(...(await direct.post([transfer(ground.ids.uuid())])))),
  );
  expect({ told, flushes, isPosted }).toEqual({
    told: ['posted', 'posted', 'posted'],
    flushes: 1,
    isPosted: true,
  });

  // Whoever is alone waits with the own commit.
  expect(await direct.post([transfer(ground.ids.uuid())])).toEqual(['posted']);
  expect(flushes).toBe(1);
});

test('where no line keeps calls in one session, each waits with its own commit', async () => {
  const { db } = await freshDatabase('pglite');
  const ground = testGround();
  await openAll(db, ground);
  let flushes = 0;
  const direct = openDirectPosting(db, ground, async () => {
    flushes += 1;
  });
  const post = async () => await direct.post([transfer(ground.ids.uuid())]);
  expect(await Promise.all([post(), post(), post()])).toEqual([['posted'], ['posted'], ['posted']]);
  expect(flushes).toBe(0);
});

test('when the flush fails, everybody of that moment hears so, and the next one starts anew', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  let isBroken = true;
  const direct = openDirectPosting(db, ground, async (within: Db) => {
    if (isBroken) throw new Error('no disk');
    await flushSession(within);
  });
  const paid = [transfer(ground.ids.uuid()), transfer(ground.ids.uuid())];
  const post = async () => await Promise.allSettled(paid.map(async (one) => await direct.post([one])));
  expect((await post()).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  expect(await post()).toEqual(paid.map(() => ({ status: 'fulfilled', value: ['exists'] })));
  expect((await readBalance(db, AWA))?.posted).toBe(200n);
});

test('one call that the database cannot take says nothing about those beside it', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const direct = openDirectPosting(db, ground);
  const answers = await Promise.allSettled(
    ['one', 'zero \u0000 byte', 'two'].map(
      async (reference) => await direct.post([{ ...transfer(ground.ids.uuid()), reference }]),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await readBalance(db, AWA))?.posted).toBe(200n);
  expect(await verifyChain(db)).toMatchObject({ ok: true });
});
