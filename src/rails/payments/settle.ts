/**
 * Applies what the provider says about one payment, exactly once.
 *
 * Callback, poller, reconciliation and console all come through here: the row's lock, the judgement, the transfers,
 * the event and the new state are one database transaction, with no network inside. A second identical answer changes
 * nothing; one that cannot follow what was said before is written down and changes nothing either. A burst comes through
 * `judge-together.ts`: the same judgement, effects and writer, for many rows at once.
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
import { depositEffects, isPlain, type Told, toldBy } from './deposit-effects.ts';
import type { PayoutJudgement } from './judge-payout.ts';
import { type Judgement, judgeStatus } from './judge-status.ts';
import { keepStatusAnswers } from './keep-status-answers.ts';
import { openReview } from './open-review.ts';
import { lockPayment, markPayment } from './payment.rows.ts';
import type { Payment } from './payment.ts';
import { settlePayout } from './settle-payout.ts';
import { railAccounts, reversalTransfers, suspenseTransfer } from './settlement.ts';
import { writeEffects } from './write-effects.ts';

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
  const told = toldBy(settling.source, settling.answer);
  if (payment.direction === 'out') {
    await keepStatusAnswers(tx, ground, [settling]);
    return await settlePayout(tx, ground, payment, settling.answer, told);
  }
  const judgement = judgeStatus(payment, settling.answer, ground.clock.now());
  if (isPlain(judgement)) {
    const effects = [depositEffects(payment, judgement, settling, ground)];
    await writeEffects(tx, ground, { effects, answers: [settling] });
    return judgement.decision;
  }
  await keepStatusAnswers(tx, ground, [settling]);
  if (judgement.decision === 'review') {
    await setAside(tx, ground, payment, judgement, told);
  } else {
    await reverse(tx, ground, payment, told);
  }
  return judgement.decision;
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
