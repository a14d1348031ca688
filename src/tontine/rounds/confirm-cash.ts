/**
 * Takes the second word on declared notes: only now they are in the books, in the keeper's box.
 *
 * Refuses: `group-absent`, `contribution-absent`, `contribution-over`, `cash-same-person`, `cash-not-concerned`,
 * `cycle-not-running`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { findContribution, markContributionConfirmed } from './contribution.rows.ts';
import { CONTRIBUTION_ABSENT, CONTRIBUTION_OVER, type Contribution } from './contribution.ts';
import { boxAccount } from './funds.ts';
import { receiveMoney } from './receive-money.ts';
import { whyNotWitness } from './witness.ts';

export interface ConfirmCash extends Entering {
  readonly contributionId: string;
}

export async function confirmCash(tx: Tx, ground: Ground, asked: ConfirmCash): Promise<Answer<Contribution>> {
  const actor = await enterGroup(tx, ground, asked, 'confirm-cash');
  if (!actor.ok) return actor;
  const contribution = await findContribution(tx, asked.contributionId);
  if (contribution?.groupId !== asked.groupId || contribution.keeperId === null)
    return refused(CONTRIBUTION_ABSENT);
  const by = actor.value.membership.id;
  if (contribution.state === 'confirmed' && contribution.confirmedBy === by) return accepted(contribution);
  if (contribution.state !== 'declared') return refused(CONTRIBUTION_OVER);
  const member = await findMembership(tx, contribution.membershipId);
  const payer = await findMembership(tx, contribution.payerId);
  const keeper = await findMembership(tx, contribution.keeperId);
  invariant(member && payer && keeper?.personId, `contribution ${contribution.id} lost its people`);
  const no = await whyNotWitness(tx, actor.value, {
    declaredBy: contribution.declaredBy,
    concerned: [member, payer],
  });
  if (no !== undefined) return refused(no);
  const now = ground.clock.now();
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  if (running.value.cycle.id !== contribution.cycleId) return refused(CONTRIBUTION_OVER);
  await markContributionConfirmed(tx, contribution.id, by, now);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'cash.confirmed',
    actorId: by,
    subjectId: contribution.id,
  });
  const from = boxAccount(asked.groupId, keeper.personId, contribution.currency);
  const confirmed: Contribution = { ...contribution, state: 'confirmed', confirmedBy: by, confirmedAt: now };
  return await receiveMoney(tx, ground, running.value, { contribution: confirmed, from });
}
