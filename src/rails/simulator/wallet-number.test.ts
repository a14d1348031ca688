import { expect, test } from 'vitest';
import { walletNumber, walletText } from './wallet-number.ts';

test.each<[string, string | undefined, string | undefined]>([
  ['+225 07 00 00 12 34', undefined, '2250700001234'],
  ['002250700001234', undefined, '2250700001234'],
  ['2250700001234', 'CI', '2250700001234'],
  ['0700001234', 'CI', '2250700001234'],
  ['690000000', 'CM', '237690000000'],
  ['237690000000', 'CM', '237690000000'],
  ['652083096', 'CM', '237652083096'],
  ['771234567', 'SN', '221771234567'],
  ['0700001234', undefined, undefined],
  ['237690000000', 'CI', undefined],
  ['+33612345678', undefined, undefined],
  ['07 00 00', 'CI', undefined],
  ['٠٧٠٠٠٠١٢٣٤', 'CI', undefined],
  ['', 'CI', undefined],
])('%s in %s is the wallet %s', (typed, country, wallet) => {
  expect(walletNumber(typed, country)).toBe(wallet);
});

test.each([
  ['2250700001234', '+225 07 00 00 12 34'],
  ['221771234567', '+221 77 123 45 67'],
  ['22890123456', '+228 90 12 34 56'],
])('%s is shown as %s', (wallet, text) => {
  expect(walletText(wallet)).toBe(text);
});
