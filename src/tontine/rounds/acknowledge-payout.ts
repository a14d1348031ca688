/**
 * Takes the beneficiary's own yes: the pot has come.
 *
 * Refuses: `group-absent`, `payout-absent` (none, or somebody else's), `payout-not-paid`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findPayout, markPayoutAcknowledged } from './payout.rows.ts';
import { PAYOUT_ABSENT } from './payout.ts';

export async function acknowledgePayout(
  tx: Tx,
  ground: Ground,
  asked: Entering & { readonly payoutId: string },
): Promise<Answer<void>> {
  const actor = await enterGroup(tx, ground, asked, 'acknowledge-payout');
  if (!actor.ok) return actor;
  const payout = await findPayout(tx, asked.payoutId);
  const by = actor.value.membership.id;
  if (payout?.groupId !== asked.groupId || payout.membershipId !== by) return refused(PAYOUT_ABSENT);
  if (payout.state === 'acknowledged') return accepted(undefined);
  if (payout.state !== 'paid') return refused(PAYOUT_NOT_PAID);
  await markPayoutAcknowledged(tx, payout.id, by, ground.clock.now());
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'payout.acknowledged',
    actorId: by,
    subjectId: payout.id,
  });
  await recordEvent(tx, ground, { name: 'payout.acknowledged', subjectId: payout.id });
  return accepted(undefined);
}

const PAYOUT_NOT_PAID = refusal(
  'payout-not-paid',
  'conflict',
  'Cette cagnotte n’est pas encore remise en entier.',
  'This pot has not been handed out in full yet.',
);
