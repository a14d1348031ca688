/**
 * Lets two turns change places, once both owners agreed and an officer who is neither of them says yes.
 *
 * Everything is looked at again, because a pot may have been asked for meanwhile. In a group whose only officers are the
 * two owners, any other active member may say it.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `swap-absent`, `swap-over`, `swap-own`,
 * `swap-consent-missing`, and the refusals of `swap.ts`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { findShare } from '../cycles/share.rows.ts';
import { markTurnsSwapped } from '../cycles/turn.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listOffices } from '../members/membership-role.rows.ts';
import { mayDo, roleMissing } from '../members/permission.ts';
import { tellMembers } from '../members/tell-members.ts';
import { SWAP_ABSENT, SWAP_OVER } from './consent-swap.ts';
import { turnsToSwap } from './propose-swap.ts';
import { findSwap, markSwapEnded, type Swap } from './swap.rows.ts';
import { whyNotSwap } from './swap.ts';

export interface ApproveSwap extends Entering {
  readonly swapId: string;
}

export async function approveSwap(tx: Tx, ground: Ground, asked: ApproveSwap): Promise<Answer<Swap>> {
  const actor = await enterGroup(tx, ground, asked, 'consent-swap');
  if (!actor.ok) return actor;
  const { membership, roles } = actor.value;
  const swap = await findSwap(tx, asked);
  if (swap === undefined) return refused(SWAP_ABSENT);
  if (swap.state === 'done') return accepted(swap);
  const at = ground.clock.now();
  if (swap.state !== 'asked' || swap.expiresAt <= at) return refused(SWAP_OVER);
  const one = await findShare(tx, swap.shareA);
  const other = await findShare(tx, swap.shareB);
  invariant(one !== undefined && other !== undefined, `swap ${swap.id} lost its shares`);
  const owners = [one.membershipId, other.membershipId];
  if (owners.includes(membership.id)) return refused(SWAP_OWN);
  const others = (await listOffices(tx, asked.groupId)).filter((held) => !owners.includes(held.membershipId));
  const isAsked = others.some((held) => mayDo([held.role], 'approve-swap'))
    ? mayDo(roles, 'approve-swap')
    : true;
  if (!isAsked) return refused(roleMissing('approve-swap'));
  if (swap.consentAAt === null || swap.consentBAt === null) return refused(SWAP_CONSENT_MISSING);
  const turns = await turnsToSwap(tx, one, other);
  if (!turns.ok) return turns;
  const why = whyNotSwap(...turns.value);
  if (why !== undefined) return refused(why);
  await markTurnsSwapped(tx, swap.cycleId, one.id, other.id);
  await markSwapEnded(tx, swap.id, 'done', at);
  const facts = { share: one.id, with: other.id };
  await writeJournal(tx, ground, {
    groupId: swap.groupId,
    act: 'turn.swapped',
    actorId: membership.id,
    subjectId: swap.id,
    facts,
  });
  await tellMembers(tx, ground, {
    groupId: swap.groupId,
    to: owners,
    kind: 'turn.changed',
    subjectId: swap.id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'turn.swapped', subjectId: swap.id, facts });
  return accepted({ ...swap, state: 'done', endedAt: at });
}

const SWAP_OWN = refusal(
  'swap-own',
  'denied',
  'Vous êtes titulaire d’un de ces tours : une autre personne du bureau doit valider l’échange.',
  'You own one of these turns: another officer must approve the swap.',
);
const SWAP_CONSENT_MISSING = refusal(
  'swap-consent-missing',
  'conflict',
  'Les deux titulaires doivent d’abord donner leur accord.',
  'Both owners must agree first.',
);
