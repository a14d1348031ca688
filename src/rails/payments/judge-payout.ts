/**
 * Decides what a provider's status means for one withdrawal: pure.
 *
 * "Not found" and silence mean nothing here, however long they last: releasing the hold of a withdrawal that was paid
 * pays it twice. Only the provider's own words settle it.
 */
import type { StatusAnswer } from '../provider.ts';
import { isOfAnotherEnvironment, type ReviewReason, type StatusFound } from './judge-status.ts';
import type { Payment } from './payment.ts';

export type PayoutJudgement =
  | { readonly decision: 'wait' } // nothing final yet
  | { readonly decision: 'pay'; readonly providerFee: bigint } // it arrived: the hold is spent
  | { readonly decision: 'release' } // it did not happen: the hold is given back
  | { readonly decision: 'pay-late'; readonly providerFee: bigint } // it arrived after the hold was given back
  | { readonly decision: 'return' } // it arrived and came back
  | { readonly decision: 'review'; readonly reason: ReviewReason } // something else arrived than what we sent
  | { readonly decision: 'contradiction'; readonly sentence: string } // cannot follow what was said before
  | { readonly decision: 'keep' }; // already so

/** `isReleased` says of a payment under review that its hold was given back before. */
export function judgePayout(payment: Payment, answer: StatusAnswer, isReleased = false): PayoutJudgement {
  if (answer.found !== 'yes') return { decision: 'wait' };
  if (isOfAnotherEnvironment(payment, answer))
    return contradiction(payment, `a status of the ${answer.environment} environment`);
  switch (answer.status) {
    case 'pending':
    case 'unrecognised':
      return { decision: isOpen(payment) ? 'wait' : 'keep' };
    case 'succeeded':
      return judgeSuccess(payment, answer, isReleased);
    case 'failed':
    case 'expired':
      return judgeFailure(payment, answer);
    case 'reversed':
      return judgeReturn(payment);
  }
}

/** True while the hold stands and the provider may have acted. */
function isOpen(payment: Payment): boolean {
  return (
    payment.state === 'submitting' ||
    payment.state === 'pending' ||
    payment.state === 'unknown' ||
    payment.state === 'review'
  );
}

function judgeSuccess(payment: Payment, answer: StatusFound, isReleased: boolean): PayoutJudgement {
  if (payment.state === 'succeeded') return { decision: 'keep' };
  if (payment.state === 'reversed') return contradiction(payment, 'a success after the return');
  const { paid } = answer;
  if (paid === undefined) return { decision: 'wait' };
  const reason = differenceOf(payment, paid);
  if (reason !== undefined)
    return payment.reason === reason ? { decision: 'keep' } : { decision: 'review', reason };
  const fee = answer.fee?.currency === payment.currency ? answer.fee.amount : (payment.fee ?? 0n);
  const providerFee = fee > 0n ? fee : 0n;
  if (isReleased || payment.state === 'failed' || payment.state === 'cancelled')
    return { decision: 'pay-late', providerFee };
  if (!isOpen(payment)) return contradiction(payment, 'a success of something never sent');
  return { decision: 'pay', providerFee };
}

function differenceOf(payment: Payment, paid: NonNullable<StatusFound['paid']>): ReviewReason | undefined {
  if (paid === 'unreadable') return 'amount-unreadable';
  if (paid.currency !== payment.currency) return 'currency-differs';
  return paid.amount === payment.amount ? undefined : 'amount-differs';
}

function judgeFailure(payment: Payment, answer: StatusFound): PayoutJudgement {
  if (isOpen(payment)) return { decision: 'release' };
  if (payment.state === 'succeeded') return contradiction(payment, `"${answer.word}" after a success`);
  return { decision: 'keep' };
}

function judgeReturn(payment: Payment): PayoutJudgement {
  if (payment.state === 'succeeded') return { decision: 'return' };
  // Sent and sent back before we saw it paid: for our books nothing happened.
  if (isOpen(payment)) return { decision: 'release' };
  return { decision: 'keep' };
}

function contradiction(payment: Payment, what: string): PayoutJudgement {
  return { decision: 'contradiction', sentence: `${what}; the payment stays ${payment.state}` };
}
