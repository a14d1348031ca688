import { expect, test } from 'vitest';
import { closedLoop, median, openLoop, percentile } from './measure.ts';

test.each([
  [[], 0],
  [[3], 3],
  [[1, 9], 5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('a percentile is a value that was seen', () => {
  const values = Array.from({ length: 100 }, (_, place) => place);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile([], 0.5)).toBe(0);
});

test('refused work is counted apart, and does not count as done', async () => {
  const closed = await closedLoop(2, 0.02, async () => await Promise.resolve(0));
  expect(closed.perSecond).toBe(0);
  expect(closed.refused).toBeGreaterThan(0);
  const open = await openLoop(1000, 0.02, async (place) => await Promise.resolve(place % 2));
  expect(open.refused).toBe(10);
});
