import { expect, test } from 'vitest';
import {
  PAYIN_HEADERS,
  PUBLIC_KEY,
  payinBody,
  SECRET_KEY,
  send,
  testSimulator,
} from '../testing/test-simulator.ts';
import { convert } from './convert.ts';

test('the balance starts at nothing and grows by the net, per currency', async () => {
  const simulator = await testSimulator();
  const before = await simulator.callJwt('/balance');
  expect(await before.json()).toMatchObject({
    data: { balance: 0, currency: 'XOF', merchant_name: 'Tontine Pro' },
  });
  await simulator.call('/payins', payinBody('0001'), PAYIN_HEADERS);
  const after = await simulator.callJwt('/balance');
  expect(await after.json()).toMatchObject({
    success: true,
    data: {
      balance: 4_915,
      balances: [
        { currency: 'XOF', balance: 4_915 },
        { currency: 'XAF', balance: 0 },
      ],
    },
  });
  const cameroon = await simulator.callJwt('/balance?currency=XAF');
  expect(await cameroon.json()).toMatchObject({ data: { balance: 0, currency: 'XAF' } });
  expect((await simulator.callJwt('/balance?currency=zzz')).status).toBe(400);
});

interface Services {
  readonly data: {
    readonly all_services: readonly { readonly id: string; readonly country_code: string }[];
    readonly services_by_country: Readonly<Record<string, readonly { readonly name: string }[]>>;
    readonly payin_services: readonly { readonly depositable: boolean }[];
    readonly payout_services: readonly { readonly id: string; readonly withdrawable: boolean }[];
  };
}

test('the services have the documented fields, by country and by direction', async () => {
  const simulator = await testSimulator();
  const { data } = (await (await simulator.callJwt('/services')).json()) as Services;
  expect(data.all_services.find(({ id }) => id === '3')).toEqual({
    id: '3',
    name: 'OM CI',
    description: "Orange Money Côte d'Ivoire",
    country_code: 'CI',
    country_name: "Côte d'Ivoire",
    withdrawable: true,
    depositable: true,
    is_active: true,
    currency: 'XOF',
    min_amount: 100,
    max_amount: 1_500_000,
    amount_step: 1,
    otp_required: true,
    fee_percent: 1.8,
  });
  expect(data.payin_services).toHaveLength(data.all_services.length);
  expect(data.payout_services.length).toBeGreaterThan(0);
  expect(data.payout_services.every(({ withdrawable }) => withdrawable)).toBe(true);
  expect(data.payout_services.some(({ id }) => id === '71')).toBe(false);
  const names = Object.entries(data.services_by_country).map(([code, list]) => [
    code,
    list.map(({ name }) => name),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    CI: ['OM CI', 'MOMO CI', 'MOOV CI', 'WAVE CI', 'VISA CI'],
    SN: ['OM SN', 'WAVE SN', 'VISA SN'],
    BJ: ['MOMO BJ', 'MOOV BJ', 'VISA BJ'],
    TG: ['T-MONEY TG', 'MOOV TG', 'VISA TG'],
    BF: ['OM BF', 'MOOV BF', 'VISA BF'],
    ML: ['OM ML', 'MOOV ML', 'VISA ML'],
    CM: ['MOMO CM', 'OM CM', 'VISA CM'],
  });
});

test.each<[object, number]>([
  [{ public_apikey: PUBLIC_KEY }, 200],
  [{ public_apikey: SECRET_KEY }, 200],
  [{ secret_apikey: SECRET_KEY }, 200],
  [{ secret_apikey: 'gmp_sk_other' }, 401],
  [{}, 401],
])('checking the key %j answers %s, without credentials', async (body, status) => {
  const simulator = await testSimulator();
  const answer = await send(simulator, '/action/check-api-key', body, {});
  expect(answer.status).toBe(status);
  if (status !== 200) return;
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    data: { api_key: { is_active: true, status: 'active' }, merchant: { can_transact: true } },
  });
  expect(text).not.toContain(SECRET_KEY);
});

test.each<[string, string, string, number | undefined]>([
  ['1000', 'XAF', 'XOF', 1_000],
  ['1', 'EUR', 'XOF', 656],
  ['655957', 'XOF', 'EUR', 1_000],
  ['1000', 'XOF', 'EUR', 1.52],
  ['2.50', 'USD', 'XAF', 1_500],
  ['1', 'EUR', 'USD', 1.09],
  ['-1', 'EUR', 'USD', undefined],
  ['1e3', 'EUR', 'USD', undefined],
  ['1', 'NGN', 'USD', undefined],
  ['', 'EUR', 'USD', undefined],
])('%s %s in %s is %s', (amount, from, to, expected) => {
  expect(convert(amount, from, to)).toBe(expected);
});

test('conversion over HTTP', async () => {
  const simulator = await testSimulator();
  const answer = await simulator.callJwt('/convert-currency?amount=10&from=EUR&to=XOF');
  expect(await answer.json()).toMatchObject({ success: true, data: { amount: 6_560, currency: 'XOF' } });
  expect((await simulator.callJwt('/convert-currency?amount=10&from=EUR')).status).toBe(400);
});

test('an unknown endpoint and an oversized body are refused in the API’s own shape', async () => {
  const simulator = await testSimulator();
  const nowhere = await simulator.call('/nowhere');
  expect([nowhere.status, await nowhere.json()]).toMatchObject([
    404,
    { success: false, error_code: 'NOT_FOUND' },
  ]);
  const huge = await simulator.call('/payins', { description: 'x'.repeat(70_000) }, PAYIN_HEADERS);
  expect([huge.status, await huge.json()]).toMatchObject([413, { success: false }]);
});
