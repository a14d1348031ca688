/**
 * Computes all rounds of a cycle from its by-law: the preview that members see, and what the start writes down.
 *
 * Both call this, so they cannot differ: dates, deadlines, how many pots each round hands out, and of what size.
 *
 * Refuses: `schedule-too-short`, `cycle-too-small`.
 */
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import type { Rules } from '../groups/rules.ts';
import type { CalendarDay } from './calendar-day.ts';
import { carryAfter, payoutPerShare, payoutsIn, type Rotation } from './rotation.ts';
import { type PlannedRound, planRounds } from './schedule.ts';

export interface CyclePlan {
  readonly rotation: Rotation;
  /** What one share receives, before any auction. */
  readonly payout: bigint;
  readonly rounds: readonly PlannedPot[];
}

export interface PlannedPot extends PlannedRound {
  readonly payouts: number;
  /** What stays in the pot after the round. */
  readonly carry: bigint;
}

export interface PlanCycle {
  readonly rules: Pick<Rules, 'schedule' | 'rounds' | 'deadline' | 'graceHours' | 'contribution'>;
  readonly timeZone: string;
  readonly startsOn: CalendarDay;
  readonly shareCount: number;
}

export function planCycle({ rules, timeZone, startsOn, shareCount }: PlanCycle): Answer<CyclePlan> {
  if (shareCount < 2) return refused(CYCLE_TOO_SMALL);
  const rotation = {
    shares: shareCount,
    rounds: rules.rounds ?? shareCount,
    contribution: rules.contribution,
  };
  const { schedule, deadline, graceHours } = rules;
  const planned = planRounds({
    schedule,
    startOn: startsOn,
    rounds: rotation.rounds,
    deadline,
    timeZone,
    graceHours,
  });
  if (!planned.ok) return planned;
  const rounds = planned.value.map((round) => ({
    ...round,
    payouts: payoutsIn(rotation, round.number),
    carry: carryAfter(rotation, round.number),
  }));
  return accepted({ rotation, payout: payoutPerShare(rotation), rounds });
}

const CYCLE_TOO_SMALL = refusal(
  'cycle-too-small',
  'conflict',
  'Il faut au moins deux parts pour faire un cycle.',
  'It takes at least two shares to make a cycle.',
);
