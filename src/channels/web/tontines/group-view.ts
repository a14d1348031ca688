/**
 * Turns what was read of a group into what its pages show: who paid what, what I owe, whose turn it is.
 *
 * Pure, so that the list, the group's page and the grid say the same of the same rows.
 */
import { type Money, money } from '../../../ground/money/money.ts';
import { payoutPerShare } from '../../../tontine/cycles/rotation.ts';
import type { Group } from '../../../tontine/groups/group.ts';
import type { GroupReading } from '../../../tontine/groups/read-group.ts';
import { decidedTurns, presentRound } from '../../../tontine/groups/read-group.ts';
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
export function membersOf(reading: GroupReading): readonly Membership[] {
  return reading.people.filter((one) => MEMBER_STATES.includes(one.state));
}

export function nameOf(reading: Pick<GroupReading, 'people'>, membershipId: string | null): string {
  return reading.people.find((one) => one.id === membershipId)?.displayName ?? '…';
}

/** How the dues of one member for one round look at this moment. */
export function faceOf(reading: GroupReading, round: Round, membershipId: string, now: Date): DueFace {
  const dues = reading.dues.filter((due) => due.roundId === round.id && due.membershipId === membershipId);
  const owing = dues.filter((due) => due.kind === 'pot' || due.kind === 'solidarity');
  if (round.state === 'cancelled') return 'none';
  if (owing.length === 0)
    return round.state === 'scheduled' && holds(reading, membershipId) ? 'upcoming' : 'none';
  const missing = owing.filter((due) => missingOf(due) > 0n);
  if (missing.length === 0) return owing.every((due) => due.state === 'forgiven') ? 'forgiven' : 'paid';
  if (missing.some((due) => reading.covered.has(due.id))) return 'covered';
  if (missing.some((due) => due.dueAt <= now)) return 'late';
  return owing.some((due) => due.met > 0n) ? 'partial' : 'due';
}

function holds(reading: GroupReading, membershipId: string): boolean {
  return reading.shares.some((share) => share.membershipId === membershipId && share.state === 'active');
}

export function openDuesOf(reading: GroupReading, membershipId: string): readonly Due[] {
  return reading.dues.filter((due) => due.membershipId === membershipId && missingOf(due) > 0n);
}

export function standingOf(
  group: Group,
  reading: GroupReading,
  me: { readonly membershipId: string; readonly toDecide: number },
  now: Date,
): GroupStanding {
  const { cycle } = reading;
  const round = cycle?.state === 'running' ? presentRound(reading) : undefined;
  const faces = round && membersOf(reading).map((member) => faceOf(reading, round, member.id, now));
  const payers = faces?.filter((face) => face !== 'none') ?? [];
  const paid = payers.filter((face) => face === 'paid' || face === 'forgiven').length;
  const owed = owedBy(group, reading, me.membershipId, now);
  return {
    group: { id: group.id, name: group.name },
    phase: cycle?.state === 'running' ? 'running' : cycle?.state === 'complete' ? 'complete' : 'forming',
    members: membersOf(reading).length,
    timeZone: group.timeZone,
    toDecide: me.toDecide,
    ...(round && {
      round: { number: round.number, of: roundsHeld(reading.rounds), paid, payers: payers.length },
    }),
    ...(owed && { owed }),
  };
}

function owedBy(
  group: Group,
  reading: GroupReading,
  membershipId: string,
  now: Date,
): GroupStanding['owed'] | undefined {
  const open = openDuesOf(reading, membershipId);
  const first = open[0];
  if (first === undefined) return undefined;
  const amount = sum(open.map(missingOf));
  return { amount: money(amount, group.currency), deadline: first.dueAt, isLate: first.dueAt <= now };
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((left, right) => left + right, 0n);
}

export function gridOf(
  reading: GroupReading,
  meId: string,
  now: Date,
  window?: readonly number[],
): Grid | undefined {
  const present = presentRound(reading);
  if (present === undefined) return undefined;
  const shown = reading.rounds.filter((round) => window === undefined || window.includes(round.number));
  const turns = decidedTurns(reading);
  return {
    present: present.number,
    rounds: shown.map((round) => round.number),
    rows: membersOf(reading).map((member) => ({
      id: member.id,
      name: member.displayName,
      isMe: member.id === meId,
      now: faceOf(reading, present, member.id, now),
      cells: shown.map((round) => ({
        face: faceOf(reading, round, member.id, now),
        receives: turns.some((one) => one.round?.id === round.id && one.share.membershipId === member.id),
      })),
    })),
  };
}

/** What one share receives, before any auction; nothing while the number of shares is open. */
export function potOf(reading: GroupReading): Money | undefined {
  const { cycle } = reading;
  if (cycle?.shareCount == null || cycle.roundCount === null) return undefined;
  const rotation = {
    shares: cycle.shareCount,
    rounds: roundsHeld(reading.rounds),
    contribution: cycle.contribution,
  };
  return money(payoutPerShare(rotation), cycle.currency);
}

export function datesOf(reading: GroupReading, meId: string): readonly PotDate[] {
  const pot = potOf(reading);
  if (pot === undefined) return [];
  const turns = decidedTurns(reading);
  const present = presentRound(reading);
  return reading.rounds
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
        ...(isDecided ? { recipients: own.map((one) => nameOf(reading, one.share.membershipId)) } : {}),
      } as const;
    });
}

export function turnsOf(reading: GroupReading, meId: string): readonly MyTurn[] {
  const pot = potOf(reading);
  if (pot === undefined) return [];
  const turns = decidedTurns(reading);
  return reading.shares
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

export function roundCardOf(reading: GroupReading, meId: string, now: Date): RoundCard | undefined {
  const round = presentRound(reading);
  const { cycle } = reading;
  if (round === undefined || cycle === undefined) return undefined;
  const dues = reading.dues.filter((due) => due.roundId === round.id && due.kind === 'pot');
  const turns = decidedTurns(reading).filter((one) => one.round?.id === round.id);
  const expected = sum(dues.map((due) => due.amount - due.lowered - due.forgiven));
  return {
    number: round.number,
    of: roundsHeld(reading.rounds),
    recipients: turns.map((one) => nameOf(reading, one.share.membershipId)),
    isMine: turns.some((one) => one.share.membershipId === meId),
    collected: money(sum(dues.map((due) => due.met)), cycle.currency),
    expected: money(expected, cycle.currency),
    deadline: round.dueAt,
    phase: round.state === 'served' ? 'served' : round.state === 'closed' ? 'closed' : 'open',
    places: membersOf(reading)
      .map((member) => ({ member, face: faceOf(reading, round, member.id, now) }))
      .filter(({ face }) => face !== 'none')
      .map(({ member, face }) => ({
        hasPaid: face === 'paid' || face === 'forgiven',
        receives: turns.some((one) => one.share.membershipId === member.id),
      })),
  };
}
