import { expect, test } from 'vitest';
import { judge } from './exceptions.ts';

const finding = { path: 'src/a.ts', line: 3, what: 'Math.random' };

test('what is found and not excepted is told with its line', () => {
  expect(judge([finding], [])).toEqual(['src/a.ts:3 Math.random']);
});

test('an exception covers its own file and its own fault only', () => {
  const exception = { path: 'src/a.ts', what: 'Math.random', reason: 'a game' };
  expect(judge([finding], [exception])).toEqual([]);
  expect(judge([{ ...finding, path: 'src/b.ts' }, finding], [exception])).toEqual(['src/b.ts:3 Math.random']);
  expect(judge([{ ...finding, what: 'Date.now' }, finding], [exception])).toEqual(['src/a.ts:3 Date.now']);
});

test('an exception that nothing needs is told', () => {
  const exception = { path: 'src/a.ts', what: 'Math.random', reason: 'a game' };
  expect(judge([], [exception])).toEqual(['src/a.ts is excepted for Math.random and no longer needs it']);
});
