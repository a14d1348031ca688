/**
 * Takes money off a due that it had settled and makes it the member's credit again.
 *
 * The newest allocations are undone first, each as a whole and allocated anew for the rest, so that every row is undone
 * at most once. In the books the money goes from the fund into what the member has prepaid: it never leaves the group.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { type AllocationRow, insertAllocations, listAllocationsOfDue } from './allocation.rows.ts';
import { findContribution } from './contribution.rows.ts';
import { type Funds, fundAccount, type Purse, prepaidAccount } from './funds.ts';
import type { Move } from './moves.ts';

export interface FreeMoney {
  readonly funds: Funds;
  readonly dueId: string;
  /** At most so much, by where the money is; what is not there cannot be set free. */
  readonly most: Readonly<Record<Purse, bigint>>;
  /** At most so much in all. */
  readonly amount: bigint;
}

export interface FreedMoney {
  readonly amount: bigint;
  readonly moves: readonly Move[];
}

export async function freeMoney(tx: Tx, ground: Ground, asked: FreeMoney): Promise<FreedMoney> {
  const rows = await listAllocationsOfDue(tx, asked.dueId);
  const undone = new Set(rows.map((row) => row.reversesId));
  const left = { ...asked.most };
  const moves: Move[] = [];
  let amount = 0n;
  for (const row of rows.toReversed()) {
    if (row.amount < 0n || undone.has(row.id)) continue;
    const contribution = await findContribution(tx, row.contributionId);
    invariant(contribution !== undefined, `allocation ${row.id} has no contribution`);
    const { method, membershipId } = contribution;
    const part = [row.amount, left[method], asked.amount - amount].reduce((least, one) =>
      one < least ? one : least,
    );
    if (part <= 0n) continue;
    left[method] -= part;
    amount += part;
    const id = await undo(tx, ground, row, part);
    const to = prepaidAccount(membershipId, asked.funds.currency, method);
    moves.push({
      row: id,
      role: 'freed',
      from: fundAccount(asked.funds, row.fund, method),
      to,
      amount: part,
    });
  }
  return { amount, moves };
}

/** The id of the row that undid it. */
async function undo(tx: Tx, ground: Ground, row: AllocationRow, part: bigint): Promise<string> {
  const id = ground.ids.next('alc');
  const at = ground.clock.now();
  await insertAllocations(tx, [
    { ...row, id, amount: -row.amount, source: 'reversal', reversesId: row.id, at },
  ]);
  if (part < row.amount) {
    const rest = { ...row, id: ground.ids.next('alc'), amount: row.amount - part, at };
    await insertAllocations(tx, [{ ...rest, source: 'credit', reversesId: null }]);
  }
  return id;
}
