import { expect, test } from 'vitest';
import { signCallback, signRequest, type WebhookRecipe } from './signature.ts';

const CALLBACK =
  '{"order_id":"MPAYIN_ABC123DEF456","soleaspay_reference":"MLS690d472dd7ee7B","status":"success","amount":5000,"currency":"XOF"}';

test.each<[WebhookRecipe, string]>([
  ['body', 'fffea6688f9db51f838c204727c4b2657d969814efd7604e829b326de931c0ba'],
  ['timestamp.body', 'ff73023c29cb50171fe9924cc8aa8d40f1879a7e389936477dcd6c6ebd7e2202'],
  ['timestamp-body', '1bf47cedc2bbde1897a9bfe3ec692a250c6a1d2cff382a95cc0e7ebc9763c242'],
  ['timestamp-lf-body', 'abba3215b06e9a081125693802a5be9a380ab0087d318674bb8db82f8d532143'],
])('a callback signed by the recipe %s', (recipe, hex) => {
  expect(signCallback(CALLBACK, '1700000000', 'gmp_wh_vector', recipe)).toBe(hex);
});

const PAYIN = { method: 'POST', path: '/payments/payin', timestamp: '1700000000' };
const COMPACT = '{"amount":5000,"currency":"XOF"}';

test.each<[string, string, Parameters<typeof signRequest>[0], string]>([
  [
    'a pay-in',
    'gmp_sk_test_abc123',
    { ...PAYIN, body: COMPACT },
    'ae10554143724e592f1b5ca65718b8ac5f7566f1eeaeb8b0f9633297c3dde204',
  ],
  [
    'one second later',
    'gmp_sk_test_abc123',
    { ...PAYIN, timestamp: '1700000001', body: COMPACT },
    '5544dddf87131551236855462175536df364dbba08646201c84d45eed830f2ea',
  ],
  [
    'a status without body',
    'gmp_sk_test_abc123',
    { method: 'GET', path: '/payments/ref/status', timestamp: '1700000000', body: '' },
    '4f4c281443c89b8dab735abc682cd50cee4f8378c86e37b14b11e98f64139f78',
  ],
  [
    'key A',
    'key_A',
    { ...PAYIN, body: COMPACT },
    '831f2bd493bfa4c1b6b8004af31878997a01712b1d5ef5a09c97b3dea8f6a158',
  ],
  [
    'key B',
    'key_B',
    { ...PAYIN, body: COMPACT },
    '2f3016f1d05a1e815e4662206b9e3f450ee4115455b3f3f1468a949477c45745',
  ],
  [
    'the spacing of JavaScript',
    'test_key',
    { ...PAYIN, timestamp: '1234567890', body: '{"amount":5000}' },
    '01bbe87875d3f7aeadb7de26d058a47e904930680f1cc79b83d497217515cd4f',
  ],
  [
    'the spacing of Python',
    'test_key',
    { ...PAYIN, timestamp: '1234567890', body: '{"amount": 5000}' },
    '0cae3dd3fe484c706686472665ea62aaa495ed28257801995beebb60644fc6b1',
  ],
  [
    'the vector of the rails',
    'gmp_sk_test_vector',
    { ...PAYIN, body: COMPACT },
    'ee945c57b998996989b9cffae44108d872dcf0e804910fab5e8ce68dd36b85eb',
  ],
])('a request signed as the official clients do: %s', (_name, key, request, hex) => {
  expect(signRequest(request, key)).toBe(hex);
});
