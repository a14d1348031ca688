/**
 * Says how any payment looks to its owner: one list of words, four looks, whichever way the money goes.
 */
import type { Payment } from '../../rails/payments/payment.ts';
import { type DepositFace, depositFace } from './deposit-face.ts';
import { type WithdrawalFace, withdrawalFace } from './withdrawal-face.ts';

export type PaymentFace = DepositFace | WithdrawalFace;

export function paymentFace(payment: Payment): PaymentFace {
  return payment.direction === 'in' ? depositFace(payment) : withdrawalFace(payment);
}

/** What a chip's shape and colour say, so that twenty words need only four looks. */
export type Mood =
  | 'good' // it arrived
  | 'waiting' // it may still arrive, by itself or by the person
  | 'bad' // it did not arrive
  | 'asking'; // somebody must look at it

const SETTLED: Partial<Readonly<Record<PaymentFace, Mood>>> = {
  succeeded: 'good',
  arrived: 'good',
  failed: 'bad',
  expired: 'bad',
  reversed: 'bad',
  refused: 'bad',
  cancelled: 'bad',
  returned: 'bad',
  review: 'asking',
  checked: 'asking',
};

export function moodOf(face: PaymentFace): Mood {
  return SETTLED[face] ?? 'waiting';
}
