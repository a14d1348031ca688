/**
 * Says what the pots of a round that are sold already take off everybody's contribution.
 *
 * Whoever sells another pot of the round asks here, and so does the opening of the round: they cannot differ.
 */
import { allocate } from '../../ground/money/allocate.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { listRounds } from './round.rows.ts';
import { placesOf, type Round } from './round.ts';

/** One for each share, in their order; none when nothing was sold. */
export async function dividendsOf(
  reader: Reader,
  cycle: Cycle,
  round: Round,
  shareCount: number,
): Promise<readonly bigint[]> {
  const places = placesOf(await listRounds(reader, cycle.id), round.number);
  const turns = (await listTurns(reader, cycle.id)).filter((turn) => places.includes(turn.place));
  const total = turns.reduce((sum, turn) => sum + turn.discount - turn.commission, 0n);
  if (total === 0n) return [];
  const each = allocate(
    { amount: total, currency: cycle.currency },
    Array.from({ length: shareCount }, () => 1n),
  );
  return each.map((part) => part.amount);
}
