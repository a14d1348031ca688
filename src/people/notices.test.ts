import { expect, test } from 'vitest';
import { gsmText, segmentCount } from '../ground/money/gsm-text.ts';
import { codeNotice } from './notices.ts';

test.each([
  ['login', 'fr'],
  ['login', 'en'],
  ['reset-pin', 'fr'],
  ['reset-pin', 'en'],
  ['destination:+2250707070712', 'fr'],
  ['destination:+2250707070712', 'en'],
] as const)('the message for %s in %s is one 7-bit segment and carries the code once', (purpose, locale) => {
  const text = codeNotice('004829', purpose, locale);
  expect(text.split('004829')).toHaveLength(2);
  expect(gsmText(text)).toBe(text);
  expect(segmentCount(text)).toBe(1);
});

test('the message for a destination names the number without showing it', () => {
  const text = codeNotice('004829', 'destination:+2250707070712', 'fr');
  expect(text).toContain('+225 07 ** ** ** 12');
  expect(text).not.toContain('0707070712');
});
