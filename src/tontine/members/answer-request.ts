/**
 * Lets somebody in who asked, or does not.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-has-changed`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership, markMembership } from './membership.rows.ts';
import { MEMBER_ABSENT, MEMBER_HAS_CHANGED } from './membership.ts';

export interface AnswerRequest extends Entering {
  readonly membershipId: string;
  readonly answer: 'yes' | 'no';
  readonly reason?: string;
}

export async function answerRequest(tx: Tx, ground: Ground, asked: AnswerRequest): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'admit-member');
  if (!actor.ok) return actor;
  const membership = await findMembership(tx, asked.membershipId);
  if (membership?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  const state = asked.answer === 'yes' ? 'active' : 'declined';
  if (membership.state === state) return accepted(undefined);
  if (membership.state !== 'asked') return refused(MEMBER_HAS_CHANGED);
  await markMembership(tx, { id: membership.id, state, reason: asked.reason, at: ground.clock.now() });
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: asked.answer === 'yes' ? 'member.joined' : 'member.declined',
    actorId: actor.value.membership.id,
    subjectId: membership.id,
    reason: asked.reason,
  });
  if (state === 'active') await recordEvent(tx, ground, { name: 'member.joined', subjectId: membership.id });
  return accepted(undefined);
}
