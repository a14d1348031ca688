/**
 * Brings everything that is under way to its end after a story full of accidents: time passes, lost answers are looked
 * up by two people, and at each step the money that is set aside is exactly what is still open.
 */
import { expect } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/ground/clock.ts';
import type { Db } from '../../src/ground/postgres/database.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { decideResolution } from '../../src/rails/payments/decide-resolution.ts';
import { IN_FLIGHT } from '../../src/rails/payments/payment.ts';
import { proposeResolution } from '../../src/rails/payments/propose-resolution.ts';
import { listOpenReviews } from '../../src/rails/payments/review.rows.ts';
import { closeBooks } from './close-books.ts';
import { opened } from './opened.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

/** Past every lease, retry, lifetime and patience of the product and of its provider. */
const WAITS_MS = [
  0,
  4 * MINUTE_MS,
  4 * MINUTE_MS,
  20 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  DAY_MS,
  DAY_MS,
];

/** Only lost answers of withdrawals may be left to two people; everything else must have ended by itself. */
export async function reachTheEnd(world: World): Promise<void> {
  for (const wait_ms of WAITS_MS) {
    await world.letPass(wait_ms);
    await until('what can be settled now is settled', async () => await world.isQuiet(), {
      within_ms: 60_000,
    });
  }
  expect(await listOpen(world.db), 'after quiet time nothing is under way').toEqual([]);
  await expectSetAside(world.db);
  await resolveLostAnswers(world);
  await expectSetAside(world.db);
  await expectPaidOnce(world);
  await closeBooks(world.db, world.books);
}

async function listOpen(db: Db) {
  const rows = await db
    .selectFrom('payments')
    .select(['id', 'direction', 'state', 'reason', 'phone'])
    .where('state', 'in', IN_FLIGHT)
    .execute();
  return rows.map((row) => opened(db, row));
}

/** What each wallet has set aside is what its open withdrawals need, to the franc: no hold is lost, none is left over. */
export async function expectSetAside(db: Db): Promise<void> {
  const accounts = await db.selectFrom('accounts').select(['id', 'debits_pending']).execute();
  const open = await db
    .selectFrom('payments')
    .select(['account_id', 'amount', 'quoted_fee'])
    .where('direction', '=', 'out')
    .where('state', 'in', [...IN_FLIGHT, 'review'])
    .execute();
  for (const { id, debits_pending } of accounts.filter(({ id: account }) => account.startsWith('member:'))) {
    const needed = open
      .filter(({ account_id }) => account_id === id)
      .reduce((sum, { amount, quoted_fee }) => sum + amount + quoted_fee, 0n);
    expect(debits_pending, `what ${id} has set aside`).toBe(needed);
  }
}

/** Each withdrawal goes to a number of its own in these stories, so the provider's books show a second payment. */
async function expectPaidOnce({ db, books }: World): Promise<void> {
  const payments = await db.selectFrom('payments').selectAll().where('direction', '=', 'out').execute();
  for (const payment of payments.map((row) => opened(db, row))) {
    const sent = books
      .list()
      .filter(({ direction, wallet }) => direction === 'out' && `+${wallet}` === payment.phone);
    expect(sent.length, `${payment.id} was sent`).toBeLessThanOrEqual(1);
    const moved = sent.filter(({ state }) => state === 'success').length;
    expect(moved, `${payment.id} is ${payment.state}`).toBe(payment.state === 'succeeded' ? 1 : 0);
  }
}

/** Two people ask the provider what became of each lost answer, and write down what its books say. */
async function resolveLostAnswers({ db, books, product: { ground } }: World): Promise<void> {
  const reviews = await listOpenReviews(db, 1000);
  for (const review of reviews) {
    expect(review.reason).toBe('answer-lost');
    const row = await db
      .selectFrom('payments')
      .select(['id', 'direction', 'phone'])
      .where('id', '=', review.paymentId)
      .executeTakeFirstOrThrow();
    const payment = opened(db, row);
    expect(payment.direction).toBe('out');
    const paid = books
      .list()
      .some(
        ({ direction, wallet, state }) =>
          direction === 'out' && `+${wallet}` === payment.phone && state === 'success',
      );
    const decided = await inTransaction(db, async (tx) => {
      const proposed = await proposeResolution(tx, ground, {
        reviewId: review.id,
        outcome: paid ? 'paid' : 'failed',
        by: 'per_one',
        reason: 'relevé du fournisseur',
        evidence: paid ? 'une ligne à ce numéro' : 'aucune ligne à ce numéro',
      });
      if (!proposed.ok) return proposed;
      const decision = { proposalId: proposed.value, decision: 'approved', by: 'per_two' } as const;
      return await decideResolution(tx, ground, decision);
    });
    expect(decided).toEqual({ ok: true, value: 'approved' });
  }
}
