import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consentsNeeded, swapped, type Turn, whyNotSwap } from './swap.ts';

const turn = (round: number, change: Partial<Turn> = {}): Turn => ({
  shareId: `shr-${round}`,
  memberId: `mem-${round}`,
  round,
  served: false,
  decided: false,
  ...change,
});

test.each<[string, Turn, Turn, string | undefined]>([
  ['turns 9 and 11', turn(9), turn(11), undefined],
  ['a turn that was taken', turn(2, { served: true }), turn(11), 'swap-served'],
  ['for a turn that was taken', turn(9), turn(4, { served: true }), 'swap-served'],
  ['a pot on its way', turn(9), turn(5, { decided: true }), 'swap-decided'],
  ['a turn with itself', turn(9), turn(9), 'swap-itself'],
  ['two pots of one round', turn(9), turn(9, { shareId: 'shr-b' }), 'swap-itself'],
])('%s', (_name, one, other, code) => {
  expect(whyNotSwap(one, other)?.code).toBe(code);
});

test('both owners must agree, once each', () => {
  expect(consentsNeeded(turn(9), turn(11))).toEqual(['mem-9', 'mem-11']);
  expect(consentsNeeded(turn(9), turn(11, { memberId: 'mem-9' }))).toEqual(['mem-9']);
});

test('only the two change places, and swapping again undoes it', () => {
  const orders = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(orders, fc.nat(), fc.nat(), (order, first, second) => {
      const one = order[first % order.length] ?? '';
      const other = order[second % order.length] ?? '';
      const after = swapped(order, one, other);
      expect(after.indexOf(one)).toBe(order.indexOf(other));
      expect(after.indexOf(other)).toBe(order.indexOf(one));
      expect(after.toSorted()).toEqual(order.toSorted());
      expect(after.filter((id, place) => id !== order[place]).length).toBe(one === other ? 0 : 2);
      expect(swapped(after, one, other)).toEqual(order);
    }),
  );
  expect(() => swapped(['a', 'b'], 'a', 'c')).toThrow();
});
