import { expect, test } from 'vitest';
import { changeKeys } from './key-order.ts';

test.each([
  [[], 'add', ['new']],
  [['old'], 'add', ['old', 'new']],
  [['old', 'next'], 'promote', ['next', 'old']],
  [['old'], 'promote', undefined],
  [['next', 'old'], 'drop', ['next']],
  [['next'], 'drop', undefined],
] as const)('%j, %s: %j', (keys, step, changed) => {
  expect(changeKeys(keys, step, 'new')).toEqual(changed);
});
