/**
 * Takes the word of the keeper who received notes from another one, yes or no: with a yes they are in the other box.
 *
 * Refuses: `group-absent`, `handout-absent` (none, or for somebody else), `handout-over`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { HANDOUT_ABSENT, HANDOUT_OVER } from './cash-handout.ts';
import { findHandover, markHandoverEnded } from './cash-handover.rows.ts';
import { boxAccount } from './funds.ts';
import { movesOf } from './moves.ts';
import { postMoves } from './post-moves.ts';

export interface TakeNotes extends Entering {
  readonly handoverId: string;
  readonly answer: 'yes' | 'no';
}

export async function takeNotes(tx: Tx, ground: Ground, asked: TakeNotes): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'confirm-cash');
  if (!actor.ok) return actor;
  const handover = await findHandover(tx, asked.handoverId);
  const own = actor.value.membership;
  if (handover?.groupId !== asked.groupId || handover.toId !== own.id) return refused(HANDOUT_ABSENT);
  const state = asked.answer === 'yes' ? 'confirmed' : 'refused';
  if (handover.state === state) return accepted(undefined);
  if (handover.state !== 'declared') return refused(HANDOUT_OVER);
  await markHandoverEnded(tx, handover.id, state, ground.clock.now());
  const { groupId, id, amount, currency } = handover;
  const facts = { amount: String(amount), from: handover.fromId };
  const act = asked.answer === 'yes' ? 'cash.handed-over' : 'cash.refused';
  await writeJournal(tx, ground, { groupId, act, actorId: own.id, subjectId: id, facts });
  if (asked.answer === 'no') return accepted(undefined);
  const giver = await findMembership(tx, handover.fromId);
  invariant(giver?.personId && own.personId, `notes ${id} go from nobody to nobody`);
  const from = boxAccount(groupId, giver.personId, currency);
  const to = boxAccount(groupId, own.personId, currency);
  // A box grows on its debit side: the one that receives is debited.
  const transfers = movesOf(ground, 'tontine.handed-over', id, [
    { row: id, role: 'notes', from: to, to: from, amount },
  ]);
  const posted = await postMoves(tx, ground, transfers);
  return posted.ok ? accepted(undefined) : posted;
}
