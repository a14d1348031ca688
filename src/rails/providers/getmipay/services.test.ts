import { expect, test } from 'vitest';
import { parseJson } from './json-text.ts';
import { readServices } from './services.ts';
import { readSample } from './testing/read-sample.ts';

const DEFAULTS = { otpCountries: ['CI', 'SN', 'BF'], feeBasisPoints: 300 };
const read = (name: string) => readServices(parseJson(readSample(name)), DEFAULTS);

test('services are recognised by operator, country and currency; what is doubtful is left out', () => {
  const services = read('services-all') ?? [];
  expect(services.map(({ id, method, country }) => [id, method, country])).toEqual([
    ['3', 'orange_money', 'CI'],
    ['32', 'wave', 'CI'],
    ['1', 'mtn_money', 'CM'],
    ['71', 'visa', 'CI'],
  ]);
});

test('limits, fee, code and direction come from the service, and from the configuration when it is silent', () => {
  const [orange, wave, mtn, visa] = read('services-all') ?? [];
  expect(orange).toEqual({
    id: '3',
    name: 'OM CI',
    method: 'orange_money',
    country: 'CI',
    currency: 'XOF',
    deposits: true,
    withdrawals: true,
    active: true,
    minAmount: 100n,
    maxAmount: 1_500_000n,
    amountStep: 1n,
    needsOtp: true,
    feeBasisPoints: 180,
  });
  expect(wave).toMatchObject({
    minAmount: 100n,
    maxAmount: 2_000_000n,
    needsOtp: false,
    feeBasisPoints: 150,
  });
  // `"fee": 50` is francs or a mistake, not half of the payment.
  expect(mtn).toMatchObject({ active: false, needsOtp: false, feeBasisPoints: 300 });
  expect(visa).toMatchObject({ deposits: true, withdrawals: false, needsOtp: false });
});

test('in a list grouped by direction, the group says the direction', () => {
  expect(read('services-by-direction')).toMatchObject([
    { id: '4', deposits: true, withdrawals: false, needsOtp: true },
    { id: '25', deposits: true, withdrawals: true, needsOtp: false },
  ]);
});

test('a list grouped by country is one list', () => {
  expect(read('services-by-country')?.map((service) => service.id)).toEqual(['36', '5']);
});

test.each([
  '',
  'null',
  '{}',
  '{"success":false,"data":{"all_services":[]}}',
  '{"data":{"all_services":"none"}}',
])('%s holds no list', (text) => {
  expect(readServices(parseJson(text), DEFAULTS)).toBeUndefined();
});

test.each([
  ['an id that could split a header', { id: '3\r\nx: y' }],
  ['no name', { name: null }],
  ['no country', { country_code: null }],
  ['a country that is not served', { country_code: 'FR' }],
  ['a currency that is not the country’s', { currency: 'XAF' }],
  ['limits that exclude everything', { min_amount: 500, max_amount: 400 }],
  ['limits that cannot be read', { max_amount: '1 000' }],
  ['a step that cannot be read', { amount_step: 2.5 }],
])('a service with %s is left out', (_what, fields) => {
  const service = {
    id: '3',
    name: 'OM CI',
    country_code: 'CI',
    currency: 'XOF',
    depositable: true,
    ...fields,
  };
  expect(readServices(parseJson(JSON.stringify({ data: [service] })), DEFAULTS)).toEqual([]);
});

test.each([
  ['1.8', 180],
  ['"1.50"', 150],
  ['3', 300],
  ['0', 0],
  ['1.555', undefined],
  ['"-1"', undefined],
  ['5e0', undefined],
  ['21', undefined],
])('fee_percent %s is %s hundredths of a percent', (written, expected) => {
  const text = `{"data":[{"id":"3","name":"OM CI","country_code":"CI","currency":"XOF","fee_percent":${written}}]}`;
  expect(readServices(parseJson(text), { otpCountries: [] })?.[0]?.feeBasisPoints).toBe(expected);
});

test.each([
  ['"amount_step":5', 5n],
  ['"step":"25"', 25n],
  ['"amount_step":0', 1n],
  ['"amount_step":null', 1n],
  ['"fee_percent":1', 1n],
])('with %s amounts are multiples of %s', (written, expected) => {
  const text = `{"data":[{"id":"33","name":"MOOV BF","country_code":"BF","currency":"XOF",${written}}]}`;
  expect(readServices(parseJson(text), { otpCountries: [] })?.[0]?.amountStep).toBe(expected);
});
