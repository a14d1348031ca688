/**
 * Lowers what everybody pays for a round by the dividend of a sold pot.
 *
 * Who has paid more than the lower due already gets the difference back as credit: the last money that settled the due
 * is set free, in the books too, from the pot into what the member has prepaid. Nothing leaves the group, and nobody
 * who pays early pays more than who pays late.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { type AllocationRow, insertAllocations, listAllocationsOfDue } from '../rounds/allocation.rows.ts';
import { findContribution } from '../rounds/contribution.rows.ts';
import { listDuesOfRound, markDueLowered } from '../rounds/due.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { fundAccount, prepaidAccount } from '../rounds/funds.ts';
import { type Move, movesOf } from '../rounds/moves.ts';

export interface LowerDues {
  readonly cycle: Cycle;
  readonly auctionId: string;
  /** Those that share in it, in the order of their dividends. */
  readonly dues: readonly Due[];
  readonly dividends: readonly bigint[];
}

/** The dues of a round that share in a dividend: those that nobody was let off. */
export async function listLowerable(tx: Tx, roundId: string): Promise<Due[]> {
  return (await listDuesOfRound(tx, roundId, 'pot')).filter((due) => due.forgiven === 0n);
}

/** What is still to be posted: credits for those who had paid more. */
export async function lowerDues(tx: Tx, ground: Ground, lowering: LowerDues): Promise<Transfer[]> {
  const moves: Move[] = [];
  for (const [place, due] of lowering.dues.entries()) {
    const dividend = lowering.dividends[place] ?? 0n;
    if (dividend === 0n) continue;
    const tooMuch = dividend - missingOf(due);
    if (tooMuch > 0n) moves.push(...(await setFree(tx, ground, lowering.cycle, due, tooMuch)));
    await markDueLowered(tx, due.id, dividend, ground.clock.now());
  }
  return movesOf(ground, 'tontine.corrected', lowering.auctionId, moves);
}

/** Undoes the newest allocations of a due until `amount` is free. */
async function setFree(tx: Tx, ground: Ground, cycle: Cycle, due: Due, amount: bigint): Promise<Move[]> {
  const rows = await listAllocationsOfDue(tx, due.id);
  const undone = new Set(rows.map((row) => row.reversesId));
  const moves: Move[] = [];
  let left = amount;
  for (const row of rows.toReversed()) {
    if (left === 0n) break;
    if (row.amount < 0n || undone.has(row.id)) continue;
    const part = row.amount < left ? row.amount : left;
    left -= part;
    moves.push(await reverse(tx, ground, cycle, row, part));
  }
  invariant(left === 0n, `due ${due.id} was not paid by its allocations`);
  return moves;
}

/** Undone as a whole and allocated anew for the rest, so that every row is undone at most once. */
async function reverse(
  tx: Tx,
  ground: Ground,
  cycle: Cycle,
  row: AllocationRow,
  part: bigint,
): Promise<Move> {
  const contribution = await findContribution(tx, row.contributionId);
  invariant(contribution !== undefined, `allocation ${row.id} has no contribution`);
  const id = ground.ids.next('alc');
  const at = ground.clock.now();
  await insertAllocations(tx, [
    { ...row, id, amount: -row.amount, source: 'reversal', reversesId: row.id, at },
  ]);
  if (part < row.amount) {
    const rest = { ...row, id: ground.ids.next('alc'), amount: row.amount - part, at };
    await insertAllocations(tx, [{ ...rest, source: 'credit', reversesId: null }]);
  }
  const { method, membershipId } = contribution;
  const funds = { groupId: cycle.groupId, cycleId: cycle.id, currency: cycle.currency };
  return {
    row: id,
    role: 'dividend',
    from: fundAccount(funds, row.fund, method),
    to: prepaidAccount(membershipId, cycle.currency, method),
    amount: part,
  };
}
