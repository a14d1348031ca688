/**
 * Takes the word that declared notes are not true: nothing moved, and everybody sees why.
 *
 * Refuses: `group-absent`, `contribution-absent`, `contribution-over`, `reason-missing`, `cash-not-concerned`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { findContribution, markContributionRefused } from './contribution.rows.ts';
import { CONTRIBUTION_ABSENT, CONTRIBUTION_OVER } from './contribution.ts';
import { whyNotWitness } from './witness.ts';

export interface RefuseCash extends Entering {
  readonly contributionId: string;
  readonly reason: string;
}

export async function refuseCash(tx: Tx, ground: Ground, asked: RefuseCash): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'confirm-cash');
  if (!actor.ok) return actor;
  const contribution = await findContribution(tx, asked.contributionId);
  if (contribution?.groupId !== asked.groupId || contribution.method !== 'cash')
    return refused(CONTRIBUTION_ABSENT);
  if (contribution.state === 'refused') return accepted(undefined);
  if (contribution.state !== 'declared') return refused(CONTRIBUTION_OVER);
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const member = await findMembership(tx, contribution.membershipId);
  const payer = await findMembership(tx, contribution.payerId);
  invariant(member && payer, `contribution ${contribution.id} lost its people`);
  const by = actor.value.membership.id;
  // Whoever declared by mistake may take it back themself.
  if (by !== contribution.declaredBy) {
    const no = await whyNotWitness(tx, actor.value, {
      declaredBy: contribution.declaredBy,
      concerned: [member, payer],
    });
    if (no !== undefined) return refused(no);
  }
  await markContributionRefused(tx, contribution.id, asked.reason.trim());
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'cash.refused',
    actorId: by,
    subjectId: contribution.id,
    reason: asked.reason,
  });
  return accepted(undefined);
}
