/**
 * Finds the pot of a round that nobody has yet, for whoever wants to sell it, vote on it or draw lots for it.
 *
 * One pot has one decision. Asking "which pot?" in one place keeps two officers from selling and voting on the same one.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findCycle } from '../cycles/cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_RUNNING, type Cycle, type OrderKind } from '../cycles/cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { placesOf, type Round, roundsHeld } from '../rounds/round.ts';
import { listAuctions } from './auction.rows.ts';
import { listBallots } from './ballot.rows.ts';
import { listDraws } from './draw.rows.ts';

export interface OpenPlace {
  readonly cycle: Cycle;
  readonly round: Round;
  /** The pots of the round that are nobody's yet, by place; at least one. */
  readonly places: readonly [number, ...number[]];
  /** What one pot of the cycle is. */
  readonly pot: bigint;
}

export interface AskedPlace {
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string;
  /** The orders under which this may be asked. */
  readonly orders: readonly OrderKind[];
}

export const ROUND_ABSENT = refusal(
  'round-absent',
  'absent',
  'Ce tour est introuvable dans le cycle.',
  'This round cannot be found in the cycle.',
);
export const ORDER_OTHERWISE = refusal(
  'order-otherwise',
  'conflict',
  'Le règlement de ce cycle décide l’ordre autrement.',
  'The by-law of this cycle decides the order otherwise.',
);
export const POT_DECIDED = refusal(
  'pot-decided',
  'conflict',
  'Chaque cagnotte de ce tour a déjà son bénéficiaire.',
  'Every pot of this round has its beneficiary already.',
);

export const SHARES_SEALED = refusal(
  'shares-sealed',
  'conflict',
  'Un tirage est scellé sur cette liste de parts : tant qu’il tient, elle ne change pas.',
  'A draw is sealed over this list of shares: while it stands, the list does not change.',
);

export const AUCTION_STANDING = refusal(
  'auction-standing',
  'conflict',
  'Cette cagnotte est déjà aux enchères.',
  'This pot is already being auctioned.',
);
export const BALLOT_STANDING = refusal(
  'ballot-standing',
  'conflict',
  'Un vote est déjà ouvert pour cette cagnotte.',
  'A vote is already open for this pot.',
);
export const DRAW_STANDING = refusal(
  'draw-standing',
  'conflict',
  'Un tirage est déjà scellé ou révélé ici ; il ne se recommence pas.',
  'A draw is already sealed or revealed here; it is not done over.',
);

/**
 * For whoever begins to decide: whoever bids, votes or adds words must not find that lots or bids gave the pot meanwhile.
 *
 * Refuses: `auction-standing`, `ballot-standing`, `draw-standing`, and the refusals of `findOpenPlace`.
 */
export async function findPlaceToDecide(reader: Reader, asked: AskedPlace): Promise<Answer<OpenPlace>> {
  const open = await findOpenPlace(reader, asked);
  if (!open.ok) return open;
  const { cycle, round } = open.value;
  const isHere = ({ roundId }: { readonly roundId: string | null }): boolean => roundId === round.id;
  const auctions = (await listAuctions(reader, cycle.id)).filter(isHere);
  if (auctions.some((auction) => auction.state === 'open')) return refused(AUCTION_STANDING);
  const ballots = (await listBallots(reader, cycle.id)).filter(isHere);
  if (ballots.some((ballot) => ballot.state === 'open')) return refused(BALLOT_STANDING);
  const draws = (await listDraws(reader, cycle.id)).filter(isHere);
  return draws.some((draw) => draw.state === 'committed') ? refused(DRAW_STANDING) : open;
}

/** Refuses: `cycle-absent`, `cycle-not-running`, `order-otherwise`, `round-absent`, `pot-decided`. */
export async function findOpenPlace(reader: Reader, asked: AskedPlace): Promise<Answer<OpenPlace>> {
  const cycle = await findCycle(reader, asked.cycleId);
  if (cycle === undefined || cycle.groupId !== asked.groupId) return refused(CYCLE_ABSENT);
  if (cycle.state !== 'running') return refused(CYCLE_NOT_RUNNING);
  if (!asked.orders.includes(cycle.orderKind)) return refused(ORDER_OTHERWISE);
  const rounds = await listRounds(reader, cycle.id);
  const round = rounds.find((each) => each.id === asked.roundId);
  if (round === undefined) return refused(ROUND_ABSENT);
  const given = new Set((await listTurns(reader, cycle.id)).map((turn) => turn.place));
  const [first, ...others] = placesOf(rounds, round.number).filter((place) => !given.has(place));
  if (first === undefined) return refused(POT_DECIDED);
  const pot = BigInt(roundsHeld(rounds)) * cycle.contribution;
  return accepted({ cycle, round, places: [first, ...others], pot });
}
