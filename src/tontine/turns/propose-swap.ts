/**
 * Asks the owner of another share to exchange turns; asking is one's own consent.
 *
 * Nothing changes before both owners and an officer who is neither of them have said yes, and it lapses by itself.
 *
 * Refuses: `group-absent`, `member-suspended`, `share-absent`, `swap-standing`, `swap-undecided`, `request-changed`, and the
 * refusals of `swap.ts`.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findShare, type Share } from '../cycles/share.rows.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findPayoutOf } from '../rounds/payout.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { roundOfPlace } from '../rounds/round.ts';
import { SHARE_ABSENT } from './place-bid.ts';
import { findSwap, insertSwap, listSwaps, type Swap } from './swap.rows.ts';
import { type Turn, whyNotSwap } from './swap.ts';

/** Long enough for both owners and an officer to answer before the next round. */
const SWAP_LIFE_MS = 7 * DAY_MS;

export interface ProposeSwap extends Entering {
  /** Made when the form was drawn. */
  readonly swapId: string;
  /** One's own share. */
  readonly ownShareId: string;
  readonly otherShareId: string;
}

export async function proposeSwap(tx: Tx, ground: Ground, asked: ProposeSwap): Promise<Answer<Swap>> {
  const actor = await enterGroup(tx, ground, asked, 'propose-swap');
  if (!actor.ok) return actor;
  const { membership } = actor.value;
  const earlier = await findSwap(tx, asked);
  if (earlier !== undefined) {
    const isSame = earlier.shareA === asked.ownShareId && earlier.shareB === asked.otherShareId;
    return isSame && earlier.requestedBy === membership.id ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  const own = await findShare(tx, asked.ownShareId);
  const other = await findShare(tx, asked.otherShareId);
  if (own?.membershipId !== membership.id || other === undefined) return refused(SHARE_ABSENT);
  if (other.cycleId !== own.cycleId) return refused(SHARE_ABSENT);
  const turns = await turnsToSwap(tx, own, other);
  if (!turns.ok) return turns;
  const why = whyNotSwap(...turns.value);
  if (why !== undefined) return refused(why);
  const now = ground.clock.now();
  const standing = (await listSwaps(tx, own.cycleId)).filter(
    (swap) => swap.state === 'asked' && swap.expiresAt > now,
  );
  const shares = [own.id, other.id];
  if (standing.some((swap) => shares.includes(swap.shareA) || shares.includes(swap.shareB))) {
    return refused(SWAP_STANDING);
  }
  const swap: Swap = {
    id: asked.swapId,
    groupId: asked.groupId,
    cycleId: own.cycleId,
    shareA: own.id,
    shareB: other.id,
    requestedBy: membership.id,
    requestedAt: now,
    expiresAt: after(now, SWAP_LIFE_MS),
    consentAAt: now,
    consentBAt: other.membershipId === membership.id ? now : null,
    state: 'asked',
    endedAt: null,
  };
  if (!(await insertSwap(tx, swap))) return refused(REQUEST_CHANGED);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'turn.swap-asked',
    actorId: membership.id,
    subjectId: swap.id,
    facts: { share: own.id, with: other.id },
  });
  return accepted(swap);
}

/** The turns of two shares of one cycle, as the rule of swaps sees them. Refuses: `swap-undecided`. */
export async function turnsToSwap(reader: Reader, one: Share, other: Share): Promise<Answer<[Turn, Turn]>> {
  const turns = await listTurns(reader, one.cycleId);
  const rounds = await listRounds(reader, one.cycleId);
  const turnOf = async (share: Share): Promise<Turn | undefined> => {
    const turn = turns.find((each) => each.shareId === share.id);
    const round = turn && roundOfPlace(rounds, turn.place);
    if (turn === undefined || round === undefined) return undefined;
    // A turn that was bought or voted has a price and a reason that are its owner's own.
    const own = turn.decidedBy === 'auction' || turn.decidedBy === 'vote';
    const asked = (await findPayoutOf(reader, share.id)) !== undefined;
    return {
      shareId: share.id,
      memberId: share.membershipId,
      round: round.number,
      served: share.servedAt !== null || share.state !== 'active',
      decided: own || asked,
    };
  };
  const [left, right] = [await turnOf(one), await turnOf(other)];
  return left === undefined || right === undefined ? refused(SWAP_UNDECIDED) : accepted([left, right]);
}

const SWAP_UNDECIDED = refusal(
  'swap-undecided',
  'conflict',
  'Ces tours ne sont pas encore fixés : il n’y a rien à échanger.',
  'These turns are not fixed yet: there is nothing to swap.',
);
const SWAP_STANDING = refusal(
  'swap-standing',
  'conflict',
  'Une de ces parts a déjà un échange en attente.',
  'One of these shares already has a swap that waits.',
);
