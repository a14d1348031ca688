import { expect, test } from 'vitest';
import { maskText } from './mask-text.ts';

test.each([
  ['{"phone":"2250707070712","amount":5000}', '{"phone":"22507••••12","amount":5000}'],
  ['wallet=+2250707070712&state=success', 'wallet=+2250••••12&state=success'],
  ['{"token": "abc123", "reference":"MPAYIN_000001"}', '{"token": "••••", "reference":"MPAYIN_000001"}'],
  ['{"callback_signature":"sha256=ff","x":1}', '{"callback_signature":"••••","x":1}'],
  ['api_key=k-123&otp=1234', 'api_key="••••"&otp="••••"'],
  ['2026-01-05T08:00:00Z http-503', '2026-01-05T08:00:00Z http-503'],
])('%s', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});
