/**
 * Says how large the pots of each round of a cycle are, before any auction.
 *
 * A pot is what one share pays for all rounds. A round into which a leaver had paid before they left keeps the size that
 * it had then: whoever is served there gives the leaver's part back (`members/approve-exit.ts`), so they must have had it.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listExits } from '../members/exit.rows.ts';
import { type Round, roundsHeld } from './round.ts';

/** What one pot of a round is, in the currency's smallest unit. */
export type PotSize = (round: Pick<Round, 'number'>) => bigint;

export async function readPotSizes(
  reader: Reader,
  { id, contribution }: Pick<Cycle, 'id' | 'contribution'>,
  rounds: readonly Round[],
): Promise<PotSize> {
  // Nothing but a departure lets a round fall away.
  const hasShrunk = rounds.some((round) => round.state === 'cancelled');
  const exits = hasShrunk ? await listExits(reader, id) : [];
  const left = exits.filter((exit) => exit.state === 'approved' || exit.state === 'settled');
  return ({ number }) => {
    const dropped = left
      .filter((exit) => exit.afterRound >= number)
      .reduce((sum, exit) => sum + BigInt(exit.plan.droppedRounds ?? '0'), 0n);
    return contribution * (BigInt(roundsHeld(rounds)) + dropped);
  };
}
