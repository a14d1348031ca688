/**
 * Takes the word of whoever received notes, or of a second officer where they have no phone: now the box is lighter.
 *
 * Refuses: `group-absent`, `handout-absent`, `handout-over`, `cash-same-person`, `cash-not-concerned`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findExit } from '../members/exit.rows.ts';
import { findMembership } from '../members/membership.rows.ts';
import { findHandout, type Handout, markHandoutConfirmed } from './cash-box.rows.ts';
import { factsOfHandout, HANDOUT_ABSENT, HANDOUT_OVER } from './cash-handout.ts';
import { followHandout, HANDOUT_JOURNALS } from './follow-handout.ts';
import { boxAccount } from './funds.ts';
import { movesOf } from './moves.ts';
import { recordPaid } from './pay-part.ts';
import { findPayout, markPayoutAcknowledged } from './payout.rows.ts';
import { postMoves } from './post-moves.ts';
import { settlePayouts } from './settle-payouts.ts';
import { whyNotWitness } from './witness.ts';

export interface ConfirmHandover extends Entering {
  readonly handoutId: string;
}

export async function confirmHandover(tx: Tx, ground: Ground, asked: ConfirmHandover): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'confirm-cash');
  if (!actor.ok) return actor;
  const handout = await findHandout(tx, asked.handoutId);
  if (handout?.groupId !== asked.groupId) return refused(HANDOUT_ABSENT);
  if (handout.state === 'confirmed') return accepted(undefined);
  if (handout.state !== 'declared' || handout.keeperId === null) return refused(HANDOUT_OVER);
  const keeper = await findMembership(tx, handout.keeperId);
  const receiver = await findMembership(tx, handout.membershipId);
  invariant(receiver && keeper?.personId, `handing over ${handout.id} lost its people`);
  const no = await whyNotWitness(tx, actor.value, { declaredBy: keeper.id, concerned: [receiver] });
  if (no !== undefined) return refused(no);
  const by = actor.value.membership.id;
  await markHandoutConfirmed(tx, handout.id, by, ground.clock.now());
  const { groupId, id: subjectId, amount } = handout;
  const facts = factsOfHandout(handout);
  await writeJournal(tx, ground, { groupId, act: 'cash.handed-over', actorId: by, subjectId, facts });
  const to = boxAccount(groupId, keeper.personId, handout.currency);
  const kind = HANDOUT_JOURNALS[handout.purpose];
  await followHandout(tx, ground, handout);
  const reference = handout.purpose === 'payout' ? handout.subjectId : handout.id;
  const move = { row: handout.id, role: 'notes', from: handout.accountId, to, amount };
  const transfers = movesOf(ground, kind, reference, [move]);
  const following = await whatFollows(tx, ground, handout, by);
  const posted = await postMoves(tx, ground, [...transfers, ...following]);
  return posted.ok ? accepted(undefined) : posted;
}

/** One handing over at a time: what is left of a pot or of a refund is asked for when the last one has arrived. */
async function whatFollows(tx: Tx, ground: Ground, handout: Handout, by: string): Promise<Transfer[]> {
  if (handout.purpose === 'payout') return await followPayout(tx, ground, handout, by);
  if (handout.purpose !== 'refund') return [];
  const exit = await findExit(tx, handout.subjectId);
  invariant(exit !== undefined, `handing over ${handout.id} is for no exit`);
  return await settlePayouts(tx, ground, await cycleWithRules(tx, exit.cycleId, ground.clock.now()));
}

/** The pot's own row; the receiver's word on the last notes is their word on the whole pot. */
async function followPayout(tx: Tx, ground: Ground, handout: Handout, by: string): Promise<Transfer[]> {
  const payout = await findPayout(tx, handout.subjectId);
  invariant(payout !== undefined, `handing over ${handout.id} is for no payout`);
  const { amount } = handout;
  const paid = {
    ...payout,
    cashWaiting: payout.cashWaiting - amount,
    cashPaid: payout.cashPaid + amount,
  };
  const now = ground.clock.now();
  await recordPaid(tx, ground, paid, amount);
  const after = await findPayout(tx, payout.id);
  if (after?.state === 'paid') await markPayoutAcknowledged(tx, payout.id, by, now);
  return await settlePayouts(tx, ground, await cycleWithRules(tx, payout.cycleId, now));
}
