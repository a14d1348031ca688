import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Currency } from './currency.ts';
import { type Money, money } from './money.ts';
import { type Locale, type MoneyVoice, moneyText } from './money-text.ts';
import { parseAmount } from './parse-amount.ts';

const N = '\u00a0';

test.each<[Money, MoneyVoice, Locale, string]>([
  [money(25_000n, 'XOF'), 'page', 'fr', `25${N}000${N}F${N}CFA`],
  [money(25_000n, 'XOF'), 'page', 'en', `25,000${N}F${N}CFA`],
  [money(25_000n, 'XOF'), 'ascii', 'fr', '25 000 F CFA'],
  [money(25_000n, 'XOF'), 'ascii', 'en', '25,000 F CFA'],
  [money(25_000n, 'XOF'), 'pdf', 'fr', `25${N}000${N}F${N}CFA`],
  [money(999n, 'XOF'), 'ascii', 'fr', '999 F CFA'],
  [money(0n, 'XOF'), 'ascii', 'fr', '0 F CFA'],
  [money(12_345_678n, 'XAF'), 'ascii', 'fr', '12 345 678 FCFA'],
  [money(50_000n, 'GNF'), 'ascii', 'fr', '50 000 GNF'],
  [money(-25_000n, 'XOF'), 'page', 'fr', `\u221225${N}000${N}F${N}CFA`],
  [money(-25_000n, 'XOF'), 'ascii', 'fr', '-25 000 F CFA'],
  [money(-25_000n, 'XOF'), 'pdf', 'fr', `-25${N}000${N}F${N}CFA`],
  [money(123_405n, 'EUR'), 'page', 'fr', `1${N}234,05${N}€`],
  [money(123_405n, 'EUR'), 'ascii', 'fr', '1 234,05 EUR'],
  [money(5n, 'USD'), 'ascii', 'en', '0.05 USD'],
  [money(9_007_199_254_740_993n, 'XOF'), 'ascii', 'en', '9,007,199,254,740,993 F CFA'],
])('%o in voice %s, %s: %s', (amount, voice, locale, text) => {
  expect(moneyText(amount, voice, locale)).toBe(text);
});

const francs = fc.constantFrom<Currency>('XOF', 'XAF', 'GNF', 'EUR', 'USD');

test('the ASCII voice is ASCII, and no voice ever writes U+202F', () => {
  fc.assert(
    fc.property(fc.bigInt(), francs, fc.constantFrom<Locale>('fr', 'en'), (amount, currency, locale) => {
      const sum = money(amount, currency);
      expect(moneyText(sum, 'ascii', locale)).toMatch(/^[\x20-\x7e]+$/);
      expect(moneyText(sum, 'page', locale) + moneyText(sum, 'pdf', locale)).not.toContain('\u202f');
    }),
  );
});

test('what we write in French we can read again', () => {
  const voices = fc.constantFrom<MoneyVoice>('page', 'ascii', 'pdf');
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n }), francs, voices, (amount, currency, voice) => {
      const sum = money(amount, currency);
      expect(parseAmount(moneyText(sum, voice, 'fr'), currency)).toEqual({ ok: true, value: sum });
    }),
  );
});
