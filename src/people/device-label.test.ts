import { expect, test } from 'vitest';
import { deviceLabel } from './device-label.ts';

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['curl/8.5.0', undefined],
  [
    'Mozilla/5.0 (Linux; Android 10; TECNO KC2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36',
    'Chrome · Android',
  ],
  [
    'Opera/9.80 (Android; Opera Mini/36.2/191.310; U; fr) Presto/2.12.423 Version/12.16',
    'Opera Mini · Android',
  ],
  ['Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5', 'Firefox · KaiOS'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Version/17.1 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0', 'Firefox · Windows'],
  ['<script>alert(1)</script>', undefined],
])('%j is shown as %s', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label);
});
