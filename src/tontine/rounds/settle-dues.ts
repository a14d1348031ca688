/**
 * Lets money of one contribution settle what its member owes, in the order of the by-law, and says which moves follow.
 *
 * What the guarantee fund had stood in for goes back to it. It posts nothing: the ledger comes last in every act.
 */
import type { Ground } from '../../ground/ground.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { allocateByAge } from './allocate-by-age.ts';
import type { AllocationLine, AllocationOrder } from './allocate-contribution.ts';
import { type AllocationRow, insertAllocations } from './allocation.rows.ts';
import type { Contribution } from './contribution.ts';
import { listOpenDuesOf } from './due.rows.ts';
import type { Due } from './due.ts';
import { type Funds, fundAccount, fundOf, type Purse } from './funds.ts';
import { type AdvancedDue, listAdvancedDues, markRepaid, openAdvance } from './guarantee-advance.rows.ts';
import type { Move } from './moves.ts';

export interface Settling {
  readonly contribution: Contribution;
  /** How much of it. */
  readonly amount: bigint;
  readonly source: 'payment' | 'credit';
  /** Where the money is now. */
  readonly from: AccountId;
  readonly purse: Purse;
  readonly funds: Funds;
  readonly order: AllocationOrder;
}

export interface Settled {
  readonly moves: readonly Move[];
  /** What no due needs now. */
  readonly credit: bigint;
}

export async function settleDues(tx: Tx, ground: Ground, settling: Settling): Promise<Settled> {
  const [settled] = await settleDuesInTurn(tx, ground, [settling]);
  invariant(settled !== undefined, `contribution ${settling.contribution.id} settled nothing`);
  return settled;
}

/** Several contributions, one after the other, in a fixed number of statements: what the first paid, the second finds paid. */
export async function settleDuesInTurn(
  tx: Tx,
  ground: Ground,
  settlings: readonly Settling[],
): Promise<Settled[]> {
  const members = [...new Set(settlings.map(({ contribution }) => contribution.membershipId))];
  let dues: readonly Due[] = await listOpenDuesOf(tx, members);
  let advanced: readonly AdvancedDue[] = await listAdvancedDues(
    tx,
    dues.map((due) => due.id),
  );
  const rows: AllocationRow[] = [];
  const settled: Settled[] = [];
  for (const settling of settlings) {
    const { contribution, amount, order, from, purse, funds } = settling;
    const own = dues.filter((due) => due.membershipId === contribution.membershipId);
    const ownAdvanced = advanced.filter((one) => own.some((due) => due.id === one.dueId));
    const now = ground.clock.now();
    const { lines, credit } = allocateByAge({ amount, dues: own, advanced: ownAdvanced, order, now });
    const ownRows = rowsOf(ground, settling, lines, own);
    rows.push(...ownRows);
    const moves = ownRows.map((row) => ({
      row: row.id,
      role: 'move',
      from,
      to: fundAccount(funds, row.fund, purse),
      amount: row.amount,
    }));
    settled.push({ moves, credit });
    dues = afterPaying(dues, lines);
    advanced = await repayAdvances(tx, lines, advanced);
  }
  await insertAllocations(tx, rows);
  return settled;
}

function rowsOf(
  ground: Ground,
  { contribution, source }: Settling,
  lines: readonly AllocationLine[],
  dues: readonly Due[],
): AllocationRow[] {
  const at = ground.clock.now();
  return lines.map((line) => {
    const due = dues.find((one) => one.id === line.dueId);
    invariant(due !== undefined, `allocation to ${line.dueId}, which is not due`);
    return {
      id: ground.ids.next('alc'),
      contributionId: contribution.id,
      dueId: line.dueId,
      amount: line.amount,
      fund: line.repaysAdvance ? 'guarantee' : fundOf(due.kind),
      source,
      reversesId: null,
      at,
    };
  });
}

/** As the database will have them once the allocations are written. */
function afterPaying(dues: readonly Due[], lines: readonly AllocationLine[]): Due[] {
  return dues.map((due) => {
    const paid = lines.filter((line) => line.dueId === due.id).reduce((sum, line) => sum + line.amount, 0n);
    return paid === 0n ? due : { ...due, met: due.met + paid };
  });
}

/** What was advanced, as it is when the lines are paid. */
async function repayAdvances(
  tx: Tx,
  lines: readonly AllocationLine[],
  advanced: readonly AdvancedDue[],
): Promise<readonly AdvancedDue[]> {
  const repaid = new Map<AdvancedDue, bigint>();
  for (const line of lines.filter((one) => one.repaysAdvance)) {
    let left = line.amount;
    for (const due of advanced.filter((one) => one.dueId === line.dueId)) {
      const open = openAdvance(due);
      const part = left < open ? left : open;
      if (part > 0n) {
        await markRepaid(tx, due, part);
        repaid.set(due, part);
      }
      left -= part;
    }
    invariant(left === 0n, `more was paid back on ${line.dueId} than was advanced`);
  }
  return advanced.map((due) => ({ ...due, repaid: due.repaid + (repaid.get(due) ?? 0n) }));
}
