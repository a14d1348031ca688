/**
 * Reads what a share has not paid, round by round to the end of its cycle, and whose pots it was for.
 *
 * Rounds that are still to come count in full. Where a turn is not decided yet, the shares that still wait stand in for
 * it by number: each of their pots will miss the same.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listShares } from '../cycles/share.rows.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { listPotDuesOfShare } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { placesOf } from '../rounds/round.ts';
import type { MissingRound } from './default.ts';

export async function readMissingRounds(
  reader: Reader,
  cycle: Cycle,
  shareId: string,
): Promise<MissingRound[]> {
  const rounds = (await listRounds(reader, cycle.id)).filter((round) => round.state !== 'cancelled');
  const dues = new Map((await listPotDuesOfShare(reader, shareId)).map((due) => [due.roundId, due]));
  const beneficiaries = await beneficiariesByPlace(reader, cycle.id, shareId);
  const missing = rounds.map((round) => {
    const due = dues.get(round.id);
    const places = placesOf(rounds, round.number);
    const shareIds = places.flatMap((place) => beneficiaries.get(place) ?? []);
    const others = shareIds.filter((id) => id !== shareId);
    return {
      amount: due === undefined ? cycle.contribution : missingOf(due),
      shareIds: others,
      isOwnPot: others.length < shareIds.length && others.length === 0,
    };
  });
  const first = missing.findIndex((round) => round.amount > 0n);
  return first < 0 ? [] : missing.slice(first);
}

async function beneficiariesByPlace(
  reader: Reader,
  cycleId: string,
  shareId: string,
): Promise<Map<number, string>> {
  const turns = await listTurns(reader, cycleId);
  const given = new Set(turns.map((turn) => turn.shareId));
  const waiting = (await listShares(reader, cycleId)).filter(
    (share) => share.state === 'active' && !given.has(share.id) && share.id !== shareId,
  );
  const places = new Map(turns.map((turn) => [turn.place, turn.shareId]));
  let place = 1;
  for (const share of waiting) {
    while (places.has(place)) place += 1;
    places.set(place, share.id);
  }
  invariant(places.size > 0, `cycle ${cycleId} has no turns`);
  return places;
}
