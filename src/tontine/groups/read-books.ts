/**
 * Reads the rows of a group that its pages need, in six statements: people, the newest cycle, rounds, turns, dues, pots.
 *
 * It knows the dues of every member, for those who pay, collect or answer for others. What it gives away is for the pages
 * to veil.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listSharesAndTurns, type Share } from '../cycles/share.rows.ts';
import type { Turn } from '../cycles/turn.rows.ts';
import { listPeopleOfGroup, type PersonOfGroup } from '../members/membership.rows.ts';
import type { MembershipState } from '../members/membership.ts';
import type { HeldOffice } from '../members/membership-role.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { listCoveredDues } from '../rounds/due-covered.rows.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
import type { Payout } from '../rounds/payout.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { type Round, roundOfPlace } from '../rounds/round.ts';

export interface GroupBooks {
  /** Everybody who ever was a member, and those who are awaited. */
  readonly people: readonly PersonOfGroup[];
  readonly offices: readonly HeldOffice[];
  /** The newest one; absent before the first. */
  readonly cycle: Cycle | undefined;
  readonly rounds: readonly Round[];
  readonly shares: readonly Share[];
  readonly turns: readonly Turn[];
  readonly dues: readonly Due[];
  /** The dues for which the guarantee fund stands in now. */
  readonly covered: ReadonlySet<string>;
  readonly payouts: readonly Payout[];
}

const ALL: readonly MembershipState[] = [
  'invited',
  'asked',
  'active',
  'suspended',
  'resigned',
  'expelled',
  'deceased',
];

export async function readBooks(reader: Reader, groupId: string): Promise<GroupBooks> {
  const people = await listPeopleOfGroup(reader, groupId, ALL);
  const offices = people.flatMap((one) => one.offices.map((role) => ({ membershipId: one.id, role })));
  const cycle = await findLastCycle(reader, groupId);
  const nothing = { rounds: [], shares: [], turns: [], dues: [], payouts: [], covered: new Set<string>() };
  if (cycle === undefined) return { people, offices, cycle, ...nothing };
  const held = await listSharesAndTurns(reader, cycle.id);
  // Rounds, dues and pots begin with the start.
  if (cycle.state === 'forming') return { people, offices, cycle, ...nothing, ...held };
  const dues = await listCoveredDues(reader, cycle.id);
  return {
    people,
    offices,
    cycle,
    rounds: await listRounds(reader, cycle.id),
    ...held,
    dues,
    covered: new Set(dues.filter((due) => due.isCovered && missingOf(due) > 0n).map((due) => due.id)),
    payouts: await listPayouts(reader, cycle.id),
  };
}

/** The round that people speak of: the one that collects, or the last one that did. */
export function presentRound({ rounds }: Pick<GroupBooks, 'rounds'>): Round | undefined {
  const past = rounds.filter((round) => round.state === 'closed' || round.state === 'served');
  return rounds.find((round) => round.state === 'open') ?? past.at(-1);
}

/** The round whose pots are being handed out, or are next: an older one comes first. */
export function roundToServe(books: Pick<GroupBooks, 'rounds'>): Round | undefined {
  return books.rounds.find((round) => round.state === 'closed') ?? presentRound(books);
}

/** The share whose pot has this place, and the round that hands it out. */
export interface DecidedTurn {
  readonly turn: Turn;
  readonly share: Share;
  readonly round: Round | undefined;
}

export function decidedTurns({ turns, shares, rounds }: GroupBooks): DecidedTurn[] {
  return turns.flatMap((turn) => {
    const share = shares.find((one) => one.id === turn.shareId);
    return share === undefined ? [] : [{ turn, share, round: roundOfPlace(rounds, turn.place) }];
  });
}
