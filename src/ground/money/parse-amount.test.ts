import { expect, test } from 'vitest';
import type { Currency } from './currency.ts';
import { parseAmount } from './parse-amount.ts';

test.each<[string, Currency, bigint]>([
  ['25000', 'XOF', 25_000n],
  ['25 000', 'XOF', 25_000n],
  ['25\u00a0000', 'XOF', 25_000n],
  ['25\u202f000', 'XOF', 25_000n],
  ['1 250 000', 'XOF', 1_250_000n],
  ['  25000\n', 'XOF', 25_000n],
  ['25 000 F', 'XOF', 25_000n],
  ['25000f', 'XOF', 25_000n],
  ['25 000 FCFA', 'XOF', 25_000n],
  ['25\u00a0000\u00a0F\u00a0CFA', 'XOF', 25_000n],
  ['25 000 XAF', 'XAF', 25_000n],
  ['25 000 FG', 'GNF', 25_000n],
  ['500 francs', 'XOF', 500n],
  ['007', 'XOF', 7n],
  ['999999999999999', 'XOF', 999_999_999_999_999n],
  ['25,50', 'EUR', 2_550n],
  ['25.5 €', 'EUR', 2_550n],
  ['25', 'USD', 2_500n],
  ['1 000,05', 'EUR', 100_005n],
])('%j in %s is %s', (text, currency, amount) => {
  expect(parseAmount(text, currency)).toEqual({ ok: true, value: { amount, currency } });
});

test.each<[unknown, string]>([
  [undefined, 'amount-missing'],
  [null, 'amount-missing'],
  ['', 'amount-missing'],
  [' \u00a0\t', 'amount-missing'],
  [25_000, 'amount-unreadable'],
  [['25000'], 'amount-unreadable'],
  [{ amount: '25000' }, 'amount-unreadable'],
  ['vingt-cinq mille', 'amount-unreadable'],
  ['F CFA', 'amount-unreadable'],
  ['+25000', 'amount-unreadable'],
  ['0x10', 'amount-unreadable'],
  ['25000 €', 'amount-unreadable'],
  ['25 000 XAF', 'amount-unreadable'],
  ['25_000', 'amount-unreadable'],
  ['25\t000', 'amount-unreadable'],
  ['1.2.3', 'amount-unreadable'],
  ['25,x', 'amount-unreadable'],
  ['Infinity', 'amount-unreadable'],
  ['1'.repeat(41), 'amount-too-long'],
  ['1'.repeat(16), 'amount-too-long'],
  ['٢٥٠٠٠', 'amount-foreign-digits'],
  ['25٠٠٠', 'amount-foreign-digits'],
  ['２５０００', 'amount-foreign-digits'],
  ['-100', 'amount-negative'],
  ['- 100', 'amount-negative'],
  ['\u2212100', 'amount-negative'],
  ['100-', 'amount-negative'],
  ['1e9', 'amount-exponent'],
  ['1E+9', 'amount-exponent'],
  ['1,5e3', 'amount-exponent'],
  ['25.000', 'amount-ambiguous'],
  ['25,000', 'amount-ambiguous'],
  ['1.250.000', 'amount-ambiguous'],
  ['25,5', 'amount-decimals'],
  ['25.5', 'amount-decimals'],
  ['25,00', 'amount-decimals'],
  ['25000.', 'amount-decimals'],
  ['25 000,50 F', 'amount-decimals'],
  ['2 50 00', 'amount-grouping'],
  ['25  000', 'amount-grouping'],
  ['2500 000', 'amount-grouping'],
  ['0', 'amount-zero'],
  ['000', 'amount-zero'],
])('%j is refused as %s', (text, code) => {
  expect(parseAmount(text, 'XOF')).toMatchObject({ ok: false, refusal: { code, kind: 'invalid' } });
});

test.each<[string, string | bigint]>([
  ['99', 'amount-below-minimum'],
  ['100', 100n],
  ['1 000 000', 1_000_000n],
  ['1 000 001', 'amount-above-maximum'],
])('between 100 and 1 000 000, %j gives %s', (text, outcome) => {
  const answer = parseAmount(text, 'XOF', { min: 100n, max: 1_000_000n });
  expect(answer.ok ? answer.value.amount : answer.refusal.code).toBe(outcome);
});

test('the bound is named in the message, in both languages', () => {
  const answer = parseAmount('2 000 000', 'XOF', { max: 1_000_000n });
  expect(answer).toMatchObject({
    refusal: {
      fr: 'Le montant maximum est de 1\u00a0000\u00a0000\u00a0F\u00a0CFA.',
      en: 'The largest amount is 1,000,000\u00a0F\u00a0CFA.',
    },
  });
});

test('cents beyond the currency are refused, and never rounded', () => {
  expect(parseAmount('25,5055', 'EUR')).toMatchObject({ refusal: { code: 'amount-decimals' } });
  expect(parseAmount('25,505', 'EUR')).toMatchObject({ refusal: { code: 'amount-ambiguous' } });
});

test('every cause has its own sentence', () => {
  const causes = ['', 'x', '1'.repeat(16), '٢', '-1', '1e9', '25.000', '25,5', '2 50 00', '0'];
  const sentences = causes.map((text) => {
    const answer = parseAmount(text, 'XOF');
    return answer.ok ? 'accepted' : answer.refusal.fr;
  });
  expect(new Set(sentences).size).toBe(causes.length);
  expect(sentences).not.toContain('accepted');
});
