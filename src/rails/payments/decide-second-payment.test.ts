/**
 * Tests that the money of a second payment leaves suspense once, by two people, and can come back from where it went.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../ground/clock.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import { money } from '../../ground/money/money.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { StatusAnswer } from '../provider.ts';
import {
  AWA,
  balanceOf,
  depositStage,
  eventsOf,
  expectBooksInOrder,
  FLOAT,
  NET,
  paidDeposit,
  paymentOf,
  RECEIVABLE,
  type Stage,
  SUSPENSE,
} from '../testing/deposit-stage.ts';
import { decideSecondPayment } from './decide-second-payment.ts';
import { proposeSecondPayment, type SecondProposal } from './propose-second-payment.ts';
import { recordStrayMoney } from './record-stray-money.ts';
import { findSecondPaymentById, listOpenSecondPayments } from './second-payment.rows.ts';

function told(status: 'succeeded' | 'reversed', paid: ReturnType<typeof money> | 'unreadable'): StatusAnswer {
  const fee = money(100n, 'XOF');
  return { found: 'yes', status, word: status, paid, fee, references: { reference: 'STRAY_1' } };
}

async function tell(stage: Stage, id: string, answer: StatusAnswer): Promise<boolean> {
  const payment = await paymentOf(stage, id);
  return await inTransaction(
    stage.db,
    async (tx) => await recordStrayMoney(tx, stage.ground, { payment, reference: 'STRAY_1', answer }),
  );
}

/** A paid deposit of somebody who paid twice: the payment's id and the case's. */
async function paidTwice(
  stage: Stage,
  paid: Parameters<typeof told>[1] = money(5_000n, 'XOF'),
): Promise<{ id: string; secondId: string }> {
  const id = await paidDeposit(stage);
  await tell(stage, id, told('succeeded', paid));
  const [second] = await listOpenSecondPayments(stage.db, 10);
  if (second === undefined) throw new Error('nobody paid twice');
  return { id, secondId: second.id };
}

async function propose(
  stage: Stage,
  secondPaymentId: string,
  change: Partial<SecondProposal> = {},
): Promise<Answer<string>> {
  const proposal = { outcome: 'credited', reason: 'she asked', evidence: 'receipt 12', by: 'ama' } as const;
  return await inTransaction(
    stage.db,
    async (tx) => await proposeSecondPayment(tx, stage.ground, { secondPaymentId, ...proposal, ...change }),
  );
}

async function approve(stage: Stage, proposal: Answer<string>, by: string): Promise<string> {
  const proposalId = proposal.ok ? proposal.value : proposal.refusal.code;
  const answer = await inTransaction(
    stage.db,
    async (tx) => await decideSecondPayment(tx, stage.ground, { proposalId, decision: 'approved', by }),
  );
  return answer.ok ? answer.value : answer.refusal.code;
}

test('two people credit it; ten at once credit it once', async () => {
  const stage = await depositStage();
  const { id, secondId } = await paidTwice(stage);
  const proposal = await propose(stage, secondId);
  expect(await approve(stage, proposal, 'ama')).toBe('review-own-proposal');
  const ends = await Promise.all(
    Array.from({ length: 10 }, async () => await approve(stage, proposal, 'bio')),
  );
  expect(ends.toSorted()).toEqual(['approved', ...Array.from({ length: 9 }, () => 'review-proposal-stale')]);
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
  expect(await balanceOf(stage, AWA)).toBe(NET + 4_900n);
  expect(await eventsOf(stage, id)).toContain('payment.second-closed');
  expect(await propose(stage, secondId)).toMatchObject({ refusal: { code: 'review-closed' } });
  await expectBooksInOrder(stage);
});

test('what was credited and is taken back leaves the wallet, and the rest is owed', async () => {
  const stage = await depositStage();
  const { id, secondId } = await paidTwice(stage);
  await approve(stage, await propose(stage, secondId), 'bio');
  const payment = await paymentOf(stage, id);
  // She has spent all but 1 000 F of it.
  await stage.db.transaction().execute(async (tx) => {
    const journal = {
      id: stage.ground.ids.next('jrn'),
      kind: 'withdrawal.paid',
      occurredAt: stage.clock.now(),
    };
    const transfer = { id: stage.ground.ids.uuid(), kind: 'single', debit: AWA, credit: FLOAT } as const;
    await postOrThrow(tx, stage.ground, [{ ...transfer, amount: NET + 3_900n, journal }]);
  });
  expect(await tell(stage, payment.id, told('reversed', money(5_000n, 'XOF')))).toBe(true);
  expect(await tell(stage, payment.id, told('reversed', money(5_000n, 'XOF')))).toBe(false);
  expect(await balanceOf(stage, AWA)).toBe(0n);
  expect(await balanceOf(stage, RECEIVABLE)).toBe(3_900n);
  await expectBooksInOrder(stage);
});

test('two people have it given back; the provider’s own word about that changes nothing more', async () => {
  const stage = await depositStage();
  const { id, secondId } = await paidTwice(stage);
  await approve(stage, await propose(stage, secondId, { outcome: 'returned' }), 'bio');
  expect(await tell(stage, id, told('reversed', money(5_000n, 'XOF')))).toBe(false);
  expect(await tell(stage, id, told('succeeded', money(5_000n, 'XOF')))).toBe(false);
  expect([await balanceOf(stage, SUSPENSE), await balanceOf(stage, FLOAT)]).toEqual([0n, NET]);
  await expectBooksInOrder(stage);
});

test('a provider that takes it back first leaves nothing to decide', async () => {
  const stage = await depositStage();
  const { id, secondId } = await paidTwice(stage);
  const proposal = await propose(stage, secondId);
  expect(await tell(stage, id, told('reversed', money(5_000n, 'XOF')))).toBe(true);
  expect(await approve(stage, proposal, 'bio')).toBe('review-closed');
  expect((await findSecondPaymentById(stage.db, secondId))?.outcome).toBe('taken-back');
  expect(await balanceOf(stage, AWA)).toBe(NET);
});

test('one whose amount nobody could read is booked as the statement says', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage, 'unreadable');
  expect(await propose(stage, secondId)).toMatchObject({ refusal: { code: 'second-payment-amount' } });
  const proposal = await propose(stage, secondId, { statedAmount: 4_900n });
  expect(await approve(stage, proposal, 'bio')).toBe('approved');
  expect([await balanceOf(stage, SUSPENSE), await balanceOf(stage, FLOAT)]).toEqual([0n, NET + 4_900n]);
  expect(await balanceOf(stage, AWA)).toBe(NET + 4_900n);
});

test('an amount that becomes known meanwhile makes the typed one stale', async () => {
  const stage = await depositStage();
  const { id, secondId } = await paidTwice(stage, 'unreadable');
  const proposal = await propose(stage, secondId, { statedAmount: 9_999n });
  expect(await tell(stage, id, told('succeeded', money(5_000n, 'XOF')))).toBe(true);
  expect(await approve(stage, proposal, 'bio')).toBe('review-proposal-stale');
});

test('refuses what is not complete', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage);
  const incomplete: [Partial<SecondProposal>, string][] = [
    [{ statedAmount: 1n }, 'second-payment-amount'],
    [{ reason: ' ' }, 'review-words-missing'],
    [{ evidence: 'x' }, 'review-words-missing'],
    [{ secondPaymentId: 'sec_none' }, 'review-absent'],
  ];
  for (const [change, code] of incomplete)
    expect(await propose(stage, secondId, change)).toMatchObject({ refusal: { code } });
});

test('money in another currency can only go back', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage, money(5_000n, 'XAF'));
  expect(await propose(stage, secondId)).toMatchObject({ refusal: { code: 'second-payment-currency' } });
  expect((await propose(stage, secondId, { outcome: 'returned' })).ok).toBe(true);
});

test('a proposal is stale after three days, and then another may be made', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage);
  const proposal = await propose(stage, secondId);
  expect(await propose(stage, secondId)).toMatchObject({ refusal: { code: 'review-proposal-open' } });
  stage.clock.advance(3 * DAY_MS);
  expect(await approve(stage, proposal, 'bio')).toBe('review-proposal-stale');
  expect((await propose(stage, secondId, { by: 'bio' })).ok).toBe(true);
});

test('the database keeps what was decided', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage);
  await approve(stage, await propose(stage, secondId), 'bio');
  for (const statement of [
    'update second_payments set amount = 1',
    `update second_payments set outcome = 'returned'`,
    'update second_payments set closed_at = null, outcome = null',
    'delete from second_payments',
  ])
    await expect(sql.raw(statement).execute(stage.db)).rejects.toMatchObject({ code: '23001' });
});

test('the database knows that the two are two', async () => {
  const stage = await depositStage();
  const { secondId } = await paidTwice(stage);
  await propose(stage, secondId);
  const alone = sql`update second_payment_proposals set decision = 'approved', decided_by = 'ama',
    decided_at = proposed_at`;
  await expect(alone.execute(stage.db)).rejects.toMatchObject({ code: '23514' });
});
