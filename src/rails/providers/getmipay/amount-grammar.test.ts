import { expect, test } from 'vitest';
import { readAmount } from './amount-grammar.ts';
import { parseJson } from './json-text.ts';

const read = (json: string, currency: 'XOF' | 'EUR' = 'XOF') => {
  const parsed = parseJson(json);
  if (parsed === undefined) throw new Error(`the test wrote broken JSON: ${json}`);
  return readAmount(parsed, currency);
};

test.each([
  ['5000', 5_000n],
  ['5000.0', 5_000n],
  ['5000.00', 5_000n],
  ['"5000"', 5_000n],
  ['"5000.00"', 5_000n],
  ['500000', 500_000n], // a hundred times too much is read as it stands: the comparison with our row catches it
  ['0', 0n],
  ['9007199254740991', 9_007_199_254_740_991n],
])('%s is %s francs', (json, amount) => {
  expect(read(json)).toEqual({ amount, currency: 'XOF' });
});

test.each([
  '5e3',
  '5E3',
  '5000.5',
  '5000.50',
  '5000.000',
  '-5000',
  '-0',
  '9007199254740992',
  '9007199254740993',
  '"5 000"',
  '"5\\u202f000"',
  '" 5000"',
  '"5000\\n"',
  '"5,000"',
  '"5000,00"',
  '"5.000"',
  '"5e3"',
  '"+5000"',
  '"-5000"',
  '"0x1388"',
  '"5000 F"',
  '"٥٠٠٠"',
  '"５０００"',
  '""',
  '"."',
  '".00"',
  '"5000."',
  'true',
  '[5000]',
  '{"text":"5000"}',
])('%s is no amount', (json) => {
  expect(read(json)).toBe('unreadable');
});

test('an amount in a currency with cents cannot be read: nobody says whether 5000 are euros or cents', () => {
  expect(read('5000', 'EUR')).toBe('unreadable');
});
