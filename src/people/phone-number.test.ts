import { expect, test } from 'vitest';
import { COUNTRIES, COUNTRY_CODES, type Country } from './country.ts';
import { formatPhone, maskPhone, parsePhone, storedPhone } from './phone-number.ts';

test.each<[string, Country | undefined, string, Country]>([
  ['+225 07 07 07 07 07', undefined, '+2250707070707', 'CI'],
  ['+2250707070707', 'SN', '+2250707070707', 'CI'],
  ['002250707070707', undefined, '+2250707070707', 'CI'],
  ['2250707070707', undefined, '+2250707070707', 'CI'],
  ['0707070707', 'CI', '+2250707070707', 'CI'],
  [' 07.07.07.07.07 ', 'CI', '+2250707070707', 'CI'],
  ['07-07-07-07-07', 'CI', '+2250707070707', 'CI'],
  ['07\u00a007\u202f07\u201107 07', 'CI', '+2250707070707', 'CI'],
  ['(+225) 05 05 05 05 05', undefined, '+2250505050505', 'CI'],
  ['77 123 45 67', 'SN', '+221771234567', 'SN'],
  ['221771234567', 'CI', '+221771234567', 'SN'],
  ['01 97 97 97 97', 'BJ', '+2290197979797', 'BJ'],
  ['97 97 97 97', 'BJ', '+2290197979797', 'BJ'],
  ['+229 97979797', undefined, '+2290197979797', 'BJ'],
  ['22997979797', undefined, '+2290197979797', 'BJ'],
  ['90909090', 'TG', '+22890909090', 'TG'],
  ['70707070', 'BF', '+22670707070', 'BF'],
  ['76767676', 'ML', '+22376767676', 'ML'],
  ['96969696', 'NE', '+22796969696', 'NE'],
  ['622223344', 'GN', '+224622223344', 'GN'],
  ['677777777', 'CM', '+237677777777', 'CM'],
])('%j typed in %s is %s', (text, typedIn, e164, country) => {
  const answer = parsePhone(text, typedIn);
  expect(answer).toMatchObject({ ok: true, value: { e164, country } });
  expect(answer.ok && `+${COUNTRIES[country].callingCode}${answer.value.national}`).toBe(e164);
});

test.each<[unknown, Country | undefined, string]>([
  [undefined, 'CI', 'phone-missing'],
  [null, 'CI', 'phone-missing'],
  ['', 'CI', 'phone-missing'],
  [' \u00a0', 'CI', 'phone-missing'],
  [707_070_707, 'CI', 'phone-unreadable'],
  [['0707070707'], 'CI', 'phone-unreadable'],
  [{ phone: '0707070707' }, 'CI', 'phone-unreadable'],
  ['0707070707 poste 12', 'CI', 'phone-unreadable'],
  ['+2250707070707;ext=12', undefined, 'phone-unreadable'],
  ['0707070707x12', 'CI', 'phone-unreadable'],
  ['07 07 07 07 O7', 'CI', 'phone-unreadable'],
  ['++2250707070707', undefined, 'phone-unreadable'],
  ['+', undefined, 'phone-unreadable'],
  ["07'; drop table people", 'CI', 'phone-unreadable'],
  ['0'.repeat(41), 'CI', 'phone-unreadable'],
  ['٠٧٠٧٠٧٠٧٠٧', 'CI', 'phone-foreign-digits'],
  ['+225 ०७०७०७०७०७', undefined, 'phone-foreign-digits'],
  ['0707070707', undefined, 'phone-country-missing'],
  ['77 123 45 67', undefined, 'phone-country-missing'],
  ['+33 6 12 34 56 78', undefined, 'phone-country-unsupported'],
  ['+234 803 123 4567', 'CI', 'phone-country-unsupported'],
  ['+1 900 555 0199', 'CI', 'phone-country-unsupported'],
  ['07 07 07 07', 'CI', 'phone-too-short'],
  ['+22507070707', undefined, 'phone-too-short'],
  ['77 12 34 56', 'CM', 'phone-too-short'],
  ['771234567', 'BJ', 'phone-too-short'],
  ['+225', undefined, 'phone-too-short'],
  ['+225070707070707', undefined, 'phone-too-long'],
  ['0707070707', 'TG', 'phone-too-long'],
  ['27 21 23 45 67', 'CI', 'phone-not-mobile'],
  ['33 821 12 34', 'SN', 'phone-not-mobile'],
  ['09 09 09 09 09', 'CI', 'phone-not-in-use'],
  ['77777777', 'TG', 'phone-not-in-use'],
  ['33 123 45 67', 'SN', 'phone-not-in-use'],
])('%j typed in %s is refused as %s', (text, typedIn, code) => {
  expect(parsePhone(text, typedIn)).toMatchObject({ ok: false, refusal: { code, kind: 'invalid' } });
});

test.each<[string, string, string]>([
  ['+2250707070712', '+225 07 07 07 07 12', '+225 07 •• •• •• 12'],
  ['+221771234567', '+221 77 123 45 67', '+221 77 ••• •• 67'],
  ['+2290197979797', '+229 01 97 97 97 97', '+229 01 •• •• •• 97'],
  ['+22890909091', '+228 90 90 90 91', '+228 90 •• •• 91'],
  ['+224622223344', '+224 622 22 33 44', '+224 62• •• •• 44'],
  ['+237671234567', '+237 6 71 23 45 67', '+237 6 7• •• •• 67'],
])('%s is shown as %s, and hidden as %s', (e164, shown, hidden) => {
  expect(formatPhone(e164)).toBe(shown);
  expect(maskPhone(e164)).toBe(hidden);
  expect(parsePhone(shown)).toMatchObject({ ok: true, value: { e164 } });
});

test('what was stored is read back; anything else is a broken invariant', () => {
  expect(storedPhone('+2250707070707')).toEqual({
    e164: '+2250707070707',
    country: 'CI',
    national: '0707070707',
  });
  expect(() => storedPhone('+33612345678')).toThrow();
  expect(() => storedPhone('2250707070707')).toThrow();
});

test('the groups of every country add up to its number', () => {
  for (const country of COUNTRY_CODES) {
    const { groups, numberLength } = COUNTRIES[country];
    expect(groups.reduce((sum, size) => sum + size, 0)).toBe(numberLength);
  }
  expect(Object.keys(COUNTRIES)).toEqual(COUNTRY_CODES);
});
