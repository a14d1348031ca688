/**
 * Opens the door of a group for one act: waits in line, finds who asks, and says whether their role allows it.
 *
 * Every act in a group begins here. The lock is taken first, so that whatever is read afterwards stays true until the
 * act has ended; a right that each act looked up by itself would sooner or later be forgotten by one.
 *
 * Refuses: `group-absent` (also to strangers), `member-suspended`, `group-role-missing`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { MEMBER_STATES } from '../members/membership.ts';
import { type GroupAct, mayDo, roleMissing } from '../members/permission.ts';
import { findActor } from './actor.rows.ts';
import { lockGroup } from './group.rows.ts';
import { type Actor, GROUP_ABSENT, MEMBER_SUSPENDED } from './group.ts';

export interface Entering {
  readonly groupId: string;
  readonly personId: string;
}

/** What a suspended member may still do: see, pay, and answer for their own money. */
const WHILE_SUSPENDED: readonly GroupAct[] = [
  'see-group',
  'contribute',
  'confirm-cash',
  'acknowledge-payout',
];

export async function enterGroup(
  tx: Tx,
  ground: Ground,
  who: Entering,
  act: GroupAct,
): Promise<Answer<Actor>> {
  await lockGroup(tx, who.groupId);
  return await lookIn(tx, ground, who, act);
}

/** The same for those who only read: nobody waits. */
export async function lookIn(
  reader: Reader,
  ground: Ground,
  who: Entering,
  act: GroupAct,
): Promise<Answer<Actor>> {
  const actor = await findActor(reader, who, ground.clock.now());
  if (actor === undefined) return refused(GROUP_ABSENT);
  const { membership, roles } = actor;
  if (!MEMBER_STATES.includes(membership.state)) return refused(GROUP_ABSENT);
  if (membership.state === 'suspended' && !WHILE_SUSPENDED.includes(act)) return refused(MEMBER_SUSPENDED);
  return mayDo(roles, act) ? accepted(actor) : refused(roleMissing(act));
}
