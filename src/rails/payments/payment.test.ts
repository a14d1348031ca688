import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { handClock } from '../../ground/clock.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { MADE_AT, samplePayment } from '../testing/sample-payment.ts';
import { awaitsOtp, isInFlight, type PaymentState, paymentReference } from './payment.ts';

test.each<[PaymentState, boolean]>([
  ['created', true],
  ['action-required', true],
  ['risk-hold', true],
  ['submitting', true],
  ['pending', true],
  ['unknown', true],
  ['succeeded', false],
  ['failed', false],
  ['expired', false],
  ['cancelled', false],
  ['review', false],
  ['reversed', false],
])('%s is in flight: %s', (state, expected) => {
  expect(isInFlight(samplePayment({ state }))).toBe(expected);
});

test('a code is awaited before anything was sent, and not on a card page', () => {
  const waiting = samplePayment({ state: 'action-required', needsOtp: true, providerReference: undefined });
  expect(awaitsOtp(waiting)).toBe(true);
  expect(awaitsOtp({ ...waiting, needsOtp: false })).toBe(false);
  expect(awaitsOtp({ ...waiting, providerReference: 'R1' })).toBe(false);
  expect(awaitsOtp({ ...waiting, state: 'submitting' })).toBe(false);
});

test('a reference can be read out, and tells a deposit from a withdrawal', () => {
  expect(paymentReference('pay_01jd3kabcdefgh1234567890ab', 'in')).toBe('D-34567-890AB');
  expect(paymentReference('pay_01jd3kabcdefgh1234567890ab', 'out')).toBe('R-34567-890AB');
});

test('ten thousand payments of one moment have ten thousand references', () => {
  const ids = makeIds(handClock(MADE_AT), seededChance('references'));
  const references = Array.from({ length: 10_000 }, () => paymentReference(ids.next('pay'), 'in'));
  expect(new Set(references).size).toBe(10_000);
});
