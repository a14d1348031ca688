/**
 * Says whether a pot still holds what its rounds have handed out, after money was taken back out of it.
 *
 * The rows must be written already: what was undone in them is asked about here, before anything is posted.
 */
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listExits } from '../members/exit.rows.ts';
import { notesForWallets, purseOf, readClaims } from '../members/exit-claims.ts';
import { sumExchanged } from './cash-box.rows.ts';
import { fundAccount } from './funds.ts';
import { readPotRounds } from './pot.rows.ts';
import { Pot } from './pot.ts';

/** False when a round was served with what is missing now, or one of the two purses would be below zero. */
export async function potHolds(
  tx: Tx,
  { cycle, funds }: Pick<RunningCycle, 'cycle' | 'funds'>,
): Promise<boolean> {
  const rounds = await readPotRounds(tx, cycle.id);
  const claims = await readClaims(tx, await listExits(tx, cycle.id));
  const byKeepers = await sumExchanged(tx, fundAccount(funds, 'pot', 'wallet'));
  const pot = new Pot(rounds, { byKeepers, byLeavers: notesForWallets(claims) });
  if (rounds.some((round) => pot.availableUpTo(round.number) < 0n)) return false;
  const purse = purseOf(pot, claims);
  return [pot.inWallet, pot.inCash, purse.wallet, purse.notes].every((half) => half >= 0n);
}
