import { expect, test } from 'vitest';
import type { Ground } from '../ground.ts';
import type { Uuid } from '../identifiers.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { accepted, refused } from '../refusal.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import {
  reverseTransfer,
  TRANSFER_ABSENT,
  TRANSFER_ALREADY_REVERSED,
  TRANSFER_FUNDS_MISSING,
  TRANSFER_MOVED_NOTHING,
} from './reverse-transfer.ts';
import { AWA, KOFI, openAll, post, transfer } from './testing/ledger-fixture.ts';

const journal = { id: 'jrn_9', kind: 'deposit.reversed', occurredAt: new Date('2026-01-05T07:59:30.000Z') };

async function reverse(db: Db, ground: Ground, id: Uuid, original: Uuid) {
  return await inTransaction(
    db,
    async (tx) => await reverseTransfer(tx, ground, { id, original, journal, reference: 'erreur' }),
  );
}

test('a transfer is undone once, and the same reversal may be sent again', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const [original, first, second] = [ground.ids.uuid(), ground.ids.uuid(), ground.ids.uuid()];
  await post(db, ground, transfer(original), transfer(ground.ids.uuid(), { amount: 30n }));
  expect(await reverse(db, ground, first, original)).toEqual(accepted(undefined));
  expect(await reverse(db, ground, first, original)).toEqual(accepted(undefined));
  expect(await reverse(db, ground, second, original)).toEqual(refused(TRANSFER_ALREADY_REVERSED));
  expect((await readBalance(db, AWA))?.posted).toBe(30n);
});

test('twenty reversals at once undo once', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const original = ground.ids.uuid();
  await post(db, ground, transfer(original), transfer(ground.ids.uuid(), { amount: 5_000n }));
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => await reverse(db, ground, ground.ids.uuid(), original)),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect((await readBalance(db, AWA))?.posted).toBe(5_000n);
});

test('what is spent, absent or only reserved is not undone', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const [original, hold] = [ground.ids.uuid(), ground.ids.uuid()];
  await post(db, ground, transfer(original), transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI }));
  const next = (): Uuid => ground.ids.uuid();
  expect(await reverse(db, ground, next(), next())).toEqual(refused(TRANSFER_ABSENT));
  expect(await reverse(db, ground, next(), hold)).toEqual(refused(TRANSFER_MOVED_NOTHING));
  expect(await reverse(db, ground, next(), original)).toEqual(refused(TRANSFER_FUNDS_MISSING));
  await post(db, ground, transfer(next()));
  expect(await reverse(db, ground, next(), original)).toEqual(accepted(undefined));
});
