/**
 * Starts a cycle: from here on its shares, its dates and its order stand, and the first round is open.
 *
 * What it writes is what the preview showed, from the same computation. Deposits are due with the first round.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-forming`,
 * `order-incomplete`, `cycle-in-the-past`, `cycle-too-small`, `schedule-too-short`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { findRulesVersion } from '../groups/group-rules.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { insertDues } from '../rounds/due.rows.ts';
import { openRound } from '../rounds/open-rounds-once.ts';
import { insertRounds, listRounds } from '../rounds/round.rows.ts';
import { findCycle, markCycleStarted } from './cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_FORMING, type Cycle, isOrderedAtStart } from './cycle.ts';
import { ORDER_INCOMPLETE } from './fix-order.ts';
import { type CyclePlan, planCycle } from './plan-cycle.ts';
import { listShares, type Share } from './share.rows.ts';
import { listTurns } from './turn.rows.ts';

export interface StartCycle extends Entering {
  readonly cycleId: string;
}

export async function startCycle(tx: Tx, ground: Ground, asked: StartCycle): Promise<Answer<Cycle>> {
  const actor = await enterGroup(tx, ground, asked, 'start-cycle');
  if (!actor.ok) return actor;
  const { group, membership } = actor.value;
  const cycle = await findCycle(tx, asked.cycleId);
  if (cycle?.groupId !== group.id) return refused(CYCLE_ABSENT);
  if (cycle.state === 'running') return accepted(cycle);
  if (cycle.state !== 'forming') return refused(CYCLE_NOT_FORMING);
  const shares = await listShares(tx, cycle.id);
  const turns = await listTurns(tx, cycle.id);
  if (isOrderedAtStart(cycle.orderKind) && turns.length !== shares.length) return refused(ORDER_INCOMPLETE);
  const version = await findRulesVersion(tx, { groupId: group.id, version: cycle.rulesVersion });
  invariant(version !== undefined, `cycle ${cycle.id} has no by-law`);
  const { rules } = version;
  const { startsOn } = cycle;
  const plan = planCycle({ rules, timeZone: group.timeZone, startsOn, shareCount: shares.length });
  if (!plan.ok) return plan;
  const now = ground.clock.now();
  const first = plan.value.rounds[0];
  if (first === undefined || first.deadlineAt <= now) return refused(CYCLE_IN_THE_PAST);
  const roundCount = plan.value.rounds.length;
  await markCycleStarted(tx, { id: cycle.id, startsOn, shareCount: shares.length, roundCount, at: now });
  await writeRounds(tx, ground, cycle, plan.value);
  await askDeposits(tx, ground, cycle, { shares, amount: rules.guaranteePerShare, dueAt: first.deadlineAt });
  await writeJournal(tx, ground, {
    groupId: group.id,
    act: 'cycle.started',
    actorId: membership.id,
    subjectId: cycle.id,
    facts: { shares: String(shares.length), rounds: String(roundCount) },
  });
  await recordEvent(tx, ground, { name: 'cycle.started', subjectId: cycle.id });
  const [round] = await listRounds(tx, cycle.id);
  invariant(round !== undefined, `cycle ${cycle.id} has no round`);
  await openRound(tx, ground, round);
  const started = await findCycle(tx, cycle.id);
  return started === undefined ? refused(CYCLE_ABSENT) : accepted(started);
}

/** A round opens when the one before it is due; the first one now. */
async function writeRounds(tx: Tx, ground: Ground, cycle: Cycle, plan: CyclePlan): Promise<void> {
  const now = ground.clock.now();
  await insertRounds(
    tx,
    plan.rounds.map((round, place) => ({
      id: ground.ids.next('rnd'),
      groupId: cycle.groupId,
      cycleId: cycle.id,
      number: round.number,
      dueOn: round.heldOn,
      opensAt: plan.rounds[place - 1]?.deadlineAt ?? now,
      dueAt: round.deadlineAt,
      closesAt: round.graceEndsAt,
      payoutCount: round.payouts,
      state: 'scheduled',
    })),
  );
}

async function askDeposits(
  tx: Tx,
  ground: Ground,
  cycle: Cycle,
  deposit: { readonly shares: readonly Share[]; readonly amount: bigint; readonly dueAt: Date },
): Promise<void> {
  if (deposit.amount === 0n) return;
  await insertDues(
    tx,
    deposit.shares.map((share) => ({
      id: ground.ids.next('due'),
      groupId: cycle.groupId,
      cycleId: cycle.id,
      membershipId: share.membershipId,
      shareId: share.id,
      kind: 'guarantee',
      amount: deposit.amount,
      dueAt: deposit.dueAt,
      lateAt: deposit.dueAt,
      at: ground.clock.now(),
    })),
  );
}

const CYCLE_IN_THE_PAST = refusal(
  'cycle-in-the-past',
  'conflict',
  'Le premier tour serait déjà échu. Choisissez une date de début plus tardive.',
  'The first round would be due already. Choose a later start.',
);
