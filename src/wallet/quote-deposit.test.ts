import { expect, test } from 'vitest';
import { handClock } from '../ground/clock.ts';
import type { Country } from '../people/country.ts';
import type { FeePolicy } from '../rails/payments/fee-policy.ts';
import type { Method, Service } from '../rails/provider.ts';
import type { Rails } from '../rails/rails.ts';
import { scriptedProvider, TEST_SERVICE } from '../rails/testing/scripted-provider.ts';
import { listDepositOptions, quoteDeposit } from './quote-deposit.ts';

function railsWith(services: readonly Partial<Service>[], feePolicy: FeePolicy = 'wallet'): Rails {
  const provider = scriptedProvider(
    handClock(new Date('2026-01-05T08:00:00.000Z')),
    services.map((changes) => ({ ...TEST_SERVICE, ...changes })),
  );
  return { provider, feePolicy, fallbackFeeBasisPoints: 300, callbackUrl: () => '' };
}

interface Wish {
  readonly amount?: unknown;
  readonly country?: Country;
  readonly payer?: Country;
  readonly method?: Method;
}

/** What the form says: the refusal's code, or asked / fee / credit. */
async function quoted(rails: Rails, wish: Wish = {}): Promise<string> {
  const { amount, country = 'CI', payer = country, method = 'mtn_money' } = wish;
  const answer = await quoteDeposit(rails, {
    owner: { id: 'per_awa', country },
    payerCountry: payer,
    method,
    amount: 'amount' in wish ? amount : '10000',
  });
  if (!answer.ok) return answer.refusal.code;
  const { quote } = answer.value;
  return `${quote.amount} / ${quote.fee} / ${quote.credit}`;
}

test.each<[FeePolicy, string]>([
  ['wallet', '10000 / 150 / 9850'],
  ['payer', '10153 / 153 / 10000'],
  ['platform', '10000 / 150 / 10000'],
])('who bears the fee: %s', async (policy, expected) => {
  expect(await quoted(railsWith([{}], policy))).toBe(expected);
});

test('a provider that does not tell its fee is quoted at the configured one', async () => {
  const { feeBasisPoints: _, ...silent } = TEST_SERVICE;
  const rails = railsWith([]);
  rails.provider.listServices = async () => ({ services: [silent], fetchedAt: new Date(0) });
  expect(await quoted(rails)).toBe('10000 / 300 / 9700');
});

test.each<[unknown, string]>([
  ['99', 'amount-below-minimum'],
  ['100', '100 / 2 / 98'],
  ['1500000', '1500000 / 22500 / 1477500'],
  ['1500001', 'amount-above-maximum'],
  ['-100', 'amount-negative'],
  ['1e9', 'amount-exponent'],
  ['25,5', 'amount-decimals'],
  ['٢٥٠٠٠', 'amount-foreign-digits'],
  ['', 'amount-missing'],
  [undefined, 'amount-missing'],
  [['100', '200'], 'amount-unreadable'],
  [10_000, 'amount-unreadable'],
])('typed as %j', async (amount, expected) => {
  expect(await quoted(railsWith([{}]), { amount })).toBe(expected);
});

test.each<[string, Partial<Service>, Wish, string]>([
  ['no such method', {}, { method: 'wave' }, 'deposit-method-unavailable'],
  ['switched off', { active: false }, {}, 'deposit-method-unavailable'],
  ['only withdrawals', { deposits: false }, {}, 'deposit-method-unavailable'],
  ['another country', { country: 'SN' }, {}, 'deposit-method-unavailable'],
  ['a country’s service in another currency', { currency: 'XAF' }, {}, 'deposit-method-unavailable'],
  ['a neighbour’s number, same currency', { country: 'SN' }, { payer: 'SN' }, '10000 / 150 / 9850'],
  ['a number of the other union', { country: 'CM' }, { payer: 'CM' }, 'deposit-other-currency'],
])('%s', async (_what, service, wish, expected) => {
  expect(await quoted(railsWith([service]), wish)).toBe(expected);
});

test.each<[FeePolicy, string, string]>([
  ['wallet', '10003', 'amount-not-a-multiple'],
  ['wallet', '10005', '10005 / 151 / 9854'],
  ['payer', '10003', 'amount-not-a-multiple'],
  // What the policy adds is rounded up to whole steps: nobody can be asked to type that.
  ['payer', '10000', '10155 / 153 / 10000'],
])('an operator that counts in fives, %s, %s', async (policy, amount, expected) => {
  expect(await quoted(railsWith([{ amountStep: 5n }], policy), { amount })).toBe(expected);
});

test('with the fee on top the operator’s maximum still holds', async () => {
  const rails = railsWith([{}], 'payer');
  expect(await quoted(rails, { amount: '1477500' })).toBe('1500000 / 22500 / 1477500');
  expect(await quoted(rails, { amount: '1477501' })).toBe('amount-above-maximum');
});

test('an amount that the fee would eat is refused', async () => {
  const rails = railsWith([{ minAmount: 1n }]);
  expect(await quoted(rails, { amount: '1' })).toBe('amount-below-fee');
  expect(await quoted(rails, { amount: '2' })).toBe('2 / 1 / 1');
});

test('each method is offered once, and only where it can be used now', async () => {
  const rails = railsWith([
    { id: '1', method: 'wave' },
    { id: '2', method: 'wave' },
    { id: '3', method: 'orange_money', active: false },
    { id: '4', method: 'moov_money', country: 'BJ' },
    { id: '5', method: 'mtn_money' },
  ]);
  const options = await listDepositOptions(rails, 'CI');
  expect(options.map((option) => option.service.id)).toEqual(['1', '5']);
});
