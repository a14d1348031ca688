/**
 * Takes a keeper's word that they gave notes of their box to another keeper. Nothing moves before that one says so too.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `contribution-amount`,
 * `cash-same-person`, `cash-box-short`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { findRolesOf } from '../members/membership-role.rows.ts';
import { mayDo, roleMissing } from '../members/permission.ts';
import { freeInBox } from './box.ts';
import { insertBox } from './cash-box.rows.ts';
import { BOX_SHORT, WITNESS_IS_DECLARER } from './cash-handout.ts';
import { findHandover, insertHandover } from './cash-handover.rows.ts';
import { AMOUNT_NOT_POSITIVE } from './contribution.ts';

export interface GiveNotes extends Entering {
  /** Made when the form was drawn. */
  readonly handoverId: string;
  /** The membership of the keeper who receives. */
  readonly toId: string;
  readonly amount: bigint;
}

export async function giveNotes(tx: Tx, ground: Ground, asked: GiveNotes): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'hand-over-cash');
  if (!actor.ok) return actor;
  const { membership: giver, group } = actor.value;
  const { groupId, handoverId: id, toId, amount } = asked;
  const earlier = await findHandover(tx, id);
  if (earlier !== undefined) {
    const same = earlier.fromId === giver.id && earlier.toId === toId && earlier.amount === amount;
    return same ? accepted(undefined) : refused(REQUEST_CHANGED);
  }
  if (amount <= 0n) return refused(AMOUNT_NOT_POSITIVE);
  if (toId === giver.id) return refused(WITNESS_IS_DECLARER);
  const receiver = await findMembership(tx, toId);
  if (receiver?.groupId !== groupId || receiver.state !== 'active') return refused(MEMBER_ABSENT);
  if (!mayDo(await findRolesOf(tx, toId), 'hand-over-cash')) return refused(roleMissing('hand-over-cash'));
  const { currency } = group;
  invariant(giver.personId !== null, `${giver.id} keeps a box and is nobody`);
  const box = { groupId, keeperId: giver.id, personId: giver.personId, currency };
  if ((await freeInBox(tx, box)) < amount) return refused(BOX_SHORT);
  const now = ground.clock.now();
  await insertBox(tx, groupId, giver.id, now);
  await insertBox(tx, groupId, toId, now);
  await insertHandover(tx, { id, groupId, fromId: giver.id, toId, currency, amount }, now);
  const facts = { amount: String(amount), to: toId };
  await writeJournal(tx, ground, { groupId, act: 'cash.declared', actorId: giver.id, subjectId: id, facts });
  return accepted(undefined);
}
