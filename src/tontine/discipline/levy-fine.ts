/**
 * Writes a fine down and makes it due, once for one reason; what the member paid in advance settles it at once.
 *
 * It refuses nothing and posts nothing; it hands back the transfers, or nothing when it was fined already.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellMembers } from '../members/tell-members.ts';
import { applyCredits } from '../rounds/apply-credits.ts';
import { insertDues } from '../rounds/due.rows.ts';
import { insertPenalty, type Penalty } from './penalty.rows.ts';

export interface Fine
  extends Pick<Penalty, 'kind' | 'subjectId' | 'membershipId' | 'step' | 'afterPot' | 'amount'> {
  readonly roundId?: string | undefined;
  readonly reason?: string | undefined;
  /** The officer; nobody, when the by-law did it. */
  readonly leviedBy?: string | undefined;
}

export async function levyFine(
  tx: Tx,
  ground: Ground,
  { cycle, rules, funds }: RunningCycle,
  fine: Fine,
): Promise<Transfer[] | undefined> {
  const at = ground.clock.now();
  const id = ground.ids.next('fin');
  const { groupId, id: cycleId } = cycle;
  const { kind, subjectId, membershipId, step, afterPot, amount, roundId, reason, leviedBy } = fine;
  const isNew = await insertPenalty(tx, {
    id,
    groupId,
    cycleId,
    roundId: roundId ?? null,
    membershipId,
    kind,
    subjectId,
    step,
    afterPot,
    amount,
    reason: reason?.trim() ?? null,
    leviedBy: leviedBy ?? null,
    at,
  });
  if (!isNew) return undefined;
  const due = { groupId, cycleId, roundId, membershipId, subjectId: id, amount, dueAt: at, lateAt: at, at };
  await insertDues(tx, [{ ...due, id: ground.ids.next('due'), kind: 'fine' }]);
  const facts = { kind, amount: String(amount), for: membershipId };
  await writeJournal(tx, ground, {
    groupId,
    act: 'penalty.levied',
    actorId: leviedBy,
    subjectId: id,
    reason,
    facts,
  });
  await tellMembers(tx, ground, {
    groupId,
    to: [membershipId],
    kind: 'penalty.levied',
    subjectId: id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'penalty.levied', subjectId: id, facts });
  return await applyCredits(tx, ground, {
    funds,
    order: rules.allocationOrder,
    membershipIds: [membershipId],
  });
}
