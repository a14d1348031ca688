/**
 * Finds the next round whose pot is nobody's yet: the one that is sold, voted on or drawn.
 */
import type { GroupBooks } from '../../../tontine/groups/read-books.ts';
import { placesOf, type Round } from '../../../tontine/rounds/round.ts';

export function undecidedRound({ rounds, turns }: GroupBooks): Round | undefined {
  const given = new Set(turns.map((turn) => turn.place));
  return rounds
    .filter((round) => round.state !== 'cancelled' && round.state !== 'served')
    .find((round) => placesOf(rounds, round.number).some((place) => !given.has(place)));
}
