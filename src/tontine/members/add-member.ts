/**
 * Adds a member who has no phone: the officers declare their notes, and pay them in notes.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, every refusal of `parseDisplayName`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { parseDisplayName } from '../../people/person.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { insertMembership } from './membership.rows.ts';

/** The id of the new membership. */
export async function addMember(
  tx: Tx,
  ground: Ground,
  asked: Entering & { readonly name: unknown },
): Promise<Answer<string>> {
  const actor = await enterGroup(tx, ground, asked, 'admit-member');
  if (!actor.ok) return actor;
  const name = parseDisplayName(asked.name);
  if (!name.ok) return name;
  const id = ground.ids.next('mem');
  const { groupId } = asked;
  const addedBy = actor.value.membership.id;
  const at = ground.clock.now();
  await insertMembership(tx, { id, groupId, displayName: name.value, state: 'active', addedBy, at });
  await writeJournal(tx, ground, { groupId, act: 'member.added', actorId: addedBy, subjectId: id });
  await recordEvent(tx, ground, { name: 'member.joined', subjectId: id });
  return accepted(id);
}
