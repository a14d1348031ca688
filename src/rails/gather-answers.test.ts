import { expect, test } from 'vitest';
import { gatherAnswers } from './gather-answers.ts';

test('everything that was answered while the writer was busy goes as one set, and a slow answer holds up nobody', async () => {
  const sets: number[][] = [];
  let answerSlow: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => {
    answerSlow = resolve;
  });
  await gatherAnswers([1, 2, 3, 4, 5, 6], {
    atOnce: 6,
    ask: async (row) => {
      if (row === 3) await slow;
      return row;
    },
    write: async (take) => {
      // Two turns, as opening a transaction takes some.
      await Promise.resolve();
      await Promise.resolve();
      sets.push([...take()]);
      expect(take(), 'the same set, however often').toEqual(sets.at(-1));
      if (sets.flat().length === 5) answerSlow?.();
    },
  });
  expect(sets).toEqual([[1, 2, 4, 5, 6], [3]]);
});

test('no more questions are on their way at once than told', async () => {
  let under = 0;
  let most = 0;
  const written: number[] = [];
  await gatherAnswers(
    Array.from({ length: 50 }, (_, place) => place),
    {
      atOnce: 4,
      ask: async (row) => {
        under += 1;
        most = Math.max(most, under);
        await Promise.resolve();
        under -= 1;
        return row;
      },
      write: async (take) => void written.push(...take()),
    },
  );
  expect(most).toBe(4);
  expect(written.toSorted((left, right) => left - right)).toEqual(
    Array.from({ length: 50 }, (_, place) => place),
  );
});

test('a question or a set that fails is told at the end, and a writer that takes nothing is not called for ever', async () => {
  const written: number[] = [];
  let calls = 0;
  const gathering = gatherAnswers([1, 2, 3], {
    atOnce: 1,
    ask: async (row) => {
      if (row === 2) throw new Error('no answer');
      return row;
    },
    write: async (take) => {
      calls += 1;
      if (calls === 1) throw new Error('the database is away');
      written.push(...take());
    },
  });
  await expect(gathering).rejects.toThrow('2 sets or questions failed');
  expect(written).toEqual([3]);
});
