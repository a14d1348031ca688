/**
 * Says how a deposit looks to the person who made it.
 *
 * A payment has the states that the books need; a person needs to know what to do now. *Unknown* in particular must
 * never read as failure: it is "being verified", and the page says not to pay a second time.
 */
import { awaitsOtp, type Payment } from '../../rails/payments/payment.ts';

export type DepositFace =
  | 'preparing' // written down, on its way to the provider
  | 'approval' // the person must say yes on the phone that pays
  | 'otp' // the person must type a code of the operator's menu
  | 'card' // the person must continue on the card's hosted page
  | 'verifying' // the provider's answer was lost; nobody knows yet
  | 'succeeded' // in the wallet
  | 'failed' // did not happen
  | 'expired' // not approved in time
  | 'review' // real money that a person must look at
  | 'reversed'; // taken back by the provider

export function depositFace(payment: Payment): DepositFace {
  switch (payment.state) {
    case 'created':
    case 'risk-hold':
    case 'submitting':
      return 'preparing';
    case 'action-required':
      return awaitsOtp(payment) ? 'otp' : 'card';
    case 'pending':
      return payment.redirectUrl === undefined ? 'approval' : 'card';
    case 'unknown':
      return 'verifying';
    case 'cancelled':
      return 'failed';
    default:
      return payment.state;
  }
}

/**
 * True while the page should look again by itself. A page on which the person is typing a code must stay as it is,
 * and a late success of a failed deposit is found in the history.
 */
export function watches(face: DepositFace): boolean {
  return face === 'preparing' || face === 'approval' || face === 'card' || face === 'verifying';
}
