/**
 * Prepares a cycle under the by-law of today: one share for every member, until somebody changes it.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-open` (one is not over yet),
 * `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import type { CalendarDay } from './calendar-day.ts';
import { findCycle, findLastCycle, insertCycle } from './cycle.rows.ts';
import type { Cycle } from './cycle.ts';
import { insertShares } from './share.rows.ts';

export interface FormCycle extends Entering {
  /** Made when the form was drawn. */
  readonly cycleId: string;
  readonly startsOn: CalendarDay;
}

export async function formCycle(tx: Tx, ground: Ground, asked: FormCycle): Promise<Answer<Cycle>> {
  const actor = await enterGroup(tx, ground, asked, 'plan-cycle');
  if (!actor.ok) return actor;
  const { group, rules, rulesVersion, membership } = actor.value;
  const earlier = await findCycle(tx, asked.cycleId);
  if (earlier !== undefined)
    return earlier.groupId === group.id ? accepted(earlier) : refused(REQUEST_CHANGED);
  const last = await findLastCycle(tx, group.id);
  if (last?.state === 'forming' || last?.state === 'running') return refused(CYCLE_OPEN);
  const at = ground.clock.now();
  const cycle: Cycle = {
    id: asked.cycleId,
    groupId: group.id,
    number: (last?.number ?? 0) + 1,
    rulesVersion,
    currency: group.currency,
    startsOn: asked.startsOn,
    contribution: rules.contribution,
    orderKind: rules.order,
    shareCount: null,
    roundCount: null,
    state: 'forming',
    formedAt: at,
    startedAt: null,
    endedAt: null,
  };
  await insertCycle(tx, cycle);
  const members = await listMembers(tx, group.id, ['active']);
  await insertShares(
    tx,
    members.map((member, place) => ({
      id: ground.ids.next('shr'),
      groupId: group.id,
      cycleId: cycle.id,
      membershipId: member.id,
      number: place + 1,
      at,
    })),
  );
  await writeJournal(tx, ground, {
    groupId: group.id,
    act: 'cycle.formed',
    actorId: membership.id,
    subjectId: cycle.id,
    facts: { number: String(cycle.number), startsOn: cycle.startsOn },
  });
  return accepted(cycle);
}

const CYCLE_OPEN = refusal(
  'cycle-open',
  'conflict',
  'Un cycle est déjà en préparation ou en cours.',
  'A cycle is already being prepared or running.',
);
