/**
 * Says how a withdrawal looks to the person who made it.
 *
 * Three states of the books are one sentence here: the operator has it, its confirmation is awaited, do not repeat.
 * Whether its answer came, was lost, or is being looked for by people changes nothing that the person should do, and
 * calling any of them a failure would make somebody pay twice.
 */
import type { Payment } from '../../rails/payments/payment.ts';

export type WithdrawalFace =
  | 'held' // set aside until an hour that the page names
  | 'queued' // set aside, in line: nothing that the person did or can do
  | 'sending' // set aside, leaving now
  | 'card' // the provider has it, and waits for the person on its own page
  | 'sent' // with the operator, whose confirmation is awaited
  | 'checked' // the operator says something else than what was sent; people look at it
  | 'arrived' // the recipient has it
  | 'refused' // did not happen; the money is back in the wallet
  | 'cancelled' // called off by the person; the money is back in the wallet
  | 'returned'; // arrived, and came back

export function withdrawalFace(payment: Payment): WithdrawalFace {
  switch (payment.state) {
    case 'risk-hold':
      return 'held';
    case 'created':
      return payment.reason?.startsWith('waiting-') === true ? 'queued' : 'sending';
    case 'submitting':
      return 'sending';
    case 'pending':
      return payment.redirectUrl === undefined ? 'sent' : 'card';
    case 'review':
      return payment.reason !== undefined && DIFFERS.test(payment.reason) ? 'checked' : 'sent';
    case 'succeeded':
      return 'arrived';
    case 'failed':
      return 'refused';
    case 'cancelled':
      return 'cancelled';
    case 'reversed':
      return 'returned';
    default:
      return 'sent';
  }
}

/** Reviews about what the operator said; every other one is about what it did not say. */
const DIFFERS = /^(amount|currency)-|^reference-reused$/;

/** True while nothing was sent, so that the person may still call it off. The act decides; this only draws a button. */
export function canCallOff(payment: Payment): boolean {
  return payment.state === 'risk-hold' || payment.state === 'created';
}

/** True while the page should look again by itself: until there is nothing more to say. */
export function watchesWithdrawal(face: WithdrawalFace): boolean {
  return WATCHED.has(face);
}

const WATCHED: ReadonlySet<WithdrawalFace> = new Set([
  'held',
  'queued',
  'sending',
  'card',
  'sent',
  'checked',
]);
