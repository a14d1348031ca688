import { expect, test } from 'vitest';
import { sideBySide } from './side-by-side.ts';

test('all are done before any failure is told, and every failure is told', async () => {
  const done: number[] = [];
  const work = sideBySide([1, 2, 3, 4], async (row) => {
    await Promise.resolve();
    if (row % 2 === 1) throw new Error(`row ${row}`);
    await Promise.resolve();
    done.push(row);
  });
  const failure = await work.catch((error: unknown) => error);
  expect(done).toEqual([2, 4]);
  expect(failure).toBeInstanceOf(AggregateError);
  expect(String(failure)).toContain('2 of 4 rows failed');
  expect(failure instanceof AggregateError ? failure.errors.map(String) : []).toEqual([
    'Error: row 1',
    'Error: row 3',
  ]);
});

test('no failure, no fuss', async () => {
  await expect(sideBySide([], async () => undefined)).resolves.toBeUndefined();
});
