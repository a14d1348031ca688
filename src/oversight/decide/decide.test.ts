import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { findFreeze } from '../../rails/payments/freeze.rows.ts';
import { listOpenReviews } from '../../rails/payments/review.rows.ts';
import { listOpenSecondPayments } from '../../rails/payments/second-payment.rows.ts';
import {
  AWA,
  acceptedDeposit,
  balanceOf,
  depositStage,
  expectBooksInOrder,
  follow,
  NET,
  paidDeposit,
  paymentOf,
  type Stage,
  SUSPENSE,
  settleWith,
  tell,
} from '../../rails/testing/deposit-stage.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { readCaseFile } from './case-file.ts';
import { decideProposal } from './decide-proposal.ts';
import { decideSecondProposal } from './decide-second-proposal.ts';
import { liftFreeze } from './lift-freeze.ts';
import { placeFreeze } from './place-freeze.ts';
import { proposeDecision } from './propose-decision.ts';
import { proposeSecondDecision } from './propose-second-decision.ts';

const WORDS = { reason: 'le relevé le montre', evidence: 'ligne 12' };

async function openStage(): Promise<Stage & { office: Office }> {
  const stage = await depositStage();
  const office = await openOffice({ db: stage.db, ground: stage.ground });
  return { ...stage, office };
}

/** A deposit of 10 000 for which the provider says that another amount was paid, or says it so that nobody can read it. */
async function underReview(
  stage: Stage,
  paid: bigint | 'unreadable',
): Promise<{ paymentId: string; reviewId: string }> {
  const paymentId = await acceptedDeposit(stage);
  await settleWith(stage, paymentId, {
    found: 'yes',
    status: 'succeeded',
    word: 'success',
    references: { reference: 'MPAYIN_000001' },
    paid: paid === 'unreadable' ? paid : { amount: paid, currency: 'XOF' },
  });
  const [review] = await listOpenReviews(stage.db, 1);
  return { paymentId, reviewId: review?.id ?? '' };
}

async function propose(stage: Stage & { office: Office }, reviewId: string, outcome: 'paid' | 'failed') {
  return await inTransaction(
    stage.db,
    async (tx) =>
      await proposeDecision(tx, stage.ground, stage.office.first, { reviewId, outcome, ...WORDS }),
  );
}

test('what came is laid out, and only what came can be credited', async () => {
  const stage = await openStage();
  const { reviewId } = await underReview(stage, 4_000n);
  const file = await readCaseFile(stage.db, reviewId, stage.clock.now());
  expect(file?.outcomes).toEqual(['paid', 'failed']);
  expect(file?.suspended?.amount).toBeGreaterThan(0n);
  expect(file?.story.map((step) => step.kind)).toEqual(
    expect.arrayContaining(['event', 'command', 'transfer', 'review']),
  );
});

test('a deposit of which nothing is in suspense cannot be called paid', async () => {
  const stage = await openStage();
  const { reviewId } = await underReview(stage, 'unreadable');
  expect((await readCaseFile(stage.db, reviewId, stage.clock.now()))?.outcomes).toEqual(['failed']);
  expect(await propose(stage, reviewId, 'paid')).toMatchObject({
    refusal: { code: 'review-nothing-to-credit' },
  });
  expect(await propose(stage, reviewId, 'failed')).toMatchObject({ ok: true });
});

test('two who approve in the same second carry it out once, and a stale proposal not at all', async () => {
  const stage = await openStage();
  const { db, ground, office } = stage;
  const { paymentId, reviewId } = await underReview(stage, 4_000n);
  const first = await propose(stage, reviewId, 'paid');
  if (!first.ok) throw new Error(first.refusal.code);
  stage.clock.advance(3 * DAY_MS);
  const decide = async (proposalId: string, by = office.second) =>
    await inTransaction(
      db,
      async (tx) => await decideProposal(tx, ground, by, { proposalId, decision: 'approved' }),
    );
  expect(await decide(first.value)).toMatchObject({ refusal: { code: 'review-proposal-stale' } });
  const second = await propose(stage, reviewId, 'paid');
  if (!second.ok) throw new Error(second.refusal.code);
  const answers = await Promise.all(Array.from({ length: 6 }, async () => await decide(second.value)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect((await paymentOf(stage, paymentId)).state).toBe('succeeded');
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
  await expectBooksInOrder(stage);
  const acts = (await findTrailPage(db, { subjectId: paymentId, limit: 9 })).map((entry) => entry.act);
  expect(acts).toEqual(['review.approved', 'review.proposed', 'review.proposed']);
});

test('the money of a second payment goes where two people say, once', async () => {
  const stage = await openStage();
  const { db, ground, office } = stage;
  const paymentId = await paidDeposit(stage);
  const [paid] = stage.provider.truth;
  if (paid === undefined) throw new Error('nothing was paid');
  stage.provider.truth.push({ ...paid, reference: 'MPAYIN_000002' });
  stage.clock.advance(5 * SECOND_MS);
  await tell(stage, paymentId, 'MPAYIN_000002 success');
  await follow(stage);
  const [second] = await listOpenSecondPayments(db, 9);
  const asked = { secondPaymentId: second?.id ?? '', outcome: 'credited', ...WORDS } as const;
  const proposing = async (by: Office['first']) =>
    await inTransaction(db, async (tx) => await proposeSecondDecision(tx, ground, by, asked));
  expect(await proposing(office.support)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  const proposed = await proposing(office.first);
  if (!proposed.ok) throw new Error(proposed.refusal.code);
  const decide = async (by: Office['first']) =>
    await inTransaction(
      db,
      async (tx) =>
        await decideSecondProposal(tx, ground, by, { proposalId: proposed.value, decision: 'approved' }),
    );
  expect(await decide(office.first)).toMatchObject({ refusal: { code: 'review-own-proposal' } });
  expect(await decide(office.second)).toMatchObject({ ok: true });
  expect((await decide(office.second)).ok).toBe(false);
  expect(await balanceOf(stage, AWA)).toBe(2n * NET);
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
  const acts = (await findTrailPage(db, { subjectId: paymentId, limit: 9 })).map((entry) => entry.act);
  expect(acts).toEqual(['second.approved', 'second.proposed']);
});

test('a freeze is placed once, stops what it names, and is lifted with a reason', async () => {
  const { db, ground, office } = await openStage();
  const freeze = { scope: 'method', subject: 'wave', direction: 'out', reason: 'panne' } as const;
  const place = async (by = office.first, reason: string = freeze.reason) =>
    await inTransaction(db, async (tx) => await placeFreeze(tx, ground, by, { ...freeze, reason }));
  expect(await place(office.support)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await place(office.admin, ' ')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  const placed = await place(office.admin);
  if (!placed.ok) throw new Error(placed.refusal.code);
  expect(await place()).toMatchObject({ refusal: { code: 'freeze-open-already' } });
  const about = { ownerId: 'per_x', phone: '+2250700000001', method: 'wave', direction: 'out' } as const;
  expect(await findFreeze(db, about)).toMatchObject({ id: placed.value });
  expect(await findFreeze(db, { ...about, direction: 'in' })).toBeUndefined();
  const lift = async (reason: string) =>
    await inTransaction(
      db,
      async (tx) => await liftFreeze(tx, ground, office.first, { freezeId: placed.value, reason }),
    );
  expect(await lift('')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  expect(await lift('réparé')).toMatchObject({ ok: true });
  expect(await lift('encore')).toMatchObject({ refusal: { code: 'freeze-absent' } });
  expect(await findFreeze(db, about)).toBeUndefined();
});
