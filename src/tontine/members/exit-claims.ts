/**
 * Says what leavers have a right to of what came in for them, and what the pot has to give it with.
 *
 * What those served give back for a leaver lies in the pot beside the rounds. Both are given from one purse of wallet
 * money and one of notes, so each has to know what the other was given: otherwise a franc would be promised twice.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { sumExitsMet } from '../rounds/due.rows.ts';
import type { Pot } from '../rounds/pot.ts';
import type { Exit } from './exit.rows.ts';

/** An exit that was agreed to, with what came in for it and what waits for the leaver in notes. */
export interface Claim {
  readonly exit: Exit;
  /** By those served, apart from the rounds. */
  readonly met: Halves;
  readonly waiting: bigint;
}

export interface Halves {
  readonly wallet: bigint;
  readonly cash: bigint;
}

/** Whoever only asked, or was refused, has a right to nothing of what is left. */
export async function readClaims(reader: Reader, exits: readonly Exit[]): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const exit of exits)
    if (exit.state === 'approved' || exit.state === 'settled')
      claims.push({
        exit,
        met: await sumExitsMet(reader, exit.id),
        waiting: await waitingFor(reader, exit),
      });
  return claims;
}

/**
 * How much of refunds was given in notes for wallet money, to leavers without a wallet: for the pot it is an exchange, as
 * when a keeper takes notes for it.
 */
export function notesForWallets(claims: readonly Claim[]): bigint {
  return claims.reduce((sum, { exit, met, waiting }) => {
    // Refunds from what is left belong to no round: the rounds still count what was given for them.
    if (isFromPot(exit)) return sum;
    const given = exit.refundedCash + waiting - met.cash;
    // The other way round where a keeper had taken the notes that came in for the leaver.
    const taken = exit.refundedWallet - met.wallet;
    if (given > 0n) return sum + given;
    return taken > 0n ? sum - taken : sum;
  }, 0n);
}

/** What the whole pot has in wallets, and in notes that nobody was promised yet. */
export interface Purse {
  wallet: bigint;
  notes: bigint;
}

export function purseOf(pot: Pot, claims: readonly Claim[]): Purse {
  const purse = { wallet: pot.inWallet - pot.fromLeavers, notes: pot.inCash + pot.fromLeavers };
  for (const { exit, met, waiting } of claims) {
    purse.wallet += met.wallet - exit.refundedWallet;
    purse.notes += met.cash - exit.refundedCash - waiting;
  }
  return purse;
}

/** What waits in notes for the leaver, handed over or not. */
export async function waitingFor(reader: Reader, exit: Exit): Promise<bigint> {
  return (await listOpenHandouts(reader, exit.groupId))
    .filter((handout) => handout.subjectId === exit.id)
    .reduce((sum, handout) => sum + handout.amount, 0n);
}

function isFromPot({ plan }: Exit): boolean {
  return (plan.fromPot ?? '0') !== '0';
}
