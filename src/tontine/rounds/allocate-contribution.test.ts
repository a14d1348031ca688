import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AllocationOrder,
  allocateContribution,
  DEFAULT_ALLOCATION_ORDER,
  type DueKind,
  isAllocationOrder,
  type OpenDue,
} from './allocate-contribution.ts';

const due = (id: string, kind: DueKind, missing: bigint, dueOn = '2026-04-05', advanced = 0n): OpenDue => ({
  id,
  kind,
  dueOn,
  missing,
  advanced,
});
const shown = (amount: bigint, dues: readonly OpenDue[], order?: AllocationOrder): unknown => {
  const { lines, credit } = allocateContribution(amount, dues, order);
  return [lines.map((line) => [line.dueId, line.amount, line.repaysAdvance]), credit];
};

const round4 = [due('pot-4', 'pot', 25_000n), due('sol-4', 'solidarity', 1_000n)];

test.each<[string, bigint, readonly OpenDue[], [string, bigint, boolean][], bigint]>([
  [
    'in full',
    26_000n,
    round4,
    [
      ['pot-4', 25_000n, false],
      ['sol-4', 1_000n, false],
    ],
    0n,
  ],
  [
    '14 000 too much is credit',
    40_000n,
    round4,
    [
      ['pot-4', 25_000n, false],
      ['sol-4', 1_000n, false],
    ],
    14_000n,
  ],
  ['Yao pays a part', 15_000n, round4, [['pot-4', 15_000n, false]], 0n],
  [
    'Koffi pays late: pot, solidarity, fine',
    26_500n,
    [due('fine', 'fine', 500n), ...round4],
    [
      ['pot-4', 25_000n, false],
      ['sol-4', 1_000n, false],
      ['fine', 500n, false],
    ],
    0n,
  ],
  [
    'Yao pays the rest to the fund that stood in',
    12_000n,
    [
      due('fine', 'fine', 1_000n),
      due('sol-4', 'solidarity', 1_000n),
      due('pot-4', 'pot', 10_000n, '2026-04-05', 10_000n),
    ],
    [
      ['pot-4', 10_000n, true],
      ['sol-4', 1_000n, false],
      ['fine', 1_000n, false],
    ],
    0n,
  ],
  [
    'a fund that stood in for a part is whole first',
    20_000n,
    [due('pot-4', 'pot', 25_000n, '2026-04-05', 15_000n)],
    [
      ['pot-4', 15_000n, true],
      ['pot-4', 5_000n, false],
    ],
    0n,
  ],
  [
    'the oldest pot comes before the newer, and both before solidarity',
    30_000n,
    [
      due('sol-3', 'solidarity', 1_000n, '2026-03-05'),
      due('pot-4', 'pot', 25_000n),
      due('pot-3', 'pot', 25_000n, '2026-03-05'),
    ],
    [
      ['pot-3', 25_000n, false],
      ['pot-4', 5_000n, false],
    ],
    0n,
  ],
  ['nothing is due', 5_000n, [], [], 5_000n],
])('%s', (_name, amount, dues, lines, credit) => {
  expect(shown(amount, dues)).toEqual([lines, credit]);
});

test('a by-law may want fines first', () => {
  const order: AllocationOrder = ['fine', 'pot', 'solidarity', 'guarantee'];
  expect(shown(1_500n, [due('pot', 'pot', 25_000n), due('fine', 'fine', 500n)], order)).toEqual([
    [
      ['fine', 500n, false],
      ['pot', 1_000n, false],
    ],
    0n,
  ]);
});

test('an order that forgets or repeats a kind is none', () => {
  expect(isAllocationOrder(['pot', 'solidarity', 'fine'])).toBe(false);
  expect(isAllocationOrder(['pot', 'pot', 'solidarity', 'fine'])).toBe(false);
  expect(() => allocateContribution(1n, [], ['pot'])).toThrow();
});

const kinds = fc.constantFrom<DueKind>('pot', 'solidarity', 'fine', 'guarantee');
const duesOf = fc
  .array(
    fc.record({
      kind: kinds,
      missing: fc.bigInt(0n, 50_000n),
      advanced: fc.bigInt(0n, 50_000n),
      dueOn: fc.constantFrom('2026-01-05', '2026-02-05', '2026-03-05'),
    }),
    { maxLength: 30 },
  )
  .map((dues) =>
    dues.map((each, place) => ({
      ...each,
      id: `due-${place}`,
      advanced: each.kind !== 'pot' ? 0n : each.advanced < each.missing ? each.advanced : each.missing,
    })),
  );
const orders = fc.shuffledSubarray([...DEFAULT_ALLOCATION_ORDER], { minLength: 4 });

test('I4, G1: nothing is lost or created, no due gets too much, and none is skipped', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 1_000_000n), duesOf, orders, (amount, dues, order) => {
      const { lines, credit } = allocateContribution(amount, dues, order);
      const given = (id: string): bigint =>
        lines.filter((line) => line.dueId === id).reduce((sum, line) => sum + line.amount, 0n);
      const total = lines.reduce((sum, line) => sum + line.amount, 0n);
      expect(total + credit).toBe(amount);
      expect(lines.every((line) => line.amount > 0n)).toBe(true);
      for (const each of dues) {
        const back = lines.filter((line) => line.dueId === each.id && line.repaysAdvance);
        const repaid = back.reduce((sum, line) => sum + line.amount, 0n);
        expect(repaid).toBe(given(each.id) < each.advanced ? given(each.id) : each.advanced);
        expect(given(each.id) <= each.missing).toBe(true);
        // Credit, or money for a later place in the order, only when this due is paid in full.
        if (credit > 0n) expect(given(each.id)).toBe(each.missing);
      }
      const incomplete = dues.filter((each) => given(each.id) > 0n && given(each.id) < each.missing);
      expect(incomplete.length).toBeLessThanOrEqual(1);
    }),
  );
});

test('paying in two parts pays the same dues as paying at once', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 300_000n), fc.bigInt(0n, 300_000n), duesOf, (one, other, dues) => {
      const sumOf = (parts: readonly { dueId: string; amount: bigint }[], id: string): bigint =>
        parts.filter((line) => line.dueId === id).reduce((sum, line) => sum + line.amount, 0n);
      const first = allocateContribution(one, dues);
      const left = dues.map((each) => {
        const paid = sumOf(first.lines, each.id);
        return {
          ...each,
          missing: each.missing - paid,
          advanced: paid < each.advanced ? each.advanced - paid : 0n,
        };
      });
      const second = allocateContribution(first.credit + other, left);
      const atOnce = allocateContribution(one + other, dues);
      expect(second.credit).toBe(atOnce.credit);
      for (const { id } of dues) {
        expect(sumOf([...first.lines, ...second.lines], id)).toBe(sumOf(atOnce.lines, id));
      }
    }),
  );
});
