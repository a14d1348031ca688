/**
 * Takes a keeper's word that they handed notes over. Nothing moves before whoever received them says so too.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `handout-absent`, `handout-over`,
 * `cash-box-short`, `cash-same-person` (a keeper does not hand over to themself unseen).
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellMembers } from '../members/tell-members.ts';
import { freeInBox } from './box.ts';
import { findHandout, insertBox, markHandoutDeclared } from './cash-box.rows.ts';
import { BOX_SHORT, factsOfHandout, HANDOUT_ABSENT, HANDOUT_OVER } from './cash-handout.ts';

export interface HandOverCash extends Entering {
  readonly handoutId: string;
}

export async function handOverCash(tx: Tx, ground: Ground, asked: HandOverCash): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'hand-over-cash');
  if (!actor.ok) return actor;
  const handout = await findHandout(tx, asked.handoutId);
  if (handout?.groupId !== asked.groupId) return refused(HANDOUT_ABSENT);
  const keeper = actor.value.membership;
  if (handout.state === 'declared' && handout.keeperId === keeper.id) return accepted(undefined);
  if (handout.state !== 'waiting') return refused(HANDOUT_OVER);
  const { groupId, currency, amount } = handout;
  invariant(keeper.personId !== null, `${keeper.id} keeps a box and is nobody`);
  const box = { groupId, keeperId: keeper.id, personId: keeper.personId, currency };
  if ((await freeInBox(tx, box)) < amount) return refused(BOX_SHORT);
  const now = ground.clock.now();
  await insertBox(tx, groupId, keeper.id, now);
  await markHandoutDeclared(tx, handout.id, keeper.id, now);
  const facts = factsOfHandout(handout);
  await writeJournal(tx, ground, {
    groupId,
    act: 'cash.declared',
    actorId: keeper.id,
    subjectId: handout.id,
    facts,
  });
  const told = {
    groupId,
    to: [handout.membershipId],
    kind: 'cash.to-confirm',
    subjectId: handout.id,
  } as const;
  await tellMembers(tx, ground, { ...told, facts: { amount: String(amount) } });
  return accepted(undefined);
}
