/**
 * Lists what the console asks: every way to search and every page, with samples taken from the history that is there.
 *
 * A test wants the plan of each to go by an index, and `npm run console-times` measures each on a long history.
 */
import { after, DAY_MS } from '../src/ground/clock.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { listOpenAlerts } from '../src/oversight/alerts/alert.rows.ts';
import { readSignals } from '../src/oversight/alerts/read-signals.ts';
import { findTrailPage } from '../src/oversight/audit/audit-entry.rows.ts';
import { readCaseFile } from '../src/oversight/decide/case-file.ts';
import { readBoard } from '../src/oversight/now/read-board.ts';
import { searchPayments } from '../src/oversight/payments/payment-search.rows.ts';
import { type PaymentSearch, type Sought, understand } from '../src/oversight/payments/payment-search.ts';
import { readPaymentStory } from '../src/oversight/payments/payment-story.ts';
import { readEquation } from '../src/oversight/reconcile/reconcile-once.ts';
import { readGroupReport } from '../src/oversight/reports/read-group-report.ts';
import { readReport } from '../src/oversight/reports/read-report.ts';
import { findPayment } from '../src/rails/payments/payment.rows.ts';
import type { Payment, PaymentState } from '../src/rails/payments/payment.ts';
import { listClosedReviews, listOpenReviews } from '../src/rails/payments/review.rows.ts';
import type { Provider } from '../src/rails/provider.ts';

export interface ConsoleQuestion {
  readonly name: string;
  readonly ask: (db: Db) => Promise<unknown>;
}

/** The history that the samples come from: until when it reaches, and one of its tontines. */
export interface Asker {
  readonly until: Date;
  readonly groupId: string;
}

const PROVIDER = { name: 'getmipay', environment: 'sandbox' } as unknown as Provider;
const FLOAT = { provider: 'getmipay', environment: 'sandbox', currency: 'XOF' } as const;
/** A page of the list, and one line to know whether there is another page. */
const PAGE = 51;

export async function listConsoleQuestions(db: Db, asker: Asker): Promise<ConsoleQuestion[]> {
  return [
    ...searchQuestions(await somePayment(db, 'succeeded'), asker),
    ...pageQuestions(asker),
    ...reportQuestions(asker),
  ];
}

function searchQuestions(paid: Payment, { until, groupId }: Asker): ConsoleQuestion[] {
  const sought = (text: string | undefined): { readonly sought: Sought } => {
    const understood = understand(text, 'CI');
    if (understood === undefined) throw new Error(`the search understands nothing in "${text}"`);
    return { sought: understood };
  };
  const ways: readonly (readonly [string, Omit<PaymentSearch, 'limit'>])[] = [
    ['everything, newest first', {}],
    ['our reference', sought(paid.reference)],
    ['the provider’s reference', sought(paid.providerReference)],
    ['a whole number', sought(paid.phone)],
    ['the last four digits', sought(paid.phone.slice(-4))],
    ['the last six digits', sought(paid.phone.slice(-6))],
    ['a person', sought(paid.ownerId)],
    ['a tontine', sought(groupId)],
    ['an id', sought(paid.id)],
    ['an amount', { amount: paid.amount }],
    ['a state that is rare', { state: 'review' }],
    ['a state that is common', { state: 'succeeded' }],
    ['a method', { method: 'visa' }],
    ['a method and a direction', { method: 'wave', direction: 'out' }],
    ['a direction', { direction: 'out' }],
    ['two days', { from: after(until, -3 * DAY_MS), until: after(until, -DAY_MS) }],
    ['an amount and a state', { amount: paid.amount, state: 'failed' }],
    ['a page of half a year ago', { after: { createdAt: after(until, -200 * DAY_MS), id: paid.id } }],
    [
      'a page of a state, a quarter ago',
      { state: 'failed', after: { createdAt: after(until, -90 * DAY_MS), id: paid.id } },
    ],
  ];
  return ways.map(([name, search]) => ({
    name: `search: ${name}`,
    ask: async (on) => await searchPayments(on, { ...search, limit: PAGE }),
  }));
}

function pageQuestions({ until }: Asker): ConsoleQuestion[] {
  return [
    { name: 'the board', ask: async (db) => await readBoard(db, PROVIDER, until) },
    {
      name: 'the alarms',
      ask: async (db) => [await readSignals(db, PROVIDER, until), await listOpenAlerts(db)],
    },
    {
      name: 'a payment’s story',
      ask: async (db) => await readPaymentStory(db, await somePayment(db, 'succeeded')),
    },
    {
      name: 'a payment by its id',
      ask: async (db) => await findPayment(db, (await somePayment(db, 'failed')).id),
    },
    {
      name: 'the queue of reviews',
      ask: async (db) => [await listOpenReviews(db, 200), await listClosedReviews(db, 20)],
    },
    {
      name: 'a case',
      ask: async (db) => {
        const [review] = await listOpenReviews(db, 1);
        return await readCaseFile(db, review?.id ?? '', until);
      },
    },
    {
      name: 'the equation of a float',
      ask: async (db) => await inTransaction(db, async (tx) => await readEquation(tx, FLOAT, undefined)),
    },
    { name: 'the trail', ask: async (db) => await findTrailPage(db, { limit: PAGE }) },
  ];
}

function reportQuestions({ until }: Asker): ConsoleQuestion[] {
  const period = (days: number) => ({ from: after(until, -days * DAY_MS), until });
  return [
    ...(['method', 'country', 'day'] as const).map((by) => ({
      name: `a week by ${by}`,
      ask: async (db: Db) => await readReport(db, { by, ...period(7) }),
    })),
    {
      name: 'a week by tontine',
      ask: async (db) => await readGroupReport(db, { period: period(7), limit: 50 }),
    },
    {
      name: 'thirty days by tontine',
      ask: async (db) => await readGroupReport(db, { period: period(30), limit: 50 }),
    },
  ];
}

async function somePayment(db: Db, state: PaymentState): Promise<Payment> {
  const [found] = await searchPayments(db, { state, limit: 1 });
  if (found === undefined) throw new Error(`no payment is ${state}`);
  return found;
}
