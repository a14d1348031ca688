import { expect, test } from 'vitest';
import { parsePlace, placeText, understand } from './payment-search.ts';

test.each([
  ['', undefined],
  ['D-ABCDE-12345', { by: 'reference', value: 'D-ABCDE-12345' }],
  ['rabcde12345', { by: 'reference', value: 'R-ABCDE-12345' }],
  ['pay_01kx0000000000000000000000', { by: 'id', value: 'pay_01kx0000000000000000000000' }],
  ['per_01kx0000000000000000000000', { by: 'owner', value: 'per_01kx0000000000000000000000' }],
  ['grp_01kx0000000000000000000000', { by: 'group', value: 'grp_01kx0000000000000000000000' }],
  ['07 07 07 07 12', { by: 'phone', value: '+2250707070712' }],
  ['+221 77 123 45 67', { by: 'phone', value: '+221771234567' }],
  ['0712', { by: 'phone-end', value: '0712' }],
  ['•• 07 12', { by: 'phone-end', value: '0712' }],
  ['MPAYIN_000001', { by: 'provider-reference', value: 'MPAYIN_000001' }],
  ["'; drop table payments", { by: 'provider-reference', value: "'; drop table payments" }],
])('%j is looked for as %j', (text, sought) => {
  expect(understand(text, 'CI')).toEqual(sought);
});

test('a place goes into an address and back, and nothing else does', () => {
  const place = { createdAt: new Date('2026-01-05T08:00:00.123Z'), id: 'pay_01kx0000000000000000000000' };
  expect(parsePlace(placeText(place))).toEqual(place);
  for (const text of [undefined, '', 'x~pay_1', '2026-01-05~per_01kx0000000000000000000000', '~']) {
    expect(parsePlace(text)).toBeUndefined();
  }
});
