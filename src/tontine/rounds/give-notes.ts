/**
 * Takes a keeper's word that notes of their box went to another keeper. Nothing moves before that one says so too.
 *
 * Whoever has lost the office gives what is left in their box as well. For a keeper who died, left or is suspended another
 * one says it, and a third one must have received: notes that only a person who is gone could give would lie in the books
 * for ever, and the cycle could not end.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `keeper-can-answer`,
 * `contribution-amount`, `cash-same-person`, `cash-box-short`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT, type Membership } from '../members/membership.ts';
import { findRolesOf } from '../members/membership-role.rows.ts';
import { mayDo, roleMissing } from '../members/permission.ts';
import { tellMembers } from '../members/tell-members.ts';
import { freeInBox } from './box.ts';
import { insertBox } from './cash-box.rows.ts';
import { BOX_SHORT, WITNESS_IS_DECLARER } from './cash-handout.ts';
import { findHandover, insertHandover } from './cash-handover.rows.ts';
import { AMOUNT_NOT_POSITIVE } from './contribution.ts';

export interface GiveNotes extends Entering {
  /** Made when the form was drawn. */
  readonly handoverId: string;
  /** The membership whose box they were in; one's own when absent. */
  readonly fromId?: string | undefined;
  /** The membership of the keeper who receives. */
  readonly toId: string;
  readonly amount: bigint;
}

export async function giveNotes(tx: Tx, ground: Ground, asked: GiveNotes): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'give-notes');
  if (!actor.ok) return actor;
  const { membership: by, group } = actor.value;
  const { groupId, handoverId: id, toId, amount, fromId = by.id } = asked;
  const earlier = await findHandover(tx, id);
  if (earlier !== undefined) {
    const same =
      earlier.groupId === groupId &&
      earlier.fromId === fromId &&
      earlier.toId === toId &&
      earlier.amount === amount;
    return same ? accepted(undefined) : refused(REQUEST_CHANGED);
  }
  if (amount <= 0n) return refused(AMOUNT_NOT_POSITIVE);
  const giver = await whoGives(tx, actor.value, fromId);
  if (!giver.ok) return giver;
  if (toId === fromId || (fromId !== by.id && toId === by.id)) return refused(WITNESS_IS_DECLARER);
  const receiver = await findMembership(tx, toId);
  if (receiver?.groupId !== groupId || receiver.state !== 'active') return refused(MEMBER_ABSENT);
  // Nobody would ever say that they have them.
  if (receiver.personId === null) return refused(MEMBER_ABSENT);
  if (!mayDo(await findRolesOf(tx, toId), 'hand-over-cash')) return refused(roleMissing('hand-over-cash'));
  const { currency } = group;
  const { personId } = giver.value;
  // Whoever has no phone keeps no box.
  const box = { groupId, keeperId: fromId, personId: personId ?? '', currency };
  if (personId === null || (await freeInBox(tx, box)) < amount) return refused(BOX_SHORT);
  const now = ground.clock.now();
  await insertBox(tx, groupId, fromId, now);
  await insertBox(tx, groupId, toId, now);
  await insertHandover(tx, { id, groupId, fromId, toId, currency, amount }, now);
  const facts = { amount: String(amount), from: fromId, to: toId };
  await writeJournal(tx, ground, { groupId, act: 'cash.declared', actorId: by.id, subjectId: id, facts });
  await tellMembers(tx, ground, { groupId, to: [toId], kind: 'cash.to-confirm', subjectId: id, facts });
  return accepted(undefined);
}

/** Oneself; or a keeper who cannot say it any more, for another one. */
async function whoGives(
  tx: Tx,
  { membership: by, roles }: Actor,
  fromId: string,
): Promise<Answer<Membership>> {
  if (fromId === by.id) return accepted(by);
  if (!mayDo(roles, 'hand-over-cash')) return refused(roleMissing('hand-over-cash'));
  const giver = await findMembership(tx, fromId);
  if (giver?.groupId !== by.groupId) return refused(MEMBER_ABSENT);
  return giver.state === 'active' ? refused(KEEPER_CAN_ANSWER) : accepted(giver);
}

const KEEPER_CAN_ANSWER = refusal(
  'keeper-can-answer',
  'denied',
  'Ce membre est là : il remet lui-même les espèces de sa caisse.',
  'This member is there: they give the notes of their box themselves.',
);
