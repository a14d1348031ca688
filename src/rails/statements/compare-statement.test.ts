/**
 * Tests that each way of disagreeing has its own name, and that the figures add up to the franc.
 */
import { expect, test } from 'vitest';
import { type BookedEffect, compareStatement, restOf } from './compare-statement.ts';
import type { LineKind, StatementLine } from './statement.ts';

function line(
  kind: LineKind,
  reference: string,
  effect: bigint,
  change: Partial<StatementLine> = {},
): StatementLine {
  const happenedAt = new Date('2026-01-05T08:00:00Z');
  return {
    place: 2,
    kind,
    reference,
    currency: 'XOF',
    amount: 5_000n,
    fee: 75n,
    effect,
    happenedAt,
    copy: 1,
    ...change,
  };
}

function booked(reference: string, effect: bigint, change: Partial<BookedEffect> = {}): BookedEffect {
  return { reference, paymentId: 'pay_1', amount: 5_000n, effect, isReturned: false, ...change };
}

const IN = line('deposit', 'M1', 4_925n);
const BACK = line('deposit-returned', 'M1', -4_925n);

test.each<[string, StatementLine[], BookedEffect[], [string, bigint][]]>([
  ['agreement', [IN], [booked('M1', 4_925n)], []],
  ['nothing at all', [], [], []],
  ['a line that is missing', [], [booked('M1', 4_925n)], [['missing-at-provider', -4_925n]]],
  ['a line too many', [IN], [], [['missing-in-ledger', 4_925n]]],
  ['a line twice', [IN, { ...IN, copy: 2 }], [booked('M1', 4_925n)], [['duplicate', 4_925n]]],
  [
    'the same movement in two lines',
    [IN, line('deposit', 'M1', 4_900n, { fee: 100n })],
    [booked('M1', 4_925n)],
    [['duplicate', 4_900n]],
  ],
  ['another fee', [line('deposit', 'M1', 4_900n, { fee: 100n })], [booked('M1', 4_925n)], [['fee', -25n]]],
  [
    'another amount',
    [line('deposit', 'M1', 3_940n, { amount: 4_000n })],
    [booked('M1', 4_925n)],
    [['amount', -985n]],
  ],
  [
    'another fee, where what was paid is not known',
    [IN],
    [booked('M1', 4_900n, { amount: undefined })],
    [['fee', 25n]],
  ],
  ['too much for a fee', [IN], [booked('M1', 3_900n, { amount: undefined })], [['amount', 1_025n]]],
  ['one that we never settled', [IN], [booked('M1', 0n)], [['status', 4_925n]]],
  ['one that went back unseen', [IN, BACK], [booked('M1', 4_925n)], [['status', -4_925n]]],
  ['one that went back and was seen', [IN, BACK], [booked('M1', 0n, { isReturned: true })], []],
  ['a return that only we have', [IN], [booked('M1', 0n, { isReturned: true })], [['status', 4_925n]]],
])('%s', (_what, lines, books, wanted) => {
  const comparison = compareStatement('XOF', lines, books);
  expect(comparison.breaks.map(({ kind, difference }) => [kind, difference])).toEqual(wanted);
  expect(restOf(comparison)).toBe(0n);
});

test('what the host brought is no break, and is counted apart', () => {
  const brought = line('own-transfer', 'T1', 90_000n);
  const comparison = compareStatement('XOF', [brought, IN, { ...brought, copy: 2 }], [booked('M1', 4_925n)]);
  expect(comparison).toMatchObject({ stated: 184_925n, booked: 4_925n, ownTransfers: 90_000n });
  expect(comparison.breaks).toMatchObject([{ kind: 'duplicate', reference: 'T1', difference: 90_000n }]);
});
