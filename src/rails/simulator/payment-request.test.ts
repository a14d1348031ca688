import { expect, test } from 'vitest';
import { money } from '../../ground/money/money.ts';
import { CATALOGUE } from './catalogue.ts';
import { checkRequest, type PaymentRequest } from './payment-request.ts';
import { payinRequest } from './testing/test-simulator.ts';

const OM_CI = { service: '3', wallet: '0700001234' };

test.each<[string, Partial<PaymentRequest>, string]>([
  ['an unknown service', { service: '99' }, 'SERVICE_NOT_FOUND'],
  ['a pay-out by card', { service: '71', direction: 'out' }, 'SERVICE_UNAVAILABLE'],
  ['a pay-out where money only comes in', { service: '5', direction: 'out' }, 'SERVICE_UNAVAILABLE'],
  ['another currency', { amount: money(5_000n, 'XAF') }, 'CURRENCY_MISMATCH'],
  ['less than the smallest amount', { amount: money(99n, 'XOF') }, 'AMOUNT_OUT_OF_RANGE'],
  ['more than the largest amount', { amount: money(1_500_001n, 'XOF') }, 'AMOUNT_OUT_OF_RANGE'],
  [
    'an amount between two steps',
    { service: '1', wallet: '670000000', amount: money(1_003n, 'XAF') },
    'AMOUNT_STEP',
  ],
  ['a number of another country', { wallet: '+221771234567' }, 'INVALID_WALLET'],
  ['no code where one is needed', OM_CI, 'OTP_REQUIRED'],
  ['the wrong code', { ...OM_CI, otp: '0000' }, 'OTP_INVALID'],
  ['a code with a letter', { ...OM_CI, otp: '12a4' }, 'OTP_INVALID'],
  ['a code too short', { ...OM_CI, otp: '123' }, 'OTP_INVALID'],
  ['an expired code', { ...OM_CI, otp: '9999' }, 'OTP_EXPIRED'],
])('%s is refused', (_name, differences, code) => {
  expect(checkRequest(payinRequest(differences))).toMatchObject({ ok: false, refusal: { code } });
});

test.each<[string, Partial<PaymentRequest>, string]>([
  ['the smallest amount', { amount: money(100n, 'XOF') }, '30'],
  ['the largest amount', { amount: money(1_500_000n, 'XOF') }, '30'],
  ['a good code', { ...OM_CI, otp: '123456' }, '3'],
  [
    'a service named by its operator',
    { service: 'Orange', wallet: '690000000', amount: money(500n, 'XAF') },
    '2',
  ],
  ['a pay-out needs no code', { ...OM_CI, direction: 'out' }, '3'],
])('%s is accepted', (_name, differences, id) => {
  expect(checkRequest(payinRequest(differences))).toMatchObject({ ok: true, value: { entry: { id } } });
});

test('no two services of the catalogue share an id, and the documented ids mean what is documented', () => {
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  const documented = ['1', '2', '3', '4', '5'].map((id) => CATALOGUE.find((entry) => entry.id === id));
  expect(documented.map((entry) => [entry?.name, entry?.currency, entry?.needsOtp])).toEqual([
    ['MOMO CM', 'XAF', false],
    ['OM CM', 'XAF', false],
    ['OM CI', 'XOF', true],
    ['OM SN', 'XOF', true],
    ['OM BF', 'XOF', true],
  ]);
});
