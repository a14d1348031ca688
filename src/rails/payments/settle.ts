/**
 * Applies what the provider says about one payment, exactly once.
 *
 * Callback, poller, reconciliation and console all come through here: the row's lock, the judgement, the transfers,
 * the event and the new state are one database transaction, with no network inside. A second identical answer changes
 * nothing; one that cannot follow what was said before is written down and changes nothing either.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { lockShard } from '../../ground/ledger/account.rows.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { StatusAnswer } from '../provider.ts';
import { nextEnquiryAt } from './enquiry-schedule.ts';
import type { PayoutJudgement } from './judge-payout.ts';
import { type Judgement, judgeStatus } from './judge-status.ts';
import { keepStatusAnswers } from './keep-status-answers.ts';
import { openReview } from './open-review.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import { isInFlight, type Payment } from './payment.ts';
import { ENQUIRE_PAYMENTS } from './payment-jobs.ts';
import { settlePayout } from './settle-payout.ts';
import { creditTransfers, railAccounts, reversalTransfers, suspenseTransfer } from './settlement.ts';

export interface Settling {
  readonly paymentId: string;
  readonly answer: StatusAnswer;
  /** Who brought the answer, for the payment's story. */
  readonly source: 'callback' | 'enquiry' | 'reconciliation' | 'console';
}

/** Returns what was decided; `keep` and `wait` have no effect on the books. */
export async function settle(
  tx: Tx,
  ground: Ground,
  settling: Settling,
): Promise<Judgement['decision'] | PayoutJudgement['decision']> {
  const payment = await lockPayment(tx, settling.paymentId);
  invariant(payment !== undefined, `payment ${settling.paymentId} does not exist`);
  await keepStatusAnswers(tx, ground, [settling]);
  const facts: Told = { source: settling.source, word: wordOf(settling.answer) };
  if (payment.direction === 'out') return await settlePayout(tx, ground, payment, settling.answer, facts);
  const judgement = judgeStatus(payment, settling.answer, ground.clock.now());
  switch (judgement.decision) {
    case 'wait':
    case 'keep':
      await askAgainLater(tx, ground, payment, {});
      break;
    case 'fail':
    case 'expire':
      await closeSoftly(tx, ground, payment, judgement.decision, facts);
      break;
    case 'succeed':
      await credit(tx, ground, payment, judgement.fee, facts);
      break;
    case 'review':
      await setAside(tx, ground, payment, judgement, facts);
      break;
    case 'reverse':
      await reverse(tx, ground, payment, facts);
      break;
    case 'contradiction':
      await askAgainLater(tx, ground, payment, {});
      await recordEvent(tx, ground, {
        name: 'payment.contradicted',
        subjectId: payment.id,
        facts: { ...facts, sentence: judgement.sentence },
      });
      break;
  }
  return judgement.decision;
}

async function credit(tx: Tx, ground: Ground, payment: Payment, fee: bigint, facts: Told): Promise<void> {
  const now = ground.clock.now();
  const { credited, transfers } = creditTransfers(payment, fee, ground);
  const late = !isInFlight(payment);
  await markPayment(tx, payment.id, {
    state: 'succeeded',
    reason: late ? 'late-success' : null,
    fee,
    credited,
    settledAt: now,
    enquiredAt: now,
    nextActionAt: null,
  });
  await recordEvent(tx, ground, {
    name: 'payment.succeeded',
    subjectId: payment.id,
    facts: { ...facts, credited: String(credited), fee: String(fee), late: String(late) },
  });
  for (const account of railAccounts(payment.provider, payment.currency))
    await openAccount(tx, ground, account);
  await openAccount(tx, ground, payment.accountId);
  await postOrThrow(tx, ground, transfers);
}

async function closeSoftly(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  decision: 'fail' | 'expire',
  facts: Told,
): Promise<void> {
  const state = decision === 'fail' ? 'failed' : 'expired';
  await askAgainLater(tx, ground, payment, { state, reason: facts.word });
  await recordEvent(tx, ground, { name: `payment.${state}`, subjectId: payment.id, facts });
}

async function setAside(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  judgement: Extract<Judgement, { decision: 'review' }>,
  facts: Told,
): Promise<void> {
  const { reason, paid, held } = judgement;
  const figures: Record<string, string> =
    paid === undefined ? {} : { paid: String(paid.amount), currency: paid.currency };
  await openReview(tx, ground, { payment, reason, facts: { ...facts, ...figures } });
  // An amount that cannot be read cannot be posted: it stays a break until the statement says how much it was.
  if (held === undefined || held.amount <= 0n) return;
  for (const account of railAccounts(payment.provider, held.currency)) await openAccount(tx, ground, account);
  await postOrThrow(tx, ground, [suspenseTransfer(payment, held, 'own', ground)]);
}

async function reverse(tx: Tx, ground: Ground, payment: Payment, facts: Told): Promise<void> {
  await openAccount(tx, ground, accountId('receivable', payment.ownerId, payment.currency));
  // From here nobody spends: what is read is what will be there when it is taken.
  await lockShard(tx);
  const balance = await readBalance(tx, payment.accountId);
  const transfers = reversalTransfers(payment, balance?.available ?? 0n, ground);
  await markPayment(tx, payment.id, { state: 'reversed', nextActionAt: null });
  await recordEvent(tx, ground, { name: 'payment.reversed', subjectId: payment.id, facts });
  await postOrThrow(tx, ground, transfers);
}

/** Who brought the answer, and the provider's own word. */
interface Told extends Readonly<Record<string, string>> {
  readonly source: string;
  readonly word: string;
}

/** Writes the change and the next moment at which the provider is asked; soft ends are asked about for a week. */
async function askAgainLater(
  tx: Tx,
  ground: Ground,
  payment: Payment,
  change: { state?: 'failed' | 'expired'; reason?: string },
): Promise<void> {
  const now = ground.clock.now();
  const state = change.state ?? payment.state;
  const settledForGood = state === 'succeeded' || state === 'review' || state === 'reversed';
  const enquiries = payment.enquiries + 1;
  const inFlight = change.state === undefined && isInFlight(payment);
  const next = settledForGood
    ? undefined
    : nextEnquiryAt(
        { submittedAt: payment.submittedAt ?? payment.createdAt, expiresAt: payment.expiresAt, enquiries },
        now,
        ground.chance,
      );
  // A week of asking without an end: nobody asks any more, and only what comes by itself still counts.
  const givenUp = inFlight && next === undefined;
  await markPayment(tx, payment.id, {
    ...(givenUp ? { state: 'expired', reason: 'never-confirmed' } : change),
    enquiries,
    enquiredAt: now,
    nextActionAt: next ?? null,
  });
  if (givenUp) {
    const facts = { reason: 'never-confirmed' };
    await recordEvent(tx, ground, { name: 'payment.expired', subjectId: payment.id, facts });
  }
  if (next !== undefined) await ground.queue.enqueue(tx, ENQUIRE_PAYMENTS, { startAfter: next });
}

function wordOf(answer: StatusAnswer): string {
  return answer.found === 'yes' ? answer.word.slice(0, 60) : `found: ${answer.found}`;
}
