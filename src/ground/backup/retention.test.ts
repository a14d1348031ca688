import { expect, test } from 'vitest';
import { after, DAY_MS } from '../clock.ts';
import { backupName, timeOfBackup } from './manifest.ts';
import { superfluous } from './retention.ts';

const NOW = new Date('2026-06-15T03:00:00Z');
const nights = (count: number) =>
  Array.from({ length: count }, (_, ago) => {
    const madeAt = after(NOW, -ago * DAY_MS);
    return { name: madeAt.toISOString().slice(0, 10), madeAt };
  });

test('each day for a month, the first of each month for a year', () => {
  const all = nights(500);
  const gone = new Set(superfluous(all, NOW, 35));
  const kept = all.map(({ name }) => name).filter((name) => !gone.has(name));
  expect(kept.slice(0, 36)).toEqual(all.slice(0, 36).map(({ name }) => name));
  expect(kept.slice(36)).toEqual([
    '2026-05-01',
    '2026-04-01',
    '2026-03-01',
    '2026-02-01',
    '2026-01-01',
    '2025-12-01',
    '2025-11-01',
    '2025-10-01',
    '2025-09-01',
    '2025-08-01',
    '2025-07-01',
    '2025-06-01',
  ]);
});

test('the newest stays, however old it is', () => {
  const [, , third] = nights(3);
  expect(superfluous(third === undefined ? [] : [third], after(NOW, 900 * DAY_MS), 1)).toEqual([]);
  expect(superfluous([], NOW, 1)).toEqual([]);
});

test('a backup’s name says when it was made', () => {
  expect(timeOfBackup(backupName(NOW))).toEqual(NOW);
  expect(timeOfBackup('books-20260615T030000Z.json')).toBeUndefined();
});
