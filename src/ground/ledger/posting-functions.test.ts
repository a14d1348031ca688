/**
 * Calls the database's own functions as nobody but `posting.rows.ts` should: as the version before does while this one
 * takes over, and as a caller who breaks the agreement.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import { AWA, FLOAT, KOFI, NEVER_OPENED, openAll, transfer } from './testing/ledger-fixture.ts';
import { postAsBefore } from './testing/post-as-before.rows.ts';
import type { Transfer } from './transfer.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

const NOW = new Date('2026-01-05T08:00:00.000Z');

test.each(['postgres', 'pglite'] as const)(
  'the version before posts with the same answers on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    await openAll(db, ground);
    const before = async (...transfers: readonly Transfer[]): Promise<readonly string[]> =>
      await postAsBefore(db, NOW, ...transfers);
    const paid = transfer(ground.ids.uuid());
    const hold = transfer(ground.ids.uuid(), { kind: 'pending', debit: AWA, credit: KOFI, amount: 60n });
    const used = transfer(ground.ids.uuid(), {
      ...hold,
      id: ground.ids.uuid(),
      kind: 'post',
      pendingId: hold.id,
    });
    expect(await before()).toEqual([]);
    expect(await before(paid)).toEqual(['posted']);
    expect(await before(paid, hold, used)).toEqual(['exists', 'posted', 'posted']);
    expect(
      await before(
        transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: 41n }),
        transfer(ground.ids.uuid(), { credit: NEVER_OPENED }),
        transfer(ground.ids.uuid(), { linked: true }),
        transfer(ground.ids.uuid(), { amount: 0n }),
        { ...paid, amount: 7n },
      ),
    ).toEqual([
      'exceeds-credits',
      'account-not-found',
      'linked-failed',
      'amount-not-positive',
      'exists-different-amount',
    ]);
    expect((await readBalance(db, AWA))?.available).toBe(40n);
    expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 3n });
  },
);

test('a batch told as the version before tells it may name a hold of its own', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const [paid, hold, used] = [ground.ids.uuid(), ground.ids.uuid(), ground.ids.uuid()];
  const tell = async (repeated: boolean) =>
    await sql<{ codes: string[] | null }>`select post_batch(0::smallint, ${NOW}::timestamptz,
      ${`{${[FLOAT, AWA, KOFI].toSorted().join(',')}}`}::text[], ${`{${paid},${hold},${used}}`}::uuid[],
      '{single,pending,post}'::text[], '{1,2,2}'::int[], '{2,3,3}'::int[], '{50,20,20}'::bigint[],
      ${`{NULL,NULL,${hold}}`}::uuid[], null::boolean[], '{jrn_1,jrn_1,jrn_1}'::text[],
      '{deposit.settled,deposit.settled,deposit.settled}'::text[], '{0,0,0}'::bigint[],
      '{NULL,NULL,NULL}'::text[], ${repeated}::boolean) as codes`.execute(db);
  expect((await tell(false)).rows[0]?.codes).toBeNull();
  expect((await tell(false)).rows[0]?.codes).toEqual(['exists', 'exists', 'exists']);
  expect((await readBalance(db, AWA))?.available).toBe(30n);
  expect((await readBalance(db, KOFI))?.posted).toBe(20n);
  expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
});

test('a caller who tells accounts in disorder, or hides that an id comes twice, moves nothing', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const id = ground.ids.uuid();
  const call = async (accounts: readonly string[], ids: readonly string[]) =>
    await sql`select post_batch(0::smallint, ${NOW}::timestamptz, true, ${`{${accounts.join(',')}}`}::text[],
      ${`{${ids.join(',')}}`}::uuid[], ${`{${ids.map(() => 'single').join(',')}}`}::text[],
      ${`{${ids.map(() => 1).join(',')}}`}::int[], ${`{${ids.map(() => 2).join(',')}}`}::int[],
      ${`{${ids.map(() => 5).join(',')}}`}::bigint[], null, null, ${`{${ids.map(() => 'jrn_1').join(',')}}`}::text[],
      ${`{${ids.map(() => 'deposit.settled').join(',')}}`}::text[], ${`{${ids.map(() => 0).join(',')}}`}::bigint[],
      ${`{${ids.map(() => 'NULL').join(',')}}`}::text[])`.execute(db);
  await expect(call([AWA, FLOAT], [id])).rejects.toThrow(/told in order/);
  await expect(call([FLOAT, FLOAT], [id])).rejects.toThrow(/told in order/);
  await expect(call([FLOAT, AWA], [id, id])).rejects.toThrow(/duplicate key/);
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 0n });
  await call([FLOAT, AWA], [id]);
  expect((await readBalance(db, AWA))?.posted).toBe(5n);
});
