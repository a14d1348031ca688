import { expect, test } from 'vitest';
import type { Payment, PaymentState } from '../../rails/payments/payment.ts';
import { canCallOff, withdrawalFace } from './withdrawal-face.ts';

function withdrawal(state: PaymentState, reason?: string): Payment {
  return { direction: 'out', state, reason } as Payment;
}

test.each([
  ['risk-hold', undefined, 'held', true],
  ['created', undefined, 'sending', true],
  ['created', 'waiting-float', 'queued', true],
  ['created', 'waiting-twin', 'queued', true],
  ['created', 'waiting-freeze', 'queued', true],
  ['submitting', undefined, 'sending', false],
  ['pending', undefined, 'sent', false],
  ['unknown', undefined, 'sent', false],
  ['review', 'answer-lost', 'sent', false],
  ['review', 'not-confirmed', 'sent', false],
  ['review', 'amount-differs', 'checked', false],
  ['review', 'amount-unreadable', 'checked', false],
  ['review', 'currency-differs', 'checked', false],
  ['review', 'reference-reused', 'checked', false],
  ['succeeded', undefined, 'arrived', false],
  ['failed', 'RECIPIENT_NOT_FOUND', 'refused', false],
  ['cancelled', undefined, 'cancelled', false],
  ['reversed', undefined, 'returned', false],
] as const)('%s (%s) looks %s', (state, reason, face, mayCancel) => {
  expect(withdrawalFace(withdrawal(state, reason))).toBe(face);
  expect(canCallOff(withdrawal(state, reason))).toBe(mayCancel);
});
