import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { findFence } from './fence.rows.ts';
import { AWA, KOFI, openAll, post, transfer } from './testing/ledger-fixture.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

/** Twelve rows: deposits, and a hold that is paid, over two batches. */
async function twelveRows(db: Db, ground: Ground): Promise<void> {
  await openAll(db, ground);
  const hold = ground.ids.uuid();
  await post(
    db,
    ground,
    ...Array.from({ length: 10 }, () => transfer(ground.ids.uuid(), { reference: 'é\n"' })),
  );
  await post(
    db,
    ground,
    transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI }),
    transfer(ground.ids.uuid(), { kind: 'post', debit: AWA, credit: KOFI, pendingId: hold }),
  );
}

/** What somebody with all rights on the server could do. */
async function behindTheBack(db: Db, statement: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(statement).execute(tx);
  });
}

test('an untouched journal verifies, whole or from any row, on both engines', async () => {
  const heads = [];
  for (const engine of ['postgres', 'pglite'] as const) {
    const { db } = await freshDatabase(engine);
    expect(await verifyChain(db)).toEqual({ ok: true, rows: 0n, head: '0'.repeat(64) });
    const ground = testGround();
    await twelveRows(db, ground);
    const { head } = await findFence(db);
    heads.push(head);
    expect(await verifyChain(db)).toEqual({ ok: true, rows: 12n, head });
    expect(await verifyChain(db, { fromSeq: 7n })).toEqual({ ok: true, rows: 6n, head });
    await post(db, ground, transfer(ground.ids.uuid()));
    expect(await verifyChain(db, { fromSeq: 13n })).toMatchObject({ ok: true, rows: 1n });
  }
  // The same history has the same head, wherever it is kept.
  expect(heads[0]).toBe(heads[1]);
});

test.each([
  ['an amount', 'update transfers set amount = amount + 1 where seq = 5', 5n, 'altered'],
  ['an account', 'update transfers set credit = credit + 1 where seq = 5', 5n, 'altered'],
  ['a balance', 'update transfers set debit_after = 0 where seq = 5', 5n, 'altered'],
  ['the other balance', 'update transfers set credit_after = 0 where seq = 5', 5n, 'altered'],
  ['a kind', "update transfers set kind = 'pending' where seq = 5", 5n, 'altered'],
  ['a hold', 'update transfers set pending_id = gen_random_uuid() where seq = 12', 12n, 'altered'],
  ['a journal', "update transfers set journal_id = 'jrn_x' where seq = 5", 5n, 'altered'],
  ['a journal kind', "update transfers set journal_kind = 'x' where seq = 5", 5n, 'altered'],
  ['a reference', "update transfers set reference = 'x' where seq = 5", 5n, 'altered'],
  [
    'a microsecond',
    "update transfers set occurred_at = occurred_at + interval '1 us' where seq = 5",
    5n,
    'altered',
  ],
  [
    'the time of record',
    "update transfers set recorded_at = recorded_at - interval '1 us' where seq = 5",
    5n,
    'altered',
  ],
  ['a link', "update transfers set link = sha256('x') where seq = 5", 5n, 'altered'],
  [
    'a name',
    "update accounts set id = 'member:per_thief:XOF' where id = 'member:per_awa:XOF'",
    1n,
    'altered',
  ],
  ['a missing row', 'delete from transfers where seq = 5', 5n, 'missing'],
  ['a missing first row', 'delete from transfers where seq = 1', 1n, 'missing'],
  ['a doubled seq', 'update transfers set seq = 4 where seq = 5', 4n, 'doubled'],
  ['a cut end', 'delete from transfers where seq > 10', 11n, 'end-removed'],
  ['no row at all', 'delete from transfers', 1n, 'end-removed'],
  ['another head', "update fences set head = sha256('x')", 12n, 'head-differs'],
])('%s changed behind the back is named', async (_what, statement, brokenSeq, reason) => {
  const { db } = await freshDatabase();
  await twelveRows(db, testGround());
  await behindTheBack(db, statement);
  expect(await verifyChain(db)).toMatchObject({ ok: false, brokenSeq, reason });
});

test('the trial balance names the account and the amount that differ from the journal', async () => {
  const { db } = await freshDatabase();
  await twelveRows(db, testGround());
  const before = await readTrialBalance(db);
  expect(before).toEqual({
    currencies: [
      { currency: 'XAF', debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n },
      { currency: 'XOF', debitsPosted: 1_100n, creditsPosted: 1_100n, debitsPending: 0n, creditsPending: 0n },
    ],
    differences: [],
    balanced: true,
  });
  await behindTheBack(db, "update accounts set credits_posted = 1001 where id = 'member:per_awa:XOF'");
  const after = await readTrialBalance(db);
  expect(after.differences).toEqual([
    { account: AWA, amount: 'credits_posted', onAccount: 1_001n, inJournal: 1_000n },
  ]);
  expect(after.balanced).toBe(false);
  await behindTheBack(db, "update accounts set credits_posted = 1000 where id = 'member:per_awa:XOF'");
  await behindTheBack(db, 'update transfers set debit = 999 where seq = 1');
  expect((await readTrialBalance(db)).differences).toContainEqual({
    account: undefined,
    amount: 'debits_posted',
    onAccount: 0n,
    inJournal: 100n,
  });
});
