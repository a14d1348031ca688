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
import { listOpenDues } from './due.rows.ts';
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
  const { contribution, source, from, purse, funds } = settling;
  const dues = await listOpenDues(tx, contribution.membershipId);
  const advanced = await listAdvancedDues(
    tx,
    dues.map((due) => due.id),
  );
  const at = ground.clock.now();
  const { amount, order } = settling;
  const { lines, credit } = allocateByAge({ amount, dues, advanced, order, now: at });
  const rows = lines.map((line): AllocationRow => {
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
  await insertAllocations(tx, rows);
  await repayAdvances(tx, lines, advanced);
  const moves = rows.map((row) => ({
    row: row.id,
    role: 'move',
    from,
    to: fundAccount(funds, row.fund, purse),
    amount: row.amount,
  }));
  return { moves, credit };
}

async function repayAdvances(
  tx: Tx,
  lines: readonly AllocationLine[],
  advanced: readonly AdvancedDue[],
): Promise<void> {
  for (const line of lines.filter((one) => one.repaysAdvance)) {
    let left = line.amount;
    for (const due of advanced.filter((one) => one.dueId === line.dueId)) {
      const open = openAdvance(due);
      const part = left < open ? left : open;
      if (part > 0n) await markRepaid(tx, due, part);
      left -= part;
    }
    invariant(left === 0n, `more was paid back on ${line.dueId} than was advanced`);
  }
}
