/**
 * Calls the database's own functions as nobody but `transfer.rows.ts` should: as the version before does while this one
 * takes over, and as a caller who breaks the agreement.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import { AWA, FLOAT, KOFI, NEVER_OPENED, openAll, transfer } from './testing/ledger-fixture.ts';
import type { Transfer } from './transfer.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

const NOW = '2026-01-05T08:00:00.000Z';

test.each(['postgres', 'pglite'] as const)(
  'the version before posts with the same answers on %s',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    await openAll(db, ground);
    const before = async (...transfers: readonly Transfer[]): Promise<readonly string[]> => {
      const list = (pick: (one: Transfer) => string | undefined): string =>
        `{${transfers.map((one) => pick(one) ?? 'NULL').join(',')}}`;
      const { rows } = await sql<{ codes: string[] }>`select post_transfers(0::smallint, ${NOW}::timestamptz,
        ${list(({ id }) => id)}::uuid[], ${list(({ kind }) => kind)}::text[], ${list(({ debit }) => debit)}::text[],
        ${list(({ credit }) => credit)}::text[], ${list(({ amount }) => String(amount))}::bigint[],
        ${list(({ pendingId }) => pendingId)}::uuid[], ${list(({ linked }) => String(linked === true))}::boolean[],
        ${list(({ journal }) => journal.id)}::text[], ${list(({ journal }) => journal.kind)}::text[],
        ${list(({ journal }) => journal.occurredAt.toISOString())}::timestamptz[],
        ${list(({ reference }) => reference)}::text[]) as codes`.execute(db);
      return rows[0]?.codes ?? [];
    };
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

test('a caller who tells accounts in disorder, or hides that an id comes twice, moves nothing', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const id = ground.ids.uuid();
  const call = async (accounts: readonly string[], ids: readonly string[]) =>
    await sql`select post_batch(0::smallint, ${NOW}::timestamptz, ${`{${accounts.join(',')}}`}::text[],
      ${`{${ids.join(',')}}`}::uuid[], ${`{${ids.map(() => 'single').join(',')}}`}::text[],
      ${`{${ids.map(() => 1).join(',')}}`}::int[], ${`{${ids.map(() => 2).join(',')}}`}::int[],
      ${`{${ids.map(() => 5).join(',')}}`}::bigint[], null, null, ${`{${ids.map(() => 'jrn_1').join(',')}}`}::text[],
      ${`{${ids.map(() => 'deposit.settled').join(',')}}`}::text[], ${`{${ids.map(() => 0).join(',')}}`}::bigint[],
      ${`{${ids.map(() => 'NULL').join(',')}}`}::text[], false)`.execute(db);
  await expect(call([AWA, FLOAT], [id])).rejects.toThrow(/told in order/);
  await expect(call([FLOAT, FLOAT], [id])).rejects.toThrow(/told in order/);
  await expect(call([FLOAT, AWA], [id, id])).rejects.toThrow(/duplicate key/);
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 0n });
  await call([FLOAT, AWA], [id]);
  expect((await readBalance(db, AWA))?.posted).toBe(5n);
});
