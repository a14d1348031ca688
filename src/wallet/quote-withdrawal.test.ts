import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testGround } from '../ground/testing/fresh-database.ts';
import type { Service } from '../rails/provider.ts';
import type { Rails } from '../rails/rails.ts';
import { scriptedProvider, TEST_SERVICE } from '../rails/testing/scripted-provider.ts';
import {
  largestWithdrawal,
  listWithdrawalOptions,
  quoteWithdrawal,
  withdrawalFee,
} from './quote-withdrawal.ts';
import { WITHDRAWAL_POLICY } from './withdrawal-policy.ts';

const CARD: Service = { ...TEST_SERVICE, id: '90', name: 'VISA CI', method: 'visa', withdrawals: false };

function railsWith(services: readonly Service[]): Rails {
  return {
    provider: scriptedProvider(testGround().clock, services),
    feePolicy: 'wallet',
    fallbackFeeBasisPoints: 300,
    callbackUrl: (paymentId) => `https://example.org/${paymentId}`,
  };
}

async function quote(
  amount: unknown,
  available: bigint,
  service: Partial<Service> = {},
  country: 'CI' | 'SN' | 'CM' = 'CI',
) {
  const answer = await quoteWithdrawal(railsWith([{ ...TEST_SERVICE, ...service }]), WITHDRAWAL_POLICY, {
    owner: { id: 'per_x', country: 'CI' },
    destinationCountry: country,
    method: 'mtn_money',
    amount,
    available,
  });
  if (!answer.ok) return answer.refusal.code;
  const { fee, total, remains } = answer.value;
  return [answer.value.amount, fee, total, remains].join(' ');
}

test.each<[amount: string, available: bigint, service: Partial<Service>, expected: string]>([
  ['10 000', 50_000n, {}, '10000 100 10100 39900'],
  ['10 000 F CFA', 10_100n, {}, '10000 100 10100 0'],
  ['101', 50_000n, {}, '101 2 103 49897'],
  ['10 000', 10_099n, {}, 'withdrawal-balance-insufficient'],
  ['10 000', 0n, {}, 'withdrawal-balance-insufficient'],
  ['99', 50_000n, {}, 'amount-below-minimum'],
  ['1 500 001', 5_000_000n, {}, 'amount-above-maximum'],
  ['1 002', 50_000n, { amountStep: 5n }, 'amount-not-a-multiple'],
  ['1 005', 50_000n, { amountStep: 5n }, '1005 11 1016 48984'],
  ['-100', 50_000n, {}, 'amount-negative'],
  ['1e3', 50_000n, {}, 'amount-exponent'],
  ['', 50_000n, {}, 'amount-missing'],
  ['1 000', 50_000n, { withdrawals: false }, 'withdrawal-method-unavailable'],
  ['1 000', 50_000n, { active: false }, 'withdrawal-method-unavailable'],
  ['1 000', 50_000n, { method: 'wave' }, 'withdrawal-method-unavailable'],
])('%s out of %s with the service %o: %s', async (amount, available, service, expected) => {
  expect(await quote(amount, available, service)).toBe(expected);
});

test('a number of another currency receives nothing; one of another country of the union does', async () => {
  expect(await quote('1 000', 50_000n, { country: 'CM', currency: 'XAF' }, 'CM')).toBe(
    'withdrawal-other-currency',
  );
  expect(await quote('1 000', 50_000n, { country: 'SN' }, 'SN')).toBe('1000 10 1010 48990');
});

test('too little balance names what is possible, within the service and its step', async () => {
  const answer = await quoteWithdrawal(railsWith([{ ...TEST_SERVICE, amountStep: 5n }]), WITHDRAWAL_POLICY, {
    owner: { id: 'per_x', country: 'CI' },
    destinationCountry: 'CI',
    method: 'mtn_money',
    amount: '10000',
    available: 8_000n,
  });
  expect(answer).toMatchObject({
    ok: false,
    refusal: {
      code: 'withdrawal-balance-insufficient',
      fr: expect.stringContaining('au plus 7\u00a0920\u00a0F\u00a0CFA'),
      en: expect.stringContaining('at most 7,920\u00a0F\u00a0CFA'),
    },
  });
});

test('a card is offered for withdrawal only where the provider pays out to cards', async () => {
  const methods = async (services: readonly Service[]) =>
    (await listWithdrawalOptions(railsWith(services), 'CI')).map((service) => service.method);
  expect(await methods([TEST_SERVICE, CARD])).toEqual(['mtn_money']);
  expect(await methods([TEST_SERVICE, { ...CARD, withdrawals: true }])).toEqual(['mtn_money', 'visa']);
  expect(await methods([{ ...TEST_SERVICE, country: 'SN' }])).toEqual([]);
});

test('the largest withdrawal is covered with its fee, and the next step is not', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 5_000_000n }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.constantFrom(1n, 5n, 100n),
      (available, basisPoints, amountStep) => {
        const service = { ...TEST_SERVICE, minAmount: amountStep, maxAmount: 1_500_000n, amountStep };
        const policy = { ...WITHDRAWAL_POLICY, withdrawalFeeBasisPoints: basisPoints };
        const costs = (amount: bigint) => amount + withdrawalFee(amount, policy);
        const most = largestWithdrawal(service, available, policy);
        if (most !== undefined) expect(costs(most)).toBeLessThanOrEqual(available);
        const next = (most ?? 0n) + amountStep;
        if (next <= service.maxAmount) expect(costs(next)).toBeGreaterThan(available);
      },
    ),
  );
});
