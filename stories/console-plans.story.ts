/**
 * Tells what the database does when the console is used on a long history: every question goes by an index.
 *
 * Every statement that the console's readers send is caught and explained. What walks a whole table of payments,
 * transfers, events, callbacks or instructions is named: it would take minutes where there are ten million.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listConsoleQuestions } from '../bench/console-questions.ts';
import { type Explained, isWalk, openExplained } from '../bench/explain-asked.ts';
import { type Seeded, seedHistory } from '../bench/seed-history.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { clonePostgres, testVault } from '../src/ground/testing/fresh-database.ts';
import { searchPayments } from '../src/oversight/payments/payment-search.rows.ts';
import type { PaymentSearch } from '../src/oversight/payments/payment-search.ts';

const PAYMENTS = 10_000;
const UNTIL = new Date('2026-06-01T00:00:00Z');

let clone: Awaited<ReturnType<typeof clonePostgres>>;
let explained: Explained;
let seeded: Seeded;
beforeAll(async () => {
  clone = await clonePostgres();
  explained = openExplained(clone.url, [testVault()]);
  seeded = await seedHistory(clone.db, {
    payments: PAYMENTS,
    days: 360,
    until: UNTIL,
    seed: 'plans',
    provider: 'getmipay',
  });
}, 120_000);
afterAll(async () => {
  await explained.close();
  await clone.drop();
});

it('the made-up books are in order', async () => {
  expect((await readTrialBalance(clone.db)).balanced).toBe(true);
  expect(await verifyChain(clone.db)).toMatchObject({ ok: true });
  const succeeded = await clone.db
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('state', '=', 'succeeded')
    .executeTakeFirstOrThrow();
  expect(Number(succeeded.n)).toBeGreaterThan(PAYMENTS * 0.85);
});

it('every search and every page goes by an index, also on a later page', async () => {
  const { db } = explained;
  const questions = await listConsoleQuestions(db, { until: UNTIL, groupId: seeded.groups[0] ?? '' });
  expect(questions.length).toBeGreaterThan(25);
  for (const { name, ask } of questions) {
    const asked = await explained.explain(async () => await ask(db));
    expect(asked.length, name).toBeGreaterThan(0);
    expect(asked.filter(isWalk), name).toEqual([]);
  }
});

it('people are found by their tontine, and their number finds what they paid', async () => {
  const { db } = explained;
  const value = seeded.groups[0] ?? '';
  const [ofGroup] = await searchPayments(db, { sought: { by: 'group', value }, limit: 5 });
  expect(ofGroup).toBeDefined();
  const phone = ofGroup?.phone ?? '';
  const found = await searchPayments(db, { sought: { by: 'phone', value: phone }, limit: 5 });
  expect(found.map((payment) => payment.id)).toContain(ofGroup?.id);
});

it('pages cut by the last line seen show every payment once', async () => {
  const seen = new Set<string>();
  let place: PaymentSearch['after'];
  for (;;) {
    const search: PaymentSearch = place === undefined ? { limit: 1_000 } : { limit: 1_000, after: place };
    const page = await searchPayments(explained.db, search);
    for (const payment of page) seen.add(payment.id);
    place = page.at(-1);
    if (page.length < 1_000) break;
  }
  expect(seen.size).toBe(PAYMENTS);
});
