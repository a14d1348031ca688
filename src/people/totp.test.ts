import { expect, test } from 'vitest';
import { base32, hotp, matchingStep, otpauthUri, totpCode, totpStep } from './totp.ts';

const SECRET = Buffer.from('12345678901234567890');

test('gives the codes of RFC 4226, appendix D', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => hotp(SECRET, counter));
  expect(codes).toEqual([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('gives the code of RFC 6238, appendix B, at %i seconds', (seconds, code) => {
  const instant = new Date(seconds * 1000);
  expect(hotp(SECRET, totpStep(instant), 8)).toBe(code);
  expect(totpCode(SECRET, instant)).toBe(code.slice(2));
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('writes %j in the base 32 of RFC 4648', (text, written) => {
  expect(base32(Buffer.from(text))).toBe(written);
});

test('a code fits half a minute around its own, once, and only as six digits', () => {
  const instant = new Date('2026-01-05T08:00:10Z');
  const step = totpStep(instant);
  const code = (ahead: number) => hotp(SECRET, step + ahead);
  expect([-2, -1, 0, 1, 2].map((ahead) => matchingStep(SECRET, code(ahead), instant, 0))).toEqual([
    undefined,
    step - 1,
    step,
    step + 1,
    undefined,
  ]);
  expect(matchingStep(SECRET, code(0), instant, step)).toBeUndefined();
  const spaced = `${code(0).slice(0, 3)} ${code(0).slice(3)}`;
  expect(matchingStep(SECRET, spaced, instant, step - 1)).toBe(step);
  for (const typed of ['', '12345', '1234567', '١٢٣٤٥٦', 'abcdef']) {
    expect(matchingStep(SECRET, typed, instant, 0)).toBeUndefined();
  }
});

test('an enrolment is read by authenticators', () => {
  expect(otpauthUri(SECRET, 'Tontine Pro', '+225 07')).toBe(
    'otpauth://totp/Tontine%20Pro:%2B225%2007?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tontine%20Pro',
  );
});
