/**
 * Takes back the word that notes left a box, before anybody has confirmed it: they are in the box as before.
 *
 * Whoever said it may, and whoever should have received them; where one of these cannot answer any more, whoever may bear
 * witness or hand over cash. A word that nobody could take back would keep notes promised for ever: to somebody who
 * died, or to nobody, when it was a slip.
 *
 * Refuses: `group-absent`, `handout-absent`, `handout-over`, `cash-not-concerned`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import type { Membership } from '../members/membership.ts';
import { mayDo } from '../members/permission.ts';
import { findHandout, type Handout, markHandoutWaiting } from './cash-box.rows.ts';
import { HANDOUT_ABSENT, HANDOUT_OVER, WITNESS_IS_NOT_CONCERNED } from './cash-handout.ts';
import { findHandover, type Handover, markHandoverEnded } from './cash-handover.rows.ts';
import { whyNotWitness } from './witness.ts';

export interface TakeBackNotes extends Entering {
  /** Of notes for a member, or for another box. */
  readonly noteId: string;
}

export async function takeBackNotes(tx: Tx, ground: Ground, asked: TakeBackNotes): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'confirm-cash');
  if (!actor.ok) return actor;
  const { groupId, noteId } = asked;
  const handout = await findHandout(tx, noteId);
  const handover = handout === undefined ? await findHandover(tx, noteId) : undefined;
  const note = handout ?? handover;
  if (note?.groupId !== groupId) return refused(HANDOUT_ABSENT);
  if (note.state === 'waiting' || note.state === 'refused') return accepted(undefined);
  if (note.state !== 'declared') return refused(HANDOUT_OVER);
  const no =
    handout === undefined
      ? await whyNotHandover(tx, actor.value, handover)
      : await whyNotHandout(tx, actor.value, handout);
  if (no !== undefined) return refused(no);
  const at = ground.clock.now();
  if (handout === undefined) await markHandoverEnded(tx, noteId, 'refused', at);
  else await markHandoutWaiting(tx, noteId);
  const actorId = actor.value.membership.id;
  const facts = { amount: String(note.amount) };
  await writeJournal(tx, ground, { groupId, act: 'cash.refused', actorId, subjectId: noteId, facts });
  return accepted(undefined);
}

async function whyNotHandout(tx: Tx, actor: Actor, handout: Handout): Promise<Refusal | undefined> {
  const { keeperId, membershipId } = handout;
  if (keeperId === null || actor.membership.id === keeperId) return undefined;
  const receiver = await findMembership(tx, membershipId);
  const concerned: readonly Membership[] = receiver === undefined ? [] : [receiver];
  return await whyNotWitness(tx, actor, { declaredBy: keeperId, concerned });
}

async function whyNotHandover(
  tx: Tx,
  { membership, roles }: Actor,
  handover: Handover | undefined,
): Promise<Refusal | undefined> {
  const between = [handover?.fromId ?? '', handover?.toId ?? ''];
  if (between.includes(membership.id)) return undefined;
  const both = await Promise.all(between.map(async (id) => await findMembership(tx, id)));
  const isStuck = both.some((one) => one?.state !== 'active');
  return isStuck && mayDo(roles, 'hand-over-cash') ? undefined : WITNESS_IS_NOT_CONCERNED;
}
