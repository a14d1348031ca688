import { expect, test } from 'vitest';
import { completeConfiguration, type GetmipayChoices, requireUsable } from './configuration.ts';
import { walletNumber } from './wallet-number.ts';

const CHOICES: GetmipayChoices = {
  apiUrl: 'https://getmipay.example/api/v1',
  publicKey: 'sample_public',
  secretKey: 'sample_secret',
  environment: 'live',
};

test('each generation has its own paths, and one path can be overridden without the others', () => {
  expect(completeConfiguration(CHOICES).paths).toMatchObject({
    payin: '/payins',
    status: '/transaction-check',
  });
  const older = completeConfiguration({ ...CHOICES, generation: 'api-key', paths: { status: '/check' } });
  expect(older.paths).toMatchObject({ payin: '/payments/payin', status: '/check' });
  expect(older).toMatchObject({ connectTimeout_ms: 5_000, totalTimeout_ms: 30_000, webhookTolerance_s: 300 });
});

test.each<[string, Partial<GetmipayChoices>, string | undefined]>([
  ['a complete one', {}, undefined],
  ['plain http in the sandbox', { apiUrl: 'http://127.0.0.1:4000', environment: 'sandbox' }, undefined],
  ['no secret key, where none is used', { generation: 'api-key', secretKey: '' }, undefined],
  ['plain http with real money', { apiUrl: 'http://getmipay.example' }, 'must be reached over https'],
  ['no address', { apiUrl: 'getmipay' }, 'is not an address'],
  ['a leading space in a key', { publicKey: ' sample_public' }, 'public key'],
  ['no secret key', { secretKey: '' }, 'secret key'],
  ['a test key with real money', { secretKey: 'gmp_sk_test_sample' }, 'marked _test_'],
  [
    'a live key with play money',
    { publicKey: 'gmp_pk_live_sample', environment: 'sandbox' },
    'marked _live_',
  ],
  ['a connect timeout above the total', { connectTimeout_ms: 40_000 }, 'timeout'],
])('%s', (_what, varied, problem) => {
  const check = (): void => requireUsable(completeConfiguration({ ...CHOICES, ...varied }));
  if (problem === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(problem);
});

test('what is wrong is named without repeating a key', () => {
  const secret = 'gmp_sk_test_sample';
  const check = (): void => requireUsable(completeConfiguration({ ...CHOICES, secretKey: secret }));
  expect(check).toThrow();
  expect(check).not.toThrow(secret);
});

test.each([
  ['+2250701020304', 'CI', 'wave', 'international', '2250701020304'],
  ['+2250701020304', 'CI', 'wave', 'national', '0701020304'],
  ['+237690000000', 'CM', 'mtn_money', 'national', '690000000'],
  ['+2250701020304', 'SN', 'wave', 'international', undefined],
  ['+33612345678', 'CI', 'visa', 'national', '33612345678'],
  ['+33612345678', 'CI', 'orange_money', 'international', undefined],
  ['2250701020304', 'CI', 'wave', 'international', undefined],
  ['+225 0701020304', 'CI', 'wave', 'international', undefined],
  ['+2250701020304', 'FR', 'wave', 'international', undefined],
] as const)('%s in %s by %s, %s: %s', (phone, country, method, format, digits) => {
  expect(walletNumber(phone, { country, method }, format)).toBe(digits);
});
