/**
 * Lets a member answer for somebody else's share: should it stop paying after its pot, they pay in its stead.
 *
 * Only oneself can sign, and nobody is let go of it before the cycle is over: a guarantee that can be taken back is none.
 *
 * Refuses: `group-absent`, `member-suspended`, `cycle-not-running`, `share-absent`, `guarantor-own-share`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { findShare } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { SHARE_ABSENT } from '../turns/place-bid.ts';
import { insertGuarantor, listGuarantors } from './guarantor.rows.ts';

export interface StandGuarantor extends Entering {
  readonly shareId: string;
}

export async function standGuarantor(tx: Tx, ground: Ground, asked: StandGuarantor): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'stand-guarantor');
  if (!actor.ok) return actor;
  const { membership } = actor.value;
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const share = await findShare(tx, asked.shareId);
  if (share?.cycleId !== running.value.cycle.id || share.state !== 'active') return refused(SHARE_ABSENT);
  if (share.membershipId === membership.id) return refused(GUARANTOR_OWN);
  const { groupId, cycleId, id: shareId } = share;
  const signed = await listGuarantors(tx, shareId);
  if (signed.some((one) => one.membershipId === membership.id)) return accepted(undefined);
  await insertGuarantor(tx, {
    groupId,
    cycleId,
    shareId,
    membershipId: membership.id,
    agreedAt: ground.clock.now(),
  });
  await writeJournal(tx, ground, {
    groupId,
    act: 'guarantor.signed',
    actorId: membership.id,
    subjectId: shareId,
    facts: { for: share.membershipId },
  });
  return accepted(undefined);
}

const GUARANTOR_OWN = refusal(
  'guarantor-own-share',
  'invalid',
  'Nul ne se porte garant de sa propre part.',
  'Nobody answers for their own share.',
);
