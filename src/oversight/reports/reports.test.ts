import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, DAY_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { disburse } from '../../rails/payments/disburse.ts';
import { listOpenReviews } from '../../rails/payments/review.rows.ts';
import {
  AWA,
  acceptedDeposit,
  depositStage,
  paidDeposit,
  type Stage,
  send,
  settleWith,
} from '../../rails/testing/deposit-stage.ts';
import { decideProposal } from '../decide/decide-proposal.ts';
import { proposeDecision } from '../decide/propose-decision.ts';
import { openOffice } from '../testing/office.ts';
import { readReport } from './read-report.ts';
import { type ReportBy, totalOf } from './report.ts';

/** What the journal says was moved for good by journals of a kind, on one side of one kind of account. */
async function journalSum(stage: Stage, kinds: string, side: 'debit' | 'credit', account: string) {
  const found = await sql<{ total: bigint | null }>`select sum(t.amount)::bigint as total
    from transfers t join accounts a on a.key = ${sql.ref(`t.${side}`)}
    where t.journal_kind like ${kinds} and a.kind = ${account} and t.kind in ('single', 'post')`.execute(
    stage.db,
  );
  return found.rows[0]?.total ?? 0n;
}

/** A withdrawal whose answer was lost and which two people found paid. */
async function paidWithdrawal(stage: Stage, amount: bigint, fee: bigint): Promise<void> {
  const { db, ground, rails, service } = stage;
  const office = await openOffice({ db, ground });
  const paymentId = ground.ids.next('pay');
  const asked = await inTransaction(
    db,
    async (tx) =>
      await disburse(tx, ground, rails, {
        paymentId,
        ownerId: 'per_awa',
        accountId: AWA,
        service,
        phone: '+2250700000001',
        amount,
        fee,
      }),
  );
  expect(asked.ok).toBe(true);
  await send(stage);
  const [review] = await listOpenReviews(db, 1);
  const words = { reason: 'le relevé le montre', evidence: 'ligne 12' };
  const proposed = await inTransaction(
    db,
    async (tx) =>
      await proposeDecision(tx, ground, office.first, {
        reviewId: review?.id ?? '',
        outcome: 'paid',
        ...words,
      }),
  );
  if (!proposed.ok) throw new Error(proposed.refusal.code);
  const decide = async (by = office.second) =>
    await inTransaction(
      db,
      async (tx) =>
        await decideProposal(tx, ground, by, { proposalId: proposed.value, decision: 'approved' }),
    );
  expect(await decide(office.first)).toMatchObject({ refusal: { code: 'review-own-proposal' } });
  expect(await decide(office.admin)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await decide()).toMatchObject({ ok: true });
}

test.each<ReportBy>(['method', 'country', 'day'])('by %s: the same numbers as the ledger', async (by) => {
  const stage = await depositStage();
  await paidDeposit(stage);
  await paidDeposit(stage, { amount: 4_000n });
  const taken = await paidDeposit(stage, { amount: 6_000n });
  await acceptedDeposit(stage);
  await settleWith(stage, taken, {
    found: 'yes',
    status: 'reversed',
    word: 'reversed',
    references: { reference: 'MPAYIN_000003' },
  });
  await paidWithdrawal(stage, 5_000n, 50n);

  const now = stage.clock.now();
  const lines = await readReport(stage.db, { by, from: after(now, -DAY_MS), until: after(now, DAY_MS) });
  const into = totalOf(lines.filter((line) => line.direction === 'in'));
  const out = totalOf(lines.filter((line) => line.direction === 'out'));
  expect([into.payments, into.asked, into.reversed, out.payments]).toEqual([3n, 4n, 1n, 1n]);
  expect(into.moved).toBe(await journalSum(stage, 'deposit.settled', 'credit', 'member'));
  expect(into.volume - into.providerFees).toBe(into.moved);
  const back =
    (await journalSum(stage, 'deposit.reversed', 'debit', 'member')) +
    (await journalSum(stage, 'deposit.reversed', 'debit', 'receivable'));
  expect(into.reversedMoved).toBe(back);
  expect(out.moved).toBe(await journalSum(stage, 'withdrawal.paid', 'credit', 'float'));
  expect(out.hostFees).toBe(await journalSum(stage, 'withdrawal.paid', 'credit', 'fees-platform'));
  const float =
    (await journalSum(stage, '%', 'debit', 'float')) - (await journalSum(stage, '%', 'credit', 'float'));
  expect(into.moved - into.reversedMoved - out.moved).toBe(float);
});

test('a period takes what was settled in it and nothing of the day beside', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  const now = stage.clock.now();
  const read = async (from: Date, until: Date) => await readReport(stage.db, { by: 'method', from, until });
  expect(await read(after(now, -DAY_MS), now)).toEqual([]);
  expect(await read(after(now, 1), after(now, DAY_MS))).toEqual([]);
  expect(await read(now, after(now, 1))).toHaveLength(1);
});
