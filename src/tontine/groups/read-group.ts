/**
 * Reads a group as its members see it: people, offices, the newest cycle with its rounds, turns, dues and pots.
 *
 * One reading for all pages, so that the list, the grid and a member's own page cannot tell three stories.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listShares, type Share } from '../cycles/share.rows.ts';
import { listTurns, type Turn } from '../cycles/turn.rows.ts';
import { listMembers } from '../members/membership.rows.ts';
import type { Membership, MembershipState } from '../members/membership.ts';
import { type HeldOffice, listOffices } from '../members/membership-role.rows.ts';
import { listDuesOfCycle } from '../rounds/due.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { listAdvancedDues, openAdvance } from '../rounds/guarantee-advance.rows.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
import type { Payout } from '../rounds/payout.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { type Round, roundOfPlace } from '../rounds/round.ts';

export interface GroupReading {
  /** Everybody who ever was a member, and those who are awaited. */
  readonly people: readonly Membership[];
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

export async function readGroup(reader: Reader, groupId: string): Promise<GroupReading> {
  const people = await listMembers(reader, groupId, ALL);
  const offices = await listOffices(reader, groupId);
  const cycle = await findLastCycle(reader, groupId);
  const nothing = { rounds: [], shares: [], turns: [], dues: [], payouts: [], covered: new Set<string>() };
  if (cycle === undefined) return { people, offices, cycle, ...nothing };
  const dues = await listDuesOfCycle(reader, cycle.id);
  const missing = dues.filter((due) => missingOf(due) > 0n).map((due) => due.id);
  const advanced = await listAdvancedDues(reader, missing);
  return {
    people,
    offices,
    cycle,
    rounds: await listRounds(reader, cycle.id),
    shares: await listShares(reader, cycle.id),
    turns: await listTurns(reader, cycle.id),
    dues,
    covered: new Set(advanced.filter((one) => openAdvance(one) > 0n).map((one) => one.dueId)),
    payouts: await listPayouts(reader, cycle.id),
  };
}

/** The round that people speak of: the first that has opened and is not served; the last one when all are. */
export function presentRound(reading: Pick<GroupReading, 'rounds'>): Round | undefined {
  const opened = reading.rounds.filter((round) => round.state !== 'scheduled' && round.state !== 'cancelled');
  return opened.find((round) => round.state !== 'served') ?? opened.at(-1);
}

/** The share whose pot has this place, and the round that hands it out. */
export interface DecidedTurn {
  readonly turn: Turn;
  readonly share: Share;
  readonly round: Round | undefined;
}

export function decidedTurns({ turns, shares, rounds }: GroupReading): DecidedTurn[] {
  return turns.flatMap((turn) => {
    const share = shares.find((one) => one.id === turn.shareId);
    return share === undefined ? [] : [{ turn, share, round: roundOfPlace(rounds, turn.place) }];
  });
}
