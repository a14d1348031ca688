/**
 * Says what a payment would settle, before it is made: the same computation as the payment itself.
 *
 * Refuses: `group-absent`, `cycle-not-running`, `member-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, lookIn } from '../groups/enter-group.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { allocateByAge } from './allocate-by-age.ts';
import type { Allocation } from './allocate-contribution.ts';
import { listOpenDues } from './due.rows.ts';
import { type Due, missingOf } from './due.ts';
import { listAdvancedDues } from './guarantee-advance.rows.ts';

export interface ContributionQuote extends Allocation {
  /** Everything that is open, oldest first. */
  readonly dues: readonly Due[];
  readonly owed: bigint;
  /** What of it has come due. */
  readonly overdue: bigint;
}

export interface QuoteContribution extends Entering {
  /** For whom; oneself when absent. */
  readonly membershipId?: string;
  /** All that is owed when absent. */
  readonly amount?: bigint;
}

export async function quoteContribution(
  reader: Reader,
  ground: Ground,
  asked: QuoteContribution,
): Promise<Answer<ContributionQuote>> {
  const actor = await lookIn(reader, ground, asked, 'contribute');
  if (!actor.ok) return actor;
  const now = ground.clock.now();
  const running = await runningCycle(reader, actor.value);
  if (!running.ok) return running;
  const own = actor.value.membership;
  const membershipId = asked.membershipId ?? own.id;
  const member = membershipId === own.id ? own : await findMembership(reader, membershipId);
  if (member?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  const dues = await listOpenDues(reader, membershipId);
  const advanced = await listAdvancedDues(
    reader,
    dues.map((due) => due.id),
  );
  const owed = dues.reduce((sum, due) => sum + missingOf(due), 0n);
  const overdue = dues.filter((due) => due.dueAt <= now).reduce((sum, due) => sum + missingOf(due), 0n);
  const order = running.value.rules.allocationOrder;
  const amount = asked.amount ?? owed;
  return accepted({ ...allocateByAge({ amount, dues, advanced, order, now }), dues, owed, overdue });
}
