/**
 * Decides what a provider's status means for one payment: pure, so that every pair can be written in a table.
 *
 * Only an answer about *our* amount, currency and environment settles. Time never fails a deposit for good, an unknown
 * word is never final, and what has succeeded changes only by a reversal.
 */
import type { Money } from '../../ground/money/money.ts';
import type { StatusAnswer } from '../provider.ts';
import { isInFlight, type Payment } from './payment.ts';

export type StatusFound = Extract<StatusAnswer, { found: 'yes' }>;

export type ReviewReason =
  | 'amount-differs' // another amount was paid
  | 'amount-missing' // it was paid, and the provider does not say how much
  | 'amount-unreadable' // the amount breaks the grammar: 5e3, "5 000", decimals
  | 'currency-differs' // another currency was paid
  | 'fee-impossible' // the provider kept everything or more
  | 'reference-reused'; // the provider's transaction belongs to another payment

export type Judgement =
  | { readonly decision: 'wait' } // nothing final yet
  | { readonly decision: 'succeed'; readonly fee: bigint } // credit it, once
  | { readonly decision: 'fail' } // no money moved
  | { readonly decision: 'expire' } // its time is over and nothing came; a late success still counts
  | {
      readonly decision: 'review'; // real money, unclear owner
      readonly reason: ReviewReason;
      readonly paid?: Money;
      /** What the provider holds of it for us: its fee is gone, whosever the money is. */
      readonly held?: Money;
    }
  | { readonly decision: 'reverse' } // the provider took it back
  | { readonly decision: 'contradiction'; readonly sentence: string } // cannot follow what was said before
  | { readonly decision: 'keep' }; // already so

export function judgeStatus(payment: Payment, answer: StatusAnswer, now: Date): Judgement {
  if (answer.found === 'unavailable') return { decision: 'wait' };
  if (answer.found === 'no') return waitOrExpire(payment, now);
  if (isOfAnotherEnvironment(payment, answer))
    return contradiction(payment, `a status of the ${answer.environment} environment`);
  switch (answer.status) {
    case 'pending':
    case 'unrecognised':
      return waitOrExpire(payment, now);
    case 'succeeded':
      return judgeSuccess(payment, answer, now);
    case 'failed':
    case 'expired':
      return judgeFailure(payment, answer);
    case 'reversed':
      return judgeReversal(payment);
  }
}

/**
 * True when the provider speaks about play money where ours is real, or the reverse: it says nothing about our payment,
 * and whoever asked must ask again.
 */
export function isOfAnotherEnvironment(payment: Payment, answer: StatusAnswer): boolean {
  return (
    answer.found === 'yes' && answer.environment !== undefined && answer.environment !== payment.environment
  );
}

/** True when the provider said nothing about the payment that can be understood: it may be paid, and nobody knows. */
export function isUnanswered(payment: Payment, answer: StatusAnswer): boolean {
  return (
    answer.found === 'unavailable' ||
    isOfAnotherEnvironment(payment, answer) ||
    (answer.found === 'yes' && answer.status === 'unrecognised')
  );
}

function waitOrExpire(payment: Payment, now: Date): Judgement {
  if (!isInFlight(payment)) return { decision: 'keep' };
  return now >= payment.expiresAt ? { decision: 'expire' } : { decision: 'wait' };
}

function judgeSuccess(payment: Payment, answer: StatusFound, now: Date): Judgement {
  if (payment.state === 'reversed') return contradiction(payment, 'a success after the reversal');
  if (payment.state === 'succeeded' || payment.state === 'review') return { decision: 'keep' };
  if (wasResolved(payment)) return contradiction(payment, 'a success after two people had decided');
  const { paid } = answer;
  // A success without an amount proves nothing about ours: wait for an answer that says how much, but not for ever.
  if (paid === undefined) {
    return now < payment.expiresAt ? { decision: 'wait' } : { decision: 'review', reason: 'amount-missing' };
  }
  if (paid === 'unreadable') return { decision: 'review', reason: 'amount-unreadable' };
  if (paid.currency !== payment.currency) return setAside(payment, 'currency-differs', paid, answer);
  if (paid.amount !== payment.amount) return setAside(payment, 'amount-differs', paid, answer);
  const fee = feeOf(payment, answer);
  if (fee < 0n || fee >= paid.amount) return setAside(payment, 'fee-impossible', paid, answer);
  return { decision: 'succeed', fee };
}

function setAside(payment: Payment, reason: ReviewReason, paid: Money, answer: StatusFound): Judgement {
  return { decision: 'review', reason, paid, held: heldOf(payment, paid, answer.fee) };
}

/**
 * What the provider holds for us of money that does not fit: less the fee that it names, else less the announced fee
 * in proportion, rounded up as providers do. The statement has the last word on that franc.
 */
export function heldOf(payment: Payment, paid: Money, named: Money | undefined): Money {
  const announced = payment.fee ?? payment.quotedFee;
  const inProportion = (paid.amount * announced + payment.amount - 1n) / payment.amount;
  const fee = named?.currency === paid.currency ? named.amount : inProportion;
  const isPossible = fee > 0n && fee < paid.amount;
  return isPossible ? { ...paid, amount: paid.amount - fee } : paid;
}

/** What the provider says it took; else what it said when it accepted; else what was quoted. */
function feeOf(payment: Payment, answer: StatusFound): bigint {
  if (answer.fee !== undefined && answer.fee.currency === payment.currency) return answer.fee.amount;
  return payment.fee ?? payment.quotedFee;
}

function judgeFailure(payment: Payment, answer: StatusFound): Judgement {
  if (isInFlight(payment)) return { decision: answer.status === 'expired' ? 'expire' : 'fail' };
  if (payment.state === 'succeeded' || payment.state === 'review') {
    return contradiction(payment, `"${answer.word}" after a success`);
  }
  return { decision: 'keep' };
}

function judgeReversal(payment: Payment): Judgement {
  if (payment.state === 'succeeded') return { decision: 'reverse' };
  // Paid and given back before we saw it paid: for our books nothing happened.
  if (isInFlight(payment)) return { decision: 'fail' };
  // The people who decide must know that there is nothing left to decide about.
  if (payment.state === 'review') return contradiction(payment, 'the money under review was taken back');
  return { decision: 'keep' };
}

/** Two people closed it without giving the person anything: no machine opens it again. */
function wasResolved(payment: Payment): boolean {
  return payment.state === 'failed' && payment.reason === 'resolved';
}

function contradiction(payment: Payment, what: string): Judgement {
  return { decision: 'contradiction', sentence: `${what}; the payment stays ${payment.state}` };
}
