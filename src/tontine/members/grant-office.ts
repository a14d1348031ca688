/**
 * Gives a member an office, or takes it back; a new president takes over from the old one in the same moment.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-presides` (the office of
 * the president is handed over, not given up).
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { MEMBER_PRESIDES } from './leave.ts';
import { findMembership } from './membership.rows.ts';
import { MEMBER_ABSENT } from './membership.ts';
import { insertRole, listOffices, markRolesEnded, type Office } from './membership-role.rows.ts';

export interface GrantOffice extends Entering {
  readonly membershipId: string;
  readonly office: Office;
  readonly to: 'hold' | 'end';
  readonly reason?: string;
}

/** Of these there is one at a time. */
const SINGLE: readonly Office[] = ['president', 'vice-president'];

export async function grantOffice(tx: Tx, ground: Ground, asked: GrantOffice): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'grant-role');
  if (!actor.ok) return actor;
  const { groupId, office: role } = asked;
  const membership = await findMembership(tx, asked.membershipId);
  if (membership?.groupId !== groupId || membership.state !== 'active') return refused(MEMBER_ABSENT);
  const held = (await listOffices(tx, groupId)).filter((one) => one.role === role);
  const holds = held.some((one) => one.membershipId === membership.id);
  if (holds === (asked.to === 'hold')) return accepted(undefined);
  if (asked.to === 'end' && role === 'president') return refused(MEMBER_PRESIDES);
  const at = ground.clock.now();
  const by = actor.value.membership.id;
  const leaving =
    asked.to === 'end' ? [membership.id] : SINGLE.includes(role) ? held.map((one) => one.membershipId) : [];
  for (const membershipId of leaving) await markRolesEnded(tx, { membershipId, role, by, at });
  if (asked.to === 'hold') await insertRole(tx, { groupId, membershipId: membership.id, role, by, at });
  await writeJournal(tx, ground, {
    groupId,
    act: asked.to === 'hold' ? 'role.granted' : 'role.ended',
    actorId: by,
    subjectId: membership.id,
    reason: asked.reason,
    facts: { role },
  });
  return accepted(undefined);
}
