import { expect, test } from 'vitest';
import { codingFor } from './assets.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['br;q=0.5,gzip;q=1.0', 'br'],
  ['deflate', undefined],
  ['gzip;q=0.000', undefined],
  ['broth', undefined],
  ['', undefined],
  [undefined, undefined],
])('a client that takes %s is sent %s', (accepted, coding) => {
  expect(codingFor(accepted)).toBe(coding);
});
