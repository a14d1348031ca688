/**
 * Is what is known once the provider was asked about the payment that one or more callbacks name.
 */

import { readStatusOf } from '../payments/enquire-once.ts';
import { isUnanswered } from '../payments/judge-status.ts';
import type { Payment } from '../payments/payment.ts';
import type { StatusAnswer } from '../provider.ts';
import type { Rails } from '../rails.ts';
import type { StoredCallback } from './provider-callback.rows.ts';

/** Callbacks that say no more than "look at this payment again"; one question answers them all. */
export interface NamedPayment {
  readonly payment: Payment;
  /** Which writing of its row that is, where it was read without a lock. */
  readonly rowVersion?: string | undefined;
  readonly callbacks: readonly StoredCallback[];
}

export interface FollowedCallback extends NamedPayment {
  readonly answer: StatusAnswer;
}

export async function askAbout(rails: Rails, named: NamedPayment): Promise<FollowedCallback> {
  const { payment } = named;
  const answer: StatusAnswer = (await readStatusOf(rails, payment)) ?? { found: 'no' };
  return { ...named, answer };
}

/** It may be the only news of money taken back: an answer about something else does not end a callback. */
export function mustAskAgain({ payment, answer }: FollowedCallback): boolean {
  // What is still open has a schedule of its own, which asks again whatever was answered.
  const asksNobodyElse = payment.nextActionAt === undefined;
  return answer.found === 'unavailable' || (asksNobodyElse && isUnanswered(payment, answer));
}
