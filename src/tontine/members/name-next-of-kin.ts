/**
 * Writes down who answers for a member after their death: their own choice, or the officers' for whoever has no phone.
 *
 * Refuses: `group-absent`, `group-role-missing`, `member-absent`, every refusal of `parseDisplayName`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { parseDisplayName } from '../../people/person.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { findMembership, markNextOfKin } from './membership.rows.ts';
import { MEMBER_ABSENT } from './membership.ts';
import { isOfficer, roleMissing } from './permission.ts';

export interface NameNextOfKin extends Entering {
  readonly membershipId: string;
  /** As typed. */
  readonly name: unknown;
  /** E.164. */
  readonly phone?: string;
}

export async function nameNextOfKin(tx: Tx, ground: Ground, asked: NameNextOfKin): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'name-next-of-kin');
  if (!actor.ok) return actor;
  const name = parseDisplayName(asked.name);
  if (!name.ok) return name;
  const membership = await findMembership(tx, asked.membershipId);
  if (membership?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  const own = membership.id === actor.value.membership.id;
  if (!own && (membership.personId !== null || !isOfficer(actor.value.roles)))
    return refused(roleMissing('name-next-of-kin'));
  await markNextOfKin(tx, membership.id, { name: name.value, phone: asked.phone });
  return accepted(undefined);
}
