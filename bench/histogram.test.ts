import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';
import { latencySvg, msText } from './histogram-svg.ts';

test('nothing was counted: no step, and 0 everywhere', () => {
  const histogram = new Histogram();
  expect([histogram.buckets(), histogram.percentile(0.5), histogram.count]).toEqual([[], 0, 0]);
});

test('a percentile is true to a tenth, and never above the longest', () => {
  const histogram = new Histogram();
  for (let duration_ms = 1; duration_ms <= 1000; duration_ms++) histogram.add(duration_ms);
  for (const share of [0.1, 0.5, 0.9, 0.99, 1]) {
    const found = histogram.percentile(share);
    expect(found).toBeGreaterThanOrEqual(share * 1000);
    expect(found).toBeLessThanOrEqual(Math.min(1000, share * 1000 * 1.1 + 1));
  }
  expect(histogram.longest_ms).toBe(1000);
});

test('steps follow each other without a gap and count everything once', () => {
  const histogram = new Histogram();
  for (const duration_ms of [0, 0.4, 1, 1.05, 7, 7, 90_000]) histogram.add(duration_ms);
  const buckets = histogram.buckets();
  expect(buckets[0]).toEqual({ from_ms: 0, to_ms: 1, count: 3 });
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(7);
  expect(buckets.slice(1).map(({ from_ms }) => from_ms)).toEqual(
    buckets.slice(0, -1).map(({ to_ms }) => to_ms),
  );
});

test('the picture says in words what it shows, and leaves out what never happened', () => {
  const histogram = new Histogram();
  for (const duration_ms of [10, 20, 20, 3_000]) histogram.add(duration_ms);
  const svg = latencySvg('An evening & more', [
    { name: 'log in', histogram },
    { name: 'withdraw', histogram: new Histogram() },
  ]);
  expect(svg).toContain('<title>An evening &amp; more</title>');
  expect(svg).toContain('log in: 4 times');
  expect(svg).toContain('the longest 3 s');
  expect(svg).not.toContain('withdraw');
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test.each([
  [0.42, '0.4 ms'],
  [12.4, '12 ms'],
  [1_250, '1.3 s'],
])('%d ms is written %s', (duration_ms, text) => {
  expect(msText(duration_ms)).toBe(text);
});
