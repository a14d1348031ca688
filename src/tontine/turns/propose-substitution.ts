/**
 * Writes down that a member would hand one of their shares on to another, at the price that leaves both as if the
 * newcomer had been there from the start.
 *
 * The newcomer takes all rights and all debts of the share. Both must say yes, then the officers. For a share whose owner
 * died or was put out, the owner's yes is not asked: next of kin, or whoever the group finds, takes it over.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, `share-absent`,
 * `member-absent`, `substitution-same`, `substitution-standing`, `shares-sealed`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { findShare, type Share } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { listPotDuesOfShare } from '../rounds/due.rows.ts';
import { findPayoutOf } from '../rounds/payout.rows.ts';
import { listDraws } from './draw.rows.ts';
import { SHARES_SEALED } from './open-place.ts';
import { SHARE_ABSENT } from './place-bid.ts';
import {
  findOpenSubstitution,
  findSubstitution,
  insertSubstitution,
  type Substitution,
} from './substitution.rows.ts';
import { buyInOf } from './substitution.ts';

export interface ProposeSubstitution extends Entering {
  /** Made when the form was drawn. */
  readonly substitutionId: string;
  readonly shareId: string;
  /** The membership that takes the share over. */
  readonly toId: string;
}

export async function proposeSubstitution(
  tx: Tx,
  ground: Ground,
  asked: ProposeSubstitution,
): Promise<Answer<Substitution>> {
  const actor = await enterGroup(tx, ground, asked, 'propose-substitution');
  if (!actor.ok) return actor;
  const earlier = await findSubstitution(tx, asked);
  if (earlier !== undefined) {
    const isSame = earlier.shareId === asked.shareId && earlier.toId === asked.toId;
    return isSame ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  const now = ground.clock.now();
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const { cycle } = running.value;
  const share = await findShare(tx, asked.shareId);
  if (share?.cycleId !== cycle.id || share.state === 'withdrawn') return refused(SHARE_ABSENT);
  const owner = await findMembership(tx, share.membershipId);
  const newcomer = await findMembership(tx, asked.toId);
  if (newcomer?.groupId !== asked.groupId || newcomer.state !== 'active') return refused(MEMBER_ABSENT);
  if (newcomer.id === share.membershipId) return refused(SUBSTITUTION_SAME);
  if ((await findOpenSubstitution(tx, share.id)) !== undefined) return refused(SUBSTITUTION_STANDING);
  if ((await listDraws(tx, cycle.id)).some((draw) => draw.state === 'committed'))
    return refused(SHARES_SEALED);
  const isAsked = owner?.state === 'active' || owner?.state === 'suspended';
  const substitution: Substitution = {
    id: asked.substitutionId,
    groupId: asked.groupId,
    cycleId: cycle.id,
    shareId: share.id,
    fromId: share.membershipId,
    toId: newcomer.id,
    price: await priceOf(tx, share),
    requestedBy: actor.value.membership.id,
    requestedAt: now,
    consentFromAt: isAsked ? null : now,
    consentToAt: null,
    state: 'asked',
    endedAt: null,
  };
  if (!(await insertSubstitution(tx, substitution))) return refused(REQUEST_CHANGED);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'share.substitution-asked',
    actorId: substitution.requestedBy,
    subjectId: substitution.id,
    facts: { share: share.id, from: substitution.fromId, to: newcomer.id, price: String(substitution.price) },
  });
  return accepted(substitution);
}

/**
 * What the newcomer pays. A share that has had its pot is worth nothing to whoever takes over its debts, and what the
 * leaver would owe for that is theirs to settle: nobody can be made to pay a person who leaves.
 */
export async function priceOf(reader: Reader, share: Share): Promise<bigint> {
  const dues = await listPotDuesOfShare(reader, share.id);
  const payout = await findPayoutOf(reader, share.id);
  const buyIn = buyInOf({
    paid: dues.reduce((sum, due) => sum + due.met, 0n),
    received: payout === undefined ? 0n : payout.amount,
    guarantee: 0n,
  });
  return buyIn.payer === 'newcomer' ? buyIn.amount : 0n;
}

const SUBSTITUTION_SAME = refusal(
  'substitution-same',
  'invalid',
  'Cette personne est déjà titulaire de la part.',
  'This person owns the share already.',
);
const SUBSTITUTION_STANDING = refusal(
  'substitution-standing',
  'conflict',
  'Une substitution attend déjà pour cette part.',
  'A substitution already waits for this share.',
);
