/**
 * Finds the cycle that runs in a group, with the by-law that holds in it today.
 *
 * Refuses: `cycle-not-running`.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
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

export async function runningCycle(
  reader: Reader,
  groupId: string,
  now: Date,
): Promise<Answer<RunningCycle>> {
  const cycle = await findLastCycle(reader, groupId);
  if (cycle?.state !== 'running') return refused(CYCLE_NOT_RUNNING);
  return accepted(await withRules(reader, cycle, now));
}

/** A cycle that is known to exist, whatever its state. */
export async function cycleWithRules(reader: Reader, cycleId: string, now: Date): Promise<RunningCycle> {
  const cycle = await findCycle(reader, cycleId);
  invariant(cycle !== undefined, `cycle ${cycleId} disappeared`);
  return await withRules(reader, cycle, now);
}

async function withRules(reader: Reader, cycle: Cycle, now: Date): Promise<RunningCycle> {
  const { groupId, rulesVersion: version, id: cycleId, currency } = cycle;
  const atStart = await findRulesVersion(reader, { groupId, version });
  invariant(atStart !== undefined, `cycle ${cycleId} has no by-law`);
  const today = await currentRules(reader, groupId, now);
  const rules = rulesInCycle(atStart.rules, today.rules);
  return { cycle, rules, funds: { groupId, cycleId, currency } };
}
