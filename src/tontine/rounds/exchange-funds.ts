/**
 * Finds the funds between whose two halves notes are exchanged: a pot's only while its cycle runs, and what belongs to the
 * group whenever it has a cycle.
 *
 * When a cycle is over its common fund is shared out, and members without a phone receive their part in notes. Somebody
 * has to be able to bring them then.
 *
 * Refuses: `cycle-not-running`.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import { CYCLE_NOT_RUNNING } from '../cycles/cycle.ts';
import { cycleWithRules, type RunningCycle } from '../cycles/running-cycle.ts';
import type { AllocatedFund } from './allocation.rows.ts';
import type { Funds } from './funds.ts';

export type ExchangedFund = AllocatedFund | 'interest';

export interface ExchangeFunds {
  readonly funds: Funds;
  /** The cycle whose pots may be whole after the exchange; none when it is over. */
  readonly running: RunningCycle | undefined;
}

export async function findExchangeFunds(
  reader: Reader,
  { groupId, fund }: { readonly groupId: string; readonly fund: ExchangedFund },
  now: Date,
): Promise<Answer<ExchangeFunds>> {
  const last = await findLastCycle(reader, groupId);
  if (last === undefined) return refused(CYCLE_NOT_RUNNING);
  const known = await cycleWithRules(reader, last.id, now);
  if (last.state === 'running') return accepted({ funds: known.funds, running: known });
  return fund === 'pot' ? refused(CYCLE_NOT_RUNNING) : accepted({ funds: known.funds, running: undefined });
}
