/**
 * Is what is known once the provider was asked about the payment that one or more callbacks name.
 */

import { readStatusOf } from '../payments/enquire-once.ts';
import { isOfAnotherEnvironment } from '../payments/judge-status.ts';
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
  if (answer.found === 'unavailable' || isOfAnotherEnvironment(payment, answer)) return true;
  // No schedule asks about what has succeeded: in a word nobody has taught us, its reversal would be heard by nobody.
  return payment.state === 'succeeded' && answer.found === 'yes' && answer.status === 'unrecognised';
}
