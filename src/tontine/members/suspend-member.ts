/**
 * Suspends a member, or ends their suspension: meanwhile they may only see, pay and answer for their own money.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-has-changed`,
 * `reason-missing`, `member-oneself`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership, markMembership } from './membership.rows.ts';
import { hasReason, MEMBER_ABSENT, MEMBER_HAS_CHANGED, REASON_MISSING } from './membership.ts';

export interface SuspendMember extends Entering {
  readonly membershipId: string;
  readonly to: 'suspended' | 'active';
  readonly reason: string;
}

export async function suspendMember(tx: Tx, ground: Ground, asked: SuspendMember): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'suspend-member');
  if (!actor.ok) return actor;
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const membership = await findMembership(tx, asked.membershipId);
  if (membership?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  if (membership.id === actor.value.membership.id) return refused(MEMBER_ONESELF);
  if (membership.state === asked.to) return accepted(undefined);
  if (membership.state !== 'active' && membership.state !== 'suspended') return refused(MEMBER_HAS_CHANGED);
  const { to: state, reason } = asked;
  await markMembership(tx, { id: membership.id, state, reason, at: ground.clock.now() });
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: state === 'suspended' ? 'member.suspended' : 'member.restored',
    actorId: actor.value.membership.id,
    subjectId: membership.id,
    reason,
  });
  return accepted(undefined);
}

export const MEMBER_ONESELF = refusal(
  'member-oneself',
  'denied',
  'Vous ne pouvez pas décider cela pour vous-même.',
  'You cannot decide this about yourself.',
);
