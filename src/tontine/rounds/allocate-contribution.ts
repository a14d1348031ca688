/**
 * Says which dues a contribution pays, in the order that the by-law declares, and what remains as credit.
 *
 * One payment often covers several things. Whoever pays must see beforehand what it will pay, and the books must do
 * exactly that: both ask here. What is too much stays the member's credit; it is never lost and never income.
 */
import { invariant } from '../../ground/refusal.ts';

/** What a due is for. */
export type DueKind =
  | 'pot' // the contribution of one share to one round
  | 'solidarity' // the contribution to the solidarity fund
  | 'fine' // for lateness or absence
  | 'guarantee'; // the caution, given back at the end

/** In which order kinds are paid; within a kind the oldest due comes first. */
export type AllocationOrder = readonly DueKind[];

export const DEFAULT_ALLOCATION_ORDER: AllocationOrder = ['pot', 'solidarity', 'guarantee', 'fine'];

/** What must be known of a due that is not paid in full. */
export interface OpenDue {
  readonly id: string;
  readonly kind: DueKind;
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
  /** What is still to be paid. */
  readonly missing: bigint;
  /** What the guarantee fund has paid in its stead and has not got back; 0 when it did not. */
  readonly advanced: bigint;
}

/** One part of a contribution: it lessens `dueId` and lands in one fund. */
export interface AllocationLine {
  readonly dueId: string;
  readonly kind: DueKind;
  readonly amount: bigint;
  /** True when the money goes to the guarantee fund, which has already paid this due's pot. */
  readonly repaysAdvance: boolean;
}

export interface Allocation {
  readonly lines: readonly AllocationLine[];
  /** What no due needs now: credit of the member, applied when the next due opens. */
  readonly credit: bigint;
}

/** True when every kind stands in the order exactly once: one left out would never be paid. */
export function isAllocationOrder(order: readonly string[]): order is AllocationOrder {
  return order.toSorted().join() === DEFAULT_ALLOCATION_ORDER.toSorted().join();
}

/**
 * Spreads `amount` over the open dues of one member. The sum of the lines and the credit is `amount` exactly (I4).
 * Dues of one day are paid in the order given. Credit is applied by the same function, with the credit as amount.
 */
export function allocateContribution(
  amount: bigint,
  dues: readonly OpenDue[],
  order: AllocationOrder = DEFAULT_ALLOCATION_ORDER,
): Allocation {
  invariant(amount >= 0n, 'a contribution is negative');
  invariant(isAllocationOrder(order), 'an order of allocation does not name every kind once');
  const lines: AllocationLine[] = [];
  let left = amount;
  for (const due of inOrder(dues, order)) {
    const paid = lesserOf(left, due.missing);
    lines.push(...linesOf(due, paid));
    left -= paid;
  }
  return { lines, credit: left };
}

function inOrder(dues: readonly OpenDue[], order: AllocationOrder): OpenDue[] {
  return dues.toSorted(
    (left, right) =>
      order.indexOf(left.kind) - order.indexOf(right.kind) ||
      (left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0),
  );
}

/** The guarantee fund comes first: it has paid the pot already, and waits for its money. */
function linesOf(due: OpenDue, paid: bigint): AllocationLine[] {
  invariant(due.missing >= 0n, `due ${due.id} misses a negative amount`);
  invariant(
    due.advanced >= 0n && due.advanced <= due.missing,
    `due ${due.id} was advanced what it does not owe`,
  );
  invariant(due.kind === 'pot' || due.advanced === 0n, `due ${due.id} is no pot and was advanced`);
  const back = lesserOf(paid, due.advanced);
  const line = (part: bigint, repaysAdvance: boolean): AllocationLine[] =>
    part === 0n ? [] : [{ dueId: due.id, kind: due.kind, amount: part, repaysAdvance }];
  return [...line(back, true), ...line(paid - back, false)];
}

function lesserOf(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
