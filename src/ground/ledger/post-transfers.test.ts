import { expect, test } from 'vitest';
import { inTransaction } from '../postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { accountId } from './account.ts';
import { readBalance } from './balance.ts';
import { openAccount } from './open-account.ts';
import { postOrThrow } from './post-or-throw.ts';
import { postTransfers } from './post-transfers.ts';
import { AWA, FEES, FLOAT, KOFI, NEVER_OPENED, openAll, post, transfer } from './testing/ledger-fixture.ts';
import { LARGEST_AMOUNT, type Transfer } from './transfer.ts';

test.each(['postgres', 'pglite'] as const)('a deposit, a hold, its payment, on %s', async (engine) => {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  await openAll(db, ground);
  const hold = ground.ids.uuid();
  expect(await post(db, ground, transfer(ground.ids.uuid(), { amount: 25_000n }))).toEqual(['posted']);
  expect(
    await post(db, ground, transfer(hold, { kind: 'pending', debit: AWA, credit: FLOAT, amount: 10_000n })),
  ).toEqual(['posted']);
  expect(await readBalance(db, AWA)).toEqual({
    posted: 25_000n,
    pendingIn: 0n,
    pendingOut: 10_000n,
    available: 15_000n,
  });
  const paid = transfer(ground.ids.uuid(), {
    kind: 'post',
    debit: AWA,
    credit: FLOAT,
    amount: 9_000n,
    pendingId: hold,
    reference: 'retrait "1" \\ {Bè, Kpalimé}, NULL',
  });
  expect(await post(db, ground, paid)).toEqual(['posted']);
  expect(await post(db, ground, paid)).toEqual(['exists']);
  expect(await readBalance(db, AWA)).toEqual({
    posted: 16_000n,
    pendingIn: 0n,
    pendingOut: 0n,
    available: 16_000n,
  });
  expect((await readBalance(db, FLOAT))?.posted).toBe(16_000n);
});

test('an account may be opened in the transaction that posts to it', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const codes = await inTransaction(db, async (tx) => {
    await openAccount(tx, ground, FLOAT);
    await openAccount(tx, ground, AWA);
    await openAccount(tx, ground, AWA);
    return await postTransfers(tx, ground, [transfer(ground.ids.uuid())]);
  });
  expect(codes).toEqual(['posted']);
});

test('fifty transactions at once never take more than there is', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  await post(db, ground, transfer(ground.ids.uuid(), { amount: 1_000n }));
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () =>
      post(db, ground, transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: 70n })),
    ),
  );
  expect(answers.flat().filter((code) => code === 'posted')).toHaveLength(14);
  expect(answers.flat().filter((code) => code === 'exceeds-credits')).toHaveLength(36);
  expect((await readBalance(db, AWA))?.posted).toBe(20n);
  expect((await readBalance(db, KOFI))?.posted).toBe(980n);
});

test('fifty transactions with one id have one effect', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const same = transfer(ground.ids.uuid());
  const answers = await Promise.all(Array.from({ length: 50 }, async () => post(db, ground, same)));
  expect(answers.flat().filter((code) => code === 'posted')).toHaveLength(1);
  expect(answers.flat().filter((code) => code === 'exists')).toHaveLength(49);
  expect((await readBalance(db, AWA))?.posted).toBe(100n);
});

test('fifty resolutions of one hold, half to pay and half to release: one wins, and one way only', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const hold = ground.ids.uuid();
  await post(
    db,
    ground,
    transfer(ground.ids.uuid()),
    transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI }),
  );
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, place) =>
      post(
        db,
        ground,
        transfer(ground.ids.uuid(), {
          kind: place % 2 === 0 ? 'post' : 'void',
          debit: AWA,
          credit: KOFI,
          pendingId: hold,
        }),
      ),
    ),
  );
  const codes = answers.flat();
  expect(codes.filter((code) => code === 'posted')).toHaveLength(1);
  const paid = codes.includes('already-posted');
  expect(codes.filter((code) => code === (paid ? 'already-posted' : 'already-voided'))).toHaveLength(49);
  expect((await readBalance(db, KOFI))?.posted).toBe(paid ? 100n : 0n);
  expect((await readBalance(db, AWA))?.pendingOut).toBe(0n);
});

test('a batch of a thousand is answered in order', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  // Every third takes what the two before it brought, and one franc more than there is when it is the last.
  const batch = Array.from({ length: 1_000 }, (_, place) =>
    place % 3 === 2
      ? transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: place === 998 ? 201n : 200n })
      : transfer(ground.ids.uuid()),
  );
  const codes = await post(db, ground, ...batch);
  expect(codes.filter((code) => code === 'posted')).toHaveLength(999);
  expect(codes[998]).toBe('exceeds-credits');
  expect((await readBalance(db, AWA))?.posted).toBe(300n);
});

test('at 2^63 − 1 it refuses and never wraps, holds counted', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const debt = accountId('receivable', 'per_awa', 'XOF');
  await openAll(db, ground, [debt]);
  const next = (changes: Partial<Transfer>) => transfer(ground.ids.uuid(), changes);
  const batch = [
    next({ kind: 'pending', credit: FEES, amount: LARGEST_AMOUNT - 10n }),
    next({ credit: AWA, amount: 11n }),
    next({ debit: debt, credit: FEES, amount: 11n }),
    next({ kind: 'pending', debit: debt, credit: FEES, amount: 11n }),
    next({ credit: AWA, amount: 10n }),
    next({ debit: debt, credit: FEES, amount: 10n }),
    next({ credit: AWA, amount: 1n }),
  ];
  expect(await post(db, ground, ...batch)).toEqual([
    'posted',
    'overflow',
    'overflow',
    'overflow',
    'posted',
    'posted',
    'overflow',
  ]);
});

test('what is rolled back leaves nothing, not even a burnt id', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const wanted = transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI });
  await expect(inTransaction(db, async (tx) => await postOrThrow(tx, ground, [wanted]))).rejects.toThrow(
    `${wanted.id} exceeds-credits`,
  );
  await post(db, ground, transfer(ground.ids.uuid()));
  expect(await post(db, ground, wanted)).toEqual(['posted']);
});

test('a refused id stays refused, though the account has been opened since', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const early = transfer(ground.ids.uuid(), { credit: NEVER_OPENED });
  expect(await post(db, ground, early)).toEqual(['account-not-found']);
  await openAll(db, ground, [NEVER_OPENED]);
  expect(await post(db, ground, early)).toEqual(['account-not-found']);
  expect(await post(db, ground, { ...early, id: ground.ids.uuid() })).toEqual(['posted']);
});

test('a transfer that no correct caller can make stops before the database', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const id = ground.ids.uuid();
  const cases = [
    transfer(id, { amount: 2n ** 63n }),
    transfer(id, { reference: '' }),
    transfer(id, { reference: 'a\0b' }),
    transfer(id, { journal: { id: 'x', kind: 'deposit.settled', occurredAt: new Date(0) } }),
    transfer(id, { journal: { id: 'jrn_1', kind: 'a\nb', occurredAt: new Date(0) } }),
    transfer(id, { journal: { id: 'jrn_1', kind: 'a', occurredAt: new Date('never') } }),
    transfer('no-uuid' as typeof id),
  ];
  for (const wrong of cases) await expect(post(db, ground, wrong)).rejects.toThrow('transfer');
  expect(await inTransaction(db, async (tx) => await postTransfers(tx, ground, []))).toEqual([]);
});
