/**
 * Invites a phone number by name: whoever signs in with it finds the invitation, and is a member once they say yes.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, every refusal of `parseDisplayName`,
 * `member-already`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import { parseDisplayName } from '../../people/person.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { ALREADY_IN_GROUP } from './invitation.ts';
import { findPlaceOf, insertMembership, listInvitedNumber } from './membership.rows.ts';

export interface InviteNumber extends Entering {
  /** E.164. */
  readonly phone: string;
  /** As typed: what the group calls them. */
  readonly name: unknown;
}

/** The id of the membership that waits for their answer. */
export async function inviteNumber(tx: Tx, ground: Ground, asked: InviteNumber): Promise<Answer<string>> {
  const actor = await enterGroup(tx, ground, asked, 'invite-member');
  if (!actor.ok) return actor;
  const name = parseDisplayName(asked.name);
  if (!name.ok) return name;
  const { groupId, phone } = asked;
  const person = await findPersonByPhone(tx, phone);
  const place = person && (await findPlaceOf(tx, { groupId, personId: person.id }));
  const invited = (await listInvitedNumber(tx, phone)).some((other) => other.groupId === groupId);
  if (place !== undefined || invited) return refused(ALREADY_IN_GROUP);
  const id = ground.ids.next('mem');
  const addedBy = actor.value.membership.id;
  const at = ground.clock.now();
  // Not bound to the person yet: whether the number has one is nobody's business but theirs.
  await insertMembership(tx, { id, groupId, phone, displayName: name.value, state: 'invited', addedBy, at });
  await writeJournal(tx, ground, { groupId, act: 'member.invited', actorId: addedBy, subjectId: id });
  return accepted(id);
}
