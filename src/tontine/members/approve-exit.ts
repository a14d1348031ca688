/**
 * Lets a member go, in the moment of the last agreement: their shares leave the cycle, later turns move up, rounds that
 * nobody needs fall away, and whoever was served owes back what the leaver had paid into their pot.
 *
 * The figures are worked out again, because rounds may have come since they were shown. It posts what can be refunded at
 * once; the rest follows as the served pay. Refuses: `exit-over`, and the refusals of `read-exit-plan.ts`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { payoutsUpTo } from '../cycles/rotation.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { listShares, markShareEnded } from '../cycles/share.rows.ts';
import { closePlace, deleteTurn, listTurns } from '../cycles/turn.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { insertDues, markDueForgiven } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { markPayoutCount, markRoundCancelled } from '../rounds/round.rows.ts';
import type { Round } from '../rounds/round.ts';
import { settlePayouts } from '../rounds/settle-payouts.ts';
import { lapseAgreements } from '../turns/lapse-agreements.ts';
import { type Exit, findExit, markExit } from './exit.rows.ts';
import { findMembership, markMembership } from './membership.rows.ts';
import { markRolesEnded } from './membership-role.rows.ts';
import { type ExitReading, readExitPlan } from './read-exit-plan.ts';
import { planText } from './request-exit.ts';

export async function approveExit(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const exit = await findExit(tx, request.subjectId);
  if (exit?.state !== 'asked') return refused(EXIT_OVER);
  const now = ground.clock.now();
  const running = await cycleWithRules(tx, exit.cycleId, now);
  const reading = await readExitPlan(tx, running, exit.membershipId, now);
  if (!reading.ok) return reading;
  const { plan, leaving, letOff, afterRound } = reading.value;
  for (const due of letOff) await markDueForgiven(tx, due.id, missingOf(due), now);
  for (const share of leaving) {
    await lapseAgreements(tx, ground, share);
    await removeTurn(tx, exit.cycleId, share.id);
    await markShareEnded(tx, share.id, 'withdrawn', now);
  }
  const dropped = await shorten(tx, ground, reading.value);
  await askBack(tx, ground, exit, reading.value, dropped);
  await markExit(tx, {
    ...exit,
    state: plan.refund === 0n ? 'settled' : 'approved',
    afterRound,
    refund: plan.refund,
    plan: planText(plan),
    approvedAt: now,
    endedAt: plan.refund === 0n ? now : null,
  });
  await letGo(tx, ground, exit, plan.refund);
  return accepted(await settlePayouts(tx, ground, running));
}

/** Takes the share out of the order; whoever came later moves up. */
async function removeTurn(tx: Tx, cycleId: string, shareId: string): Promise<void> {
  const turn = (await listTurns(tx, cycleId)).find((each) => each.shareId === shareId);
  if (turn === undefined) return;
  await deleteTurn(tx, cycleId, shareId);
  await closePlace(tx, cycleId, turn.place);
}

/** The rounds that fall away; where none does, rounds that the leaver has not paid hand out fewer pots. */
async function shorten(tx: Tx, ground: Ground, { plan, rounds, afterRound }: ExitReading): Promise<Round[]> {
  if (plan.droppedRounds > 0) {
    const scheduled = rounds.filter((round) => round.state === 'scheduled');
    const dropped = scheduled.slice(-plan.droppedRounds);
    invariant(dropped.length === plan.droppedRounds, 'more rounds fall away than are still to come');
    for (const round of dropped) await markRoundCancelled(tx, round.id, ground.clock.now());
    return dropped;
  }
  const isPaid = (round: Round): boolean => round.number <= afterRound;
  let given = rounds.filter(isPaid).reduce((sum, round) => sum + round.payoutCount, 0);
  for (const round of rounds.filter((each) => !isPaid(each) && each.state !== 'cancelled')) {
    const upTo = Math.max(given, payoutsUpTo(plan.rotation, round.number));
    await markPayoutCount(tx, round.id, upTo - given);
    given = upTo;
  }
  return [];
}

/** What each served share owes, due on the day of the first round that fell away. */
async function askBack(
  tx: Tx,
  ground: Ground,
  exit: Exit,
  { plan }: ExitReading,
  dropped: readonly Round[],
): Promise<void> {
  const [round] = dropped;
  if (plan.owed.length === 0 || round === undefined) return;
  const owners = new Map((await listShares(tx, exit.cycleId)).map((share) => [share.id, share.membershipId]));
  await insertDues(
    tx,
    plan.owed.map(({ shareId, amount }) => {
      const membershipId = owners.get(shareId);
      invariant(membershipId !== undefined, `share ${shareId} belongs to nobody`);
      return {
        id: ground.ids.next('due'),
        groupId: exit.groupId,
        cycleId: exit.cycleId,
        membershipId,
        shareId,
        kind: 'exit' as const,
        subjectId: exit.id,
        amount,
        dueAt: round.dueAt,
        lateAt: round.closesAt,
        at: ground.clock.now(),
      };
    }),
  );
}

async function letGo(tx: Tx, ground: Ground, exit: Exit, refund: bigint): Promise<void> {
  const at = ground.clock.now();
  const { membershipId, groupId, id: subjectId } = exit;
  const leaver = await findMembership(tx, membershipId);
  if (leaver?.state === 'active' || leaver?.state === 'suspended') {
    await markRolesEnded(tx, { membershipId, by: membershipId, at });
    await markMembership(tx, { id: membershipId, state: 'resigned', reason: exit.reason, at });
  }
  const facts = { member: membershipId, refund: String(refund) };
  await writeJournal(tx, ground, { groupId, act: 'member.exited', subjectId, facts });
  await recordEvent(tx, ground, { name: 'member.left', subjectId: membershipId, facts: { how: 'exited' } });
}

const EXIT_OVER = refusal(
  'exit-over',
  'conflict',
  'Cette sortie est déjà décidée.',
  'This exit is already decided.',
);
