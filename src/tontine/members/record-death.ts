/**
 * Writes down that a member died, with who says so; their offices end, their shares and debts stay as they are.
 *
 * Nothing is decided here about money: a share that has not had its pot goes to the next of kin or to somebody else
 * (`propose-substitution.ts`), or leaves the cycle and is refunded to them (`request-exit.ts`); one that has had it is
 * handed on, or covered like any other default. Payouts to the dead go in notes, to be witnessed. Help from the
 * solidarity fund is asked for apart. A refund that went to a dead person's phone would be anybody's.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `member-has-changed`,
 * `reason-missing`, and the refusals of `parseDisplayName` for the next of kin.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { parseDisplayName } from '../../people/person.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership, markMembership, markNextOfKin } from './membership.rows.ts';
import {
  hasReason,
  MEMBER_ABSENT,
  MEMBER_HAS_CHANGED,
  MEMBER_STATES,
  type Membership,
  REASON_MISSING,
} from './membership.ts';
import { markRolesEnded } from './membership-role.rows.ts';

export interface RecordDeath extends Entering {
  readonly membershipId: string;
  /** Who reported it, and which paper was shown. */
  readonly reason: string;
  /** Who answers for the dead, where they had named nobody themselves. */
  readonly nextOfKin?: { readonly name: unknown; readonly phone: string | undefined } | undefined;
}

export async function recordDeath(tx: Tx, ground: Ground, asked: RecordDeath): Promise<Answer<Membership>> {
  const actor = await enterGroup(tx, ground, asked, 'record-death');
  if (!actor.ok) return actor;
  const dead = await findMembership(tx, asked.membershipId);
  if (dead?.groupId !== asked.groupId) return refused(MEMBER_ABSENT);
  if (dead.state === 'deceased') return accepted(dead);
  if (!MEMBER_STATES.includes(dead.state) || dead.id === actor.value.membership.id)
    return refused(MEMBER_HAS_CHANGED);
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  if (dead.nextOfKinName === null && asked.nextOfKin !== undefined) {
    const name = parseDisplayName(asked.nextOfKin.name);
    if (!name.ok) return name;
    await markNextOfKin(tx, dead.id, { name: name.value, phone: asked.nextOfKin.phone });
  }
  const at = ground.clock.now();
  const by = actor.value.membership.id;
  await markRolesEnded(tx, { membershipId: dead.id, by, at });
  await markMembership(tx, { id: dead.id, state: 'deceased', reason: asked.reason.trim(), at });
  const { groupId, id: subjectId } = dead;
  await writeJournal(tx, ground, {
    groupId,
    act: 'member.died',
    actorId: by,
    subjectId,
    reason: asked.reason,
  });
  await recordEvent(tx, ground, { name: 'member.left', subjectId, facts: { how: 'died' } });
  const written = await findMembership(tx, dead.id);
  invariant(written !== undefined, `membership ${dead.id} disappeared`);
  return accepted(written);
}
