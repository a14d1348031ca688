/**
 * Turns what was read of a group into what its pages show: who paid what, what I owe, whose turn it is.
 *
 * Pure, so that the list, the group's page and the grid say the same of the same rows.
 */
import { type Money, money } from '../../../ground/money/money.ts';
import { payoutPerShare } from '../../../tontine/cycles/rotation.ts';
import type { GroupStanding as StandingRow } from '../../../tontine/groups/my-groups.rows.ts';
import type { GroupBooks } from '../../../tontine/groups/read-books.ts';
import { decidedTurns, presentRound } from '../../../tontine/groups/read-books.ts';
import type { Membership } from '../../../tontine/members/membership.ts';
import { MEMBER_STATES } from '../../../tontine/members/membership.ts';
import { type Due, missingOf } from '../../../tontine/rounds/due.ts';
import { type Round, roundsHeld } from '../../../tontine/rounds/round.ts';
import type { DueFace } from './due-face.ts';
import type { Grid } from './group/grid-table.tsx';
import type { MyTurn } from './group/my-turns.tsx';
import type { RoundCard } from './group/round-now.tsx';
import type { GroupStanding } from './group-sentence.ts';
import type { PotDate } from './parts/pot-dates.tsx';

/** Those whose money and debts are in the group now. */
export function membersOf(books: GroupBooks): readonly Membership[] {
  return books.people.filter((one) => MEMBER_STATES.includes(one.state));
}

export function nameOf(books: Pick<GroupBooks, 'people'>, membershipId: string | null): string {
  return books.people.find((one) => one.id === membershipId)?.displayName ?? '…';
}

/** How the dues of one member for one round look at this moment. */
export function faceOf(books: GroupBooks, round: Round, membershipId: string, now: Date): DueFace {
  const dues = books.dues.filter((due) => due.roundId === round.id && due.membershipId === membershipId);
  const owing = dues.filter((due) => due.kind === 'pot' || due.kind === 'solidarity');
  if (round.state === 'cancelled') return 'none';
  if (owing.length === 0)
    return round.state === 'scheduled' && holds(books, membershipId) ? 'upcoming' : 'none';
  const missing = owing.filter((due) => missingOf(due) > 0n);
  if (missing.length === 0) return owing.every((due) => due.state === 'forgiven') ? 'forgiven' : 'paid';
  if (missing.some((due) => books.covered.has(due.id))) return 'covered';
  if (missing.some((due) => due.dueAt <= now)) return 'late';
  return owing.some((due) => due.met > 0n) ? 'partial' : 'due';
}

function holds(books: GroupBooks, membershipId: string): boolean {
  return books.shares.some((share) => share.membershipId === membershipId && share.state === 'active');
}

export function openDuesOf(books: GroupBooks, membershipId: string): readonly Due[] {
  return books.dues.filter((due) => due.membershipId === membershipId && missingOf(due) > 0n);
}

/** The figures of a group for one of its members, as its sentence needs them. */
export function standingOf(row: StandingRow, now: Date): GroupStanding {
  const { round, rounds, dueAt, cycleState } = row;
  return {
    group: { id: row.groupId, name: row.name },
    phase: cycleState === 'running' ? 'running' : cycleState === 'complete' ? 'complete' : 'forming',
    members: row.members,
    timeZone: row.timeZone,
    toDecide: row.toDecide,
    ...(cycleState === 'running' && round !== null && rounds !== null
      ? { round: { number: round, of: rounds, paid: row.paid, payers: row.payers } }
      : {}),
    ...(row.owed > 0n && dueAt !== null
      ? { owed: { amount: money(row.owed, row.currency), deadline: dueAt, isLate: dueAt <= now } }
      : {}),
  };
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((left, right) => left + right, 0n);
}

export function gridOf(
  books: GroupBooks,
  meId: string,
  now: Date,
  window?: readonly number[],
): Grid | undefined {
  const present = presentRound(books);
  if (present === undefined) return undefined;
  const shown = books.rounds.filter((round) => window === undefined || window.includes(round.number));
  const turns = decidedTurns(books);
  return {
    present: present.number,
    rounds: shown.map((round) => round.number),
    rows: membersOf(books).map((member) => ({
      id: member.id,
      name: member.displayName,
      isMe: member.id === meId,
      now: faceOf(books, present, member.id, now),
      cells: shown.map((round) => ({
        face: faceOf(books, round, member.id, now),
        receives: turns.some((one) => one.round?.id === round.id && one.share.membershipId === member.id),
      })),
    })),
  };
}

/** What one share receives, before any auction; nothing while the number of shares is open. */
export function potOf(books: GroupBooks): Money | undefined {
  const { cycle } = books;
  if (cycle?.shareCount == null || cycle.roundCount === null) return undefined;
  const rotation = {
    shares: cycle.shareCount,
    rounds: roundsHeld(books.rounds),
    contribution: cycle.contribution,
  };
  return money(payoutPerShare(rotation), cycle.currency);
}

export function datesOf(books: GroupBooks, meId: string): readonly PotDate[] {
  const pot = potOf(books);
  if (pot === undefined) return [];
  const turns = decidedTurns(books);
  const present = presentRound(books);
  return books.rounds
    .filter((round) => round.state !== 'cancelled')
    .map((round) => {
      const own = turns.filter((one) => one.round?.id === round.id);
      const isDecided = own.length >= round.payoutCount;
      return {
        number: round.number,
        day: round.dueOn,
        pot: money(pot.amount * BigInt(round.payoutCount), pot.currency),
        is: round.state === 'served' ? 'past' : round.id === present?.id ? 'present' : 'coming',
        mine: own.some((one) => one.share.membershipId === meId),
        ...(isDecided ? { recipients: own.map((one) => nameOf(books, one.share.membershipId)) } : {}),
      } as const;
    });
}

export function turnsOf(books: GroupBooks, meId: string): readonly MyTurn[] {
  const pot = potOf(books);
  if (pot === undefined) return [];
  const turns = decidedTurns(books);
  return books.shares
    .filter((share) => share.membershipId === meId && share.state === 'active')
    .map((share) => {
      const round = turns.find((one) => one.share.id === share.id)?.round;
      const isServed = share.servedAt !== null;
      return {
        shareNumber: share.number,
        pot,
        ...(round && { round: { number: round.number, day: round.dueOn, isServed } }),
      };
    });
}

export function roundCardOf(books: GroupBooks, meId: string, now: Date): RoundCard | undefined {
  const round = presentRound(books);
  const { cycle } = books;
  if (round === undefined || cycle === undefined) return undefined;
  const dues = books.dues.filter((due) => due.roundId === round.id && due.kind === 'pot');
  const turns = decidedTurns(books).filter((one) => one.round?.id === round.id);
  const expected = sum(dues.map((due) => due.amount - due.lowered - due.forgiven));
  return {
    number: round.number,
    of: roundsHeld(books.rounds),
    recipients: turns.map((one) => nameOf(books, one.share.membershipId)),
    isMine: turns.some((one) => one.share.membershipId === meId),
    collected: money(sum(dues.map((due) => due.met)), cycle.currency),
    expected: money(expected, cycle.currency),
    deadline: round.dueAt,
    phase: round.state === 'served' ? 'served' : round.state === 'closed' ? 'closed' : 'open',
    places: membersOf(books)
      .map((member) => ({ member, face: faceOf(books, round, member.id, now) }))
      .filter(({ face }) => face !== 'none')
      .map(({ member, face }) => ({
        hasPaid: face === 'paid' || face === 'forgiven',
        receives: turns.some((one) => one.share.membershipId === member.id),
      })),
  };
}
