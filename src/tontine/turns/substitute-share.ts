/**
 * Gives a share its new owner in the moment of the last agreement, and lets the newcomer pay the leaver for it.
 *
 * The price is worked out again, because rounds may have come. It goes from wallet to wallet; where one of the two has no
 * phone they settle it between them, and the journal says so. It posts nothing; it hands back the transfers.
 *
 * Refuses: `substitution-over`, `shares-sealed`, `member-absent`, `substitution-pot-asked`, `substitution-price-changed`,
 * `wallet-short`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { findShare, markShareOwner } from '../cycles/share.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT } from '../members/membership.ts';
import { tellMembers } from '../members/tell-members.ts';
import { applyCredits } from '../rounds/apply-credits.ts';
import { WALLET_SHORT } from '../rounds/contribution.ts';
import { markDuesOwner } from '../rounds/due.rows.ts';
import { walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { findPayoutOf } from '../rounds/payout.rows.ts';
import { SUBSTITUTION_OVER } from './consent-substitution.ts';
import { isDrawSealed } from './draw.rows.ts';
import { lapseAgreements } from './lapse-agreements.ts';
import { SHARES_SEALED } from './open-place.ts';
import { priceOf } from './propose-substitution.ts';
import { findSubstitution, markSubstitutionEnded, type Substitution } from './substitution.rows.ts';

export async function substituteShare(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const asked = { groupId: request.groupId, substitutionId: request.subjectId };
  const substitution = await findSubstitution(tx, asked);
  const share = substitution && (await findShare(tx, substitution.shareId));
  const isTheirs = share?.membershipId === substitution?.fromId;
  // Its owner may have left with what it had paid: whoever pays for it now would pay for nothing.
  if (substitution?.state !== 'asked' || share === undefined || !isTheirs || share.state === 'withdrawn')
    return refused(SUBSTITUTION_OVER);
  if (await isDrawSealed(tx, share.cycleId)) return refused(SHARES_SEALED);
  if ((await findMembership(tx, substitution.toId))?.state !== 'active') return refused(MEMBER_ABSENT);
  const payout = await findPayoutOf(tx, share.id);
  // A pot on its way belongs to whoever it was proposed for.
  if (payout !== undefined && payout.paidAt === null) return refused(SUBSTITUTION_POT_ASKED);
  if ((await priceOf(tx, share)) !== substitution.price) return refused(SUBSTITUTION_PRICE);
  const { cycle, funds, rules } = await cycleWithRules(tx, substitution.cycleId, ground.clock.now());
  const price = await payPrice(tx, ground, substitution, cycle.currency);
  if (!price.ok) return price;
  await markShareOwner(tx, share.id, substitution.toId);
  await markDuesOwner(tx, share.id, substitution.toId);
  await markSubstitutionEnded(tx, substitution.id, 'done', ground.clock.now());
  await lapseAgreements(tx, ground, share);
  await tell(tx, ground, substitution, price.value.length > 0);
  const order = rules.allocationOrder;
  const credits = await applyCredits(tx, ground, { funds, order, membershipIds: [substitution.toId] });
  return accepted([...price.value, ...credits]);
}

async function payPrice(
  tx: Tx,
  ground: Ground,
  substitution: Substitution,
  currency: Parameters<typeof walletOf>[1],
): Promise<Answer<Transfer[]>> {
  const { id, price, fromId, toId } = substitution;
  const leaver = await findMembership(tx, fromId);
  const newcomer = await findMembership(tx, toId);
  invariant(leaver !== undefined && newcomer !== undefined, `substitution ${id} lost its people`);
  const reachable = leaver.personId !== null && leaver.state !== 'deceased';
  if (price === 0n || !reachable || leaver.personId === null || newcomer.personId === null)
    return accepted([]);
  const from = walletOf(newcomer.personId, currency);
  if (((await readBalance(tx, from))?.available ?? 0n) < price) return refused(WALLET_SHORT);
  const to = walletOf(leaver.personId, currency);
  return accepted(
    movesOf(ground, 'tontine.share-sold', id, [{ row: id, role: 'price', from, to, amount: price }]),
  );
}

async function tell(tx: Tx, ground: Ground, substitution: Substitution, isPaid: boolean): Promise<void> {
  const { groupId, id: subjectId, shareId, fromId, toId, price } = substitution;
  const facts = {
    share: shareId,
    from: fromId,
    to: toId,
    price: String(price),
    settled: isPaid || price === 0n ? 'wallet' : 'between-them',
  };
  await writeJournal(tx, ground, { groupId, act: 'share.substituted', subjectId, facts });
  await tellMembers(tx, ground, { groupId, to: [fromId, toId], kind: 'turn.changed', subjectId, facts });
  await recordEvent(tx, ground, { name: 'share.substituted', subjectId, facts });
}

const SUBSTITUTION_POT_ASKED = refusal(
  'substitution-pot-asked',
  'conflict',
  'La cagnotte de cette part est en cours de remise : attendez qu’elle soit versée.',
  'The pot of this share is being handed out: wait until it is paid.',
);
const SUBSTITUTION_PRICE = refusal(
  'substitution-price-changed',
  'conflict',
  'La part a payé depuis : son prix a changé. Refaites la demande.',
  'The share has paid since: its price has changed. Ask anew.',
);
