/**
 * Finds the cycle that runs in a group, with the by-law that holds in it today.
 *
 * Refuses: `cycle-not-running`.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import type { Actor } from '../groups/group.ts';
import { currentRules, findRulesVersion } from '../groups/group-rules.rows.ts';
import { type Rules, rulesInCycle } from '../groups/rules.ts';
import type { Funds } from '../rounds/funds.ts';
import { findCycle, findLastCycle } from './cycle.rows.ts';
import { CYCLE_NOT_RUNNING, type Cycle } from './cycle.ts';

export interface RunningCycle {
  readonly cycle: Cycle;
  readonly rules: Rules;
  readonly funds: Funds;
}

/** For somebody who is in the group: with them came the by-law of today. */
export async function runningCycle(
  reader: Reader,
  { group, rules, rulesVersion }: Pick<Actor, 'group' | 'rules' | 'rulesVersion'>,
): Promise<Answer<RunningCycle>> {
  const cycle = await findLastCycle(reader, group.id);
  if (cycle?.state !== 'running') return refused(CYCLE_NOT_RUNNING);
  const atStart = cycle.rulesVersion === rulesVersion ? rules : await rulesAtStart(reader, cycle);
  return accepted({ cycle, rules: rulesInCycle(atStart, rules), funds: fundsOf(cycle) });
}

/** A cycle that is known to exist, whatever its state. */
export async function cycleWithRules(reader: Reader, cycleId: string, now: Date): Promise<RunningCycle> {
  const cycle = await findCycle(reader, cycleId);
  invariant(cycle !== undefined, `cycle ${cycleId} disappeared`);
  return await withRules(reader, cycle, now);
}

async function withRules(reader: Reader, cycle: Cycle, now: Date): Promise<RunningCycle> {
  const atStart = await rulesAtStart(reader, cycle);
  const today = await currentRules(reader, cycle.groupId, now);
  return { cycle, rules: rulesInCycle(atStart, today.rules), funds: fundsOf(cycle) };
}

async function rulesAtStart(reader: Reader, { id, groupId, rulesVersion: version }: Cycle): Promise<Rules> {
  const atStart = await findRulesVersion(reader, { groupId, version });
  invariant(atStart !== undefined, `cycle ${id} has no by-law`);
  return atStart.rules;
}

function fundsOf({ id, groupId, currency }: Cycle): Funds {
  return { groupId, cycleId: id, currency };
}
