/**
 * Tells what the database does when the console is used on a long history: every question goes by an index.
 *
 * Every statement that the console's readers send is caught and explained. What walks a whole table of payments,
 * transfers, events, callbacks or instructions is named: it would take minutes where there are ten million.
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedHistory } from '../bench/seed-history.ts';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import type { Database, Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { clonePostgres, testVault } from '../src/ground/testing/fresh-database.ts';
import { readSignals } from '../src/oversight/alerts/read-signals.ts';
import { readCaseFile } from '../src/oversight/decide/case-file.ts';
import { readBoard } from '../src/oversight/now/read-board.ts';
import { searchPayments } from '../src/oversight/payments/payment-search.rows.ts';
import { type PaymentSearch, understand } from '../src/oversight/payments/payment-search.ts';
import { readPaymentStory } from '../src/oversight/payments/payment-story.ts';
import { readEquation } from '../src/oversight/reconcile/reconcile-once.ts';
import { readGroupReport } from '../src/oversight/reports/read-group-report.ts';
import { readReport } from '../src/oversight/reports/read-report.ts';
import type { Payment } from '../src/rails/payments/payment.ts';
import { listClosedReviews, listOpenReviews } from '../src/rails/payments/review.rows.ts';
import type { Provider } from '../src/rails/provider.ts';

const PAYMENTS = 10_000;
const UNTIL = new Date('2026-06-01T00:00:00Z');
const PROVIDER = { name: 'getmipay', environment: 'sandbox' } as unknown as Provider;
const OF = { provider: 'getmipay', environment: 'sandbox', currency: 'XOF' } as const;
/** A month of the journal that has no rows yet costs nothing, whichever way it is read. */
const LARGE =
  /Seq Scan on (payments|transfers\w*|events|provider_callbacks|provider_commands|status_answers)\b[^(\n]*\(cost=(?!0\.00\.\.0\.00 )/;

type Clone = Awaited<ReturnType<typeof clonePostgres>>;
interface Said {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

let clone: Clone;
let db: Db;
let pool: pg.Pool;
const said: Said[] = [];
beforeAll(async () => {
  clone = await clonePostgres();
  const types = new pg.TypeOverrides();
  // As everywhere in the product: an int8 is a bigint.
  types.setTypeParser(20, BigInt);
  pool = new pg.Pool({ connectionString: clone.url, types });
  db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [testVault()],
    log: (event) => {
      if (event.level === 'query') said.push(event.query);
    },
  });
  await seedHistory(clone.db, {
    payments: PAYMENTS,
    days: 360,
    until: UNTIL,
    seed: 'plans',
    provider: 'getmipay',
  });
}, 120_000);
afterAll(async () => {
  await pool.end();
  await clone.drop();
});

/** The plans of everything that `act` asked, and what of it walks a large table. */
async function walksOf(act: () => Promise<unknown>): Promise<string[]> {
  said.length = 0;
  await act();
  const asked = said.filter(({ sql }) => /^\s*(select|with)/i.test(sql));
  expect(asked.length).toBeGreaterThan(0);
  const walks: string[] = [];
  for (const { sql, parameters } of asked) {
    const plan = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    if (LARGE.test(text)) walks.push(`${sql}\n${text}`);
  }
  return walks;
}

async function somePayment(state: string): Promise<Payment> {
  const [found] = await searchPayments(db, { state: state as Payment['state'], limit: 1 });
  if (found === undefined) throw new Error(`no payment is ${state}`);
  return found;
}

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

it('every way to search goes by an index, also on a later page', async () => {
  const paid = await somePayment('succeeded');
  const ways: readonly (readonly [string, Omit<PaymentSearch, 'limit'>])[] = [
    ['nothing', {}],
    ['our reference', { sought: understand(paid.reference, 'CI') ?? never() }],
    ['the provider’s', { sought: understand(paid.providerReference, 'CI') ?? never() }],
    ['a number', { sought: { by: 'phone', value: paid.phone } }],
    ['last digits', { sought: understand(paid.phone.slice(-4), 'CI') ?? never() }],
    ['more last digits', { sought: understand(paid.phone.slice(-6), 'CI') ?? never() }],
    ['a person', { sought: { by: 'owner', value: paid.ownerId } }],
    ['a group', { sought: { by: 'group', value: 'grp_01kx0000000000000000000000' } }],
    ['an id', { sought: { by: 'id', value: paid.id } }],
    ['an amount', { amount: paid.amount }],
    ['a state', { state: 'review' }],
    ['a method', { method: 'visa' }],
    ['a method and a direction', { method: 'wave', direction: 'out' }],
    ['days', { from: after(UNTIL, -3 * DAY_MS), until: after(UNTIL, -DAY_MS) }],
    ['a later page', { after: { createdAt: after(UNTIL, -200 * DAY_MS), id: paid.id } }],
    [
      'a later page of a state',
      { state: 'failed', after: { createdAt: after(UNTIL, -90 * DAY_MS), id: paid.id } },
    ],
  ];
  for (const [name, search] of ways) {
    expect(await walksOf(async () => await searchPayments(db, { ...search, limit: 51 })), name).toEqual([]);
  }
  const found = await searchPayments(db, { sought: { by: 'phone', value: paid.phone }, limit: 5 });
  expect(found.map((payment) => payment.id)).toContain(paid.id);
});

it.each<readonly [string, () => Promise<unknown>]>([
  ['the board', async () => await readBoard(db, PROVIDER, UNTIL)],
  ['the alarms', async () => await readSignals(db, PROVIDER, UNTIL)],
  ['a payment’s story', async () => await readPaymentStory(db, await somePayment('succeeded'))],
  [
    'a week by method',
    async () => await readReport(db, { by: 'method', from: after(UNTIL, -7 * DAY_MS), until: UNTIL }),
  ],
  [
    'a week by day',
    async () => await readReport(db, { by: 'day', from: after(UNTIL, -7 * DAY_MS), until: UNTIL }),
  ],
  [
    'a week by group',
    async () =>
      await readGroupReport(db, { period: { from: after(UNTIL, -7 * DAY_MS), until: UNTIL }, limit: 50 }),
  ],
  ['the queue of reviews', async () => [await listOpenReviews(db, 200), await listClosedReviews(db, 20)]],
  [
    'a case',
    async () => {
      const [review] = await listOpenReviews(db, 1);
      return await readCaseFile(db, review?.id ?? '', UNTIL);
    },
  ],
  [
    'the equation of a float',
    async () => await inTransaction(db, async (tx) => await readEquation(tx, OF, undefined)),
  ],
])('%s walks no large table', async (_name, act) => {
  expect(await walksOf(act)).toEqual([]);
});

it('pages cut by the last line seen show every payment once', async () => {
  const seen = new Set<string>();
  let place: PaymentSearch['after'];
  for (;;) {
    const search: PaymentSearch = place === undefined ? { limit: 1_000 } : { limit: 1_000, after: place };
    const page = await searchPayments(db, search);
    for (const payment of page) seen.add(payment.id);
    place = page.at(-1);
    if (page.length < 1_000) break;
  }
  expect(seen.size).toBe(PAYMENTS);
});

function never(): never {
  throw new Error('the search understands nothing');
}
