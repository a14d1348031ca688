/**
 * Moves the start of a cycle that is being prepared.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-forming`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import type { CalendarDay } from './calendar-day.ts';
import { findCycle, markCycleStart } from './cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_FORMING } from './cycle.ts';

export async function changeStart(
  tx: Tx,
  ground: Ground,
  asked: Entering & { readonly cycleId: string; readonly startsOn: CalendarDay },
): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'plan-cycle');
  if (!actor.ok) return actor;
  const cycle = await findCycle(tx, asked.cycleId);
  if (cycle?.groupId !== asked.groupId) return refused(CYCLE_ABSENT);
  if (cycle.state !== 'forming') return refused(CYCLE_NOT_FORMING);
  await markCycleStart(tx, cycle.id, asked.startsOn);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'cycle.formed',
    actorId: actor.value.membership.id,
    subjectId: cycle.id,
    facts: { number: String(cycle.number), startsOn: asked.startsOn },
  });
  return accepted(undefined);
}
