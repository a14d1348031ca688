/**
 * Says what a judgement about a deposit changes: the columns, the events, the accounts and transfers, the next wake-up.
 *
 * It writes nothing, so that one answer and a burst of two hundred come to the same effects, and there is still one
 * way to settle. A review and a reversal are not here: what they do depends on more rows than the payment's own.
 */
import type { EventToRecord } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { StatusAnswer } from '../provider.ts';
import { isWeekOver, nextEnquiryAt } from './enquiry-schedule.ts';
import { isUnanswered, type Judgement } from './judge-status.ts';
import { isInFlight, type Payment, type PaymentState } from './payment.ts';
import type { SettledColumns } from './payment-set.rows.ts';
import { creditTransfers, railAccounts } from './settlement.ts';
import type { Answered } from './status-verdict.ts';

/** Who brought the answer, and the provider's own word. */
export interface Told extends Readonly<Record<string, string>> {
  readonly source: string;
  readonly word: string;
}

export function toldBy(source: string, answer: StatusAnswer): Told {
  return { source, word: answer.found === 'yes' ? answer.word.slice(0, 60) : `found: ${answer.found}` };
}

export interface Effects {
  readonly paymentId: string;
  readonly columns: SettledColumns;
  readonly events: readonly EventToRecord[];
  /** Opened first. */
  readonly accounts: readonly AccountId[];
  readonly transfers: readonly Transfer[];
  /** When the provider is asked again. */
  readonly wakeAt: Date | undefined;
}

export type PlainJudgement = Exclude<Judgement, { decision: 'review' | 'reverse' }>;

export function isPlain(judgement: Judgement): judgement is PlainJudgement {
  return judgement.decision !== 'review' && judgement.decision !== 'reverse';
}

/** What the effects need of the answer that was judged. */
type Said = Pick<Answered, 'answer' | 'source'>;

/** `payment` is the row as it was locked. */
export function depositEffects(
  payment: Payment,
  judgement: PlainJudgement,
  said: Said,
  ground: Ground,
): Effects {
  const told = toldBy(said.source, said.answer);
  switch (judgement.decision) {
    case 'succeed':
      return credited(payment, judgement.fee, told, ground);
    case 'fail':
      return closedSoftly(payment, 'failed', said, ground);
    case 'expire':
      return closedSoftly(payment, 'expired', said, ground);
    case 'contradiction':
      return askedLater(payment, said, {}, ground, {
        name: 'payment.contradicted',
        subjectId: payment.id,
        facts: { ...told, sentence: judgement.sentence },
      });
    case 'wait':
    case 'keep':
      return askedLater(payment, said, {}, ground);
  }
}

function credited(payment: Payment, fee: bigint, told: Told, ground: Ground): Effects {
  const now = ground.clock.now();
  const { credited: amount, transfers } = creditTransfers(payment, fee, ground);
  const late = !isInFlight(payment);
  return {
    paymentId: payment.id,
    columns: {
      state: 'succeeded',
      reason: late ? 'late-success' : undefined,
      fee,
      credited: amount,
      settledAt: now,
      enquiries: payment.enquiries,
      enquiredAt: now,
      nextActionAt: undefined,
    },
    events: [
      {
        name: 'payment.succeeded',
        subjectId: payment.id,
        facts: { ...told, credited: String(amount), fee: String(fee), late: String(late) },
      },
    ],
    accounts: [...railAccounts(payment.provider, payment.currency), payment.accountId],
    transfers,
    wakeAt: undefined,
  };
}

function closedSoftly(payment: Payment, state: 'failed' | 'expired', said: Said, ground: Ground): Effects {
  const told = toldBy(said.source, said.answer);
  return askedLater(payment, said, { state, reason: told.word }, ground, {
    name: `payment.${state}`,
    subjectId: payment.id,
    facts: told,
  });
}

/**
 * The change and the next moment at which the provider is asked; soft ends are asked about for a week, and longer while
 * nothing is understood.
 */
function askedLater(
  payment: Payment,
  said: Said,
  change: { readonly state?: PaymentState; readonly reason?: string },
  ground: Ground,
  event?: EventToRecord,
): Effects {
  const now = ground.clock.now();
  const state = change.state ?? payment.state;
  const settledForGood = state === 'succeeded' || state === 'review' || state === 'reversed';
  const enquiries = payment.enquiries + 1;
  const inFlight = change.state === undefined && isInFlight(payment);
  const asked = {
    submittedAt: payment.submittedAt ?? payment.createdAt,
    expiresAt: payment.expiresAt,
    enquiries,
    isUnanswered: isUnanswered(payment, said.answer),
  };
  const next = settledForGood ? undefined : nextEnquiryAt(asked, now, ground.chance);
  // A week of asking without an end: the person is told so, and what comes after all still counts.
  const givenUp = inFlight && isWeekOver(asked, now);
  const facts = { reason: 'never-confirmed' };
  return {
    paymentId: payment.id,
    columns: {
      state: givenUp ? 'expired' : state,
      reason: givenUp ? facts.reason : (change.reason ?? payment.reason),
      fee: payment.fee,
      credited: payment.credited,
      settledAt: payment.settledAt,
      enquiries,
      enquiredAt: now,
      nextActionAt: next,
    },
    events: [
      ...(event === undefined ? [] : [event]),
      ...(givenUp ? [{ name: 'payment.expired' as const, subjectId: payment.id, facts }] : []),
    ],
    accounts: [],
    transfers: [],
    wakeAt: next,
  };
}
