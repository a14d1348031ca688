/**
 * Says what a payment settles today: first everything whose date has come, in the order of the by-law, then what is
 * already open and not due yet.
 *
 * A round opens when the one before it is due. Without this, somebody who pays late for April, with their fine, would
 * pay a piece of May instead of the fine. The page that shows a payment beforehand and the act that makes it ask here.
 */
import { type Allocation, type AllocationOrder, allocateContribution } from './allocate-contribution.ts';
import { type Due, missingOf } from './due.ts';
import type { AdvancedDue } from './guarantee-advance.rows.ts';

export interface AllocateByAge {
  readonly amount: bigint;
  /** Open or late, of one member. */
  readonly dues: readonly Due[];
  /** What the guarantee fund stood in for, of these dues. */
  readonly advanced: readonly AdvancedDue[];
  readonly order: AllocationOrder;
  readonly now: Date;
}

export function allocateByAge({ amount, dues, advanced, order, now }: AllocateByAge): Allocation {
  const come = dues.filter((due) => due.dueAt <= now);
  const ahead = dues.filter((due) => due.dueAt > now);
  const first = allocateContribution(amount, openDues(come, advanced), order);
  const second = allocateContribution(first.credit, openDues(ahead, advanced), order);
  return { lines: [...first.lines, ...second.lines], credit: second.credit };
}

/** As the arithmetic of allocation sees them. What is owed to a leaver is as old a debt as a pot. */
function openDues(dues: readonly Due[], advanced: readonly AdvancedDue[]) {
  return dues.map((due) => ({
    id: due.id,
    kind: due.kind === 'exit' ? ('pot' as const) : due.kind,
    dueOn: due.dueAt.toISOString(),
    missing: missingOf(due),
    advanced: advanced
      .filter((one) => one.dueId === due.id)
      .reduce((sum, one) => sum + one.amount - one.repaid - one.writtenOff, 0n),
  }));
}
