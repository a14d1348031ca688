import { expect, test } from 'vitest';
import { gatherAnswers } from './gather-answers.ts';

test('an answer is handed on at once, and the next question does not wait for it to be written', async () => {
  const asked: number[] = [];
  let write: (() => void) | undefined;
  const written = new Promise<void>((resolve) => {
    write = resolve;
  });
  await gatherAnswers([1, 2, 3], {
    atOnce: 1,
    ask: async (row) => {
      asked.push(row);
      if (row === 3) write?.();
      return row;
    },
    hand: async () => await written,
  });
  expect(asked).toEqual([1, 2, 3]);
});

test('no more questions are on their way at once than told', async () => {
  let under = 0;
  let most = 0;
  const handed: number[] = [];
  const rows = Array.from({ length: 50 }, (_, place) => place);
  await gatherAnswers(rows, {
    atOnce: 4,
    ask: async (row) => {
      under += 1;
      most = Math.max(most, under);
      await Promise.resolve();
      under -= 1;
      return row;
    },
    hand: async (row) => void handed.push(row),
  });
  expect(most).toBe(4);
  expect(handed.toSorted((left, right) => left - right)).toEqual(rows);
});

test('a question that fails and an answer that cannot be written are told at the end', async () => {
  const written: number[] = [];
  const gathering = gatherAnswers([1, 2, 3], {
    atOnce: 1,
    ask: async (row) => {
      if (row === 2) throw new Error('no answer');
      return row;
    },
    hand: async (row) => {
      if (row === 1) throw new Error('the database is away');
      written.push(row);
    },
  });
  await expect(gathering).rejects.toThrow('2 answers or questions failed');
  expect(written).toEqual([3]);
});
