import { expect, test } from 'vitest';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { listStatement, type StatementLine } from './statement.ts';
import { AWA, FLOAT, KOFI, NEVER_OPENED, openAll, post, transfer } from './testing/ledger-fixture.ts';

test('every line says what moved, with whom, and what was there afterwards', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const journal = {
    id: 'jrn_2',
    kind: 'contribution.paid',
    occurredAt: new Date('2026-01-05T07:00:00.123Z'),
  };
  const paid = ground.ids.uuid();
  await post(
    db,
    ground,
    transfer(ground.ids.uuid(), { amount: 500n }),
    transfer(paid, { debit: AWA, credit: KOFI, amount: 200n, journal, reference: 'tour 3' }),
    transfer(ground.ids.uuid(), { kind: 'pending', debit: AWA, credit: KOFI, amount: 50n }),
  );
  const [newest, oldest, ...more] = await listStatement(db, AWA, { limit: 10 });
  expect(newest).toEqual({
    seq: 2n,
    transferId: paid,
    kind: 'single',
    amount: -200n,
    balance: 300n,
    counterpart: KOFI,
    journalId: 'jrn_2',
    journalKind: 'contribution.paid',
    occurredAt: journal.occurredAt,
    recordedAt: ground.clock.now(),
    reference: 'tour 3',
  });
  expect(oldest).toMatchObject({ seq: 1n, amount: 500n, balance: 500n, counterpart: FLOAT });
  expect(more).toEqual([]);
  // What we own grows by debits: the same movement is a plus on both sides.
  expect(await listStatement(db, FLOAT, { limit: 10 })).toMatchObject([{ amount: 500n, balance: 500n }]);
  expect(await listStatement(db, NEVER_OPENED, { limit: 10 })).toEqual([]);
});

test('pages put together are the whole, across months and while more arrives', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  for (let month = 0; month < 5; month++) {
    const batch = Array.from({ length: 20 }, (_, place) =>
      place % 4 === 3
        ? transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: BigInt(place) })
        : transfer(ground.ids.uuid(), { amount: BigInt(100 + place) }),
    );
    await post(db, ground, ...batch);
    ground.clock.advance(31 * 86_400_000);
  }
  const whole = await listStatement(db, AWA, { limit: 1_000 });
  expect(whole).toHaveLength(100);
  const paged: StatementLine[] = [];
  for (;;) {
    const last = paged.at(-1);
    const page = await listStatement(db, AWA, { limit: 7, ...(last && { before: last.seq }) });
    if (page.length === 0) break;
    paged.push(...page);
    await post(db, ground, transfer(ground.ids.uuid()));
  }
  expect(paged).toEqual(whole);
  for (const [place, line] of whole.entries()) {
    expect(line.balance - line.amount).toBe(whole[place + 1]?.balance ?? 0n);
  }
});
