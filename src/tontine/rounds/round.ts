/**
 * Is one date of a cycle: what is due until then, and which pots are handed out.
 */
import type { CalendarDay } from '../cycles/calendar-day.ts';

export type RoundState =
  | 'scheduled' // its dues are not open yet
  | 'open' // it collects
  | 'closed' // collecting has ended; its pots are being handed out
  | 'served' // every pot of it was handed out
  | 'cancelled'; // it fell away with the member whose turn it was

export interface Round {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly number: number;
  readonly dueOn: CalendarDay;
  readonly opensAt: Date;
  /** Paid until then is in time. */
  readonly dueAt: Date;
  /** The end of the grace: collecting ends, and lateness begins to cost. */
  readonly closesAt: Date;
  readonly payoutCount: number;
  readonly state: RoundState;
  readonly closedAt: Date | null;
  readonly servedAt: Date | null;
}

/** The places (from 1) of the pots that a round hands out, given all rounds of its cycle. */
export function placesOf(rounds: readonly Pick<Round, 'number' | 'payoutCount'>[], number: number): number[] {
  const before = rounds
    .filter((round) => round.number < number)
    .reduce((sum, round) => sum + round.payoutCount, 0);
  const own = rounds.find((round) => round.number === number)?.payoutCount ?? 0;
  return Array.from({ length: own }, (_, place) => before + place + 1);
}

/** The round that hands out the pot of this place. */
export function roundOfPlace<R extends Pick<Round, 'number' | 'payoutCount'>>(
  rounds: readonly R[],
  place: number,
): R | undefined {
  let sum = 0;
  for (const round of rounds) {
    sum += round.payoutCount;
    if (place <= sum) return round;
  }
  return undefined;
}

/** How many rounds every share pays for: those that did not fall away. */
export function roundsHeld(rounds: readonly Pick<Round, 'state'>[]): number {
  return rounds.filter((round) => round.state !== 'cancelled').length;
}
