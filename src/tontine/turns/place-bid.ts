/**
 * Takes a member's bid for a pot, for one of their own shares.
 *
 * A bid binds: it is not withdrawn, and the server's clock says whether it was in time. The same form sent twice is one
 * bid.
 *
 * Refuses: `group-absent`, `member-suspended`, `auction-absent`, `auction-over`, `share-absent`, `request-changed`, the
 * refusals of `eligibility.ts`, `bid-outside-bounds`, `bid-too-low`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { type Auction, findAuction, insertBid, listBids, type PlacedBid } from './auction.rows.ts';
import { type AuctionRules, whyNotBid } from './auction.ts';
import { listStandings } from './eligible-shares.ts';

export interface PlaceBid extends Entering {
  readonly auctionId: string;
  /** Made when the form was drawn. */
  readonly bidId: string;
  readonly shareId: string;
  readonly amount: bigint;
}

export async function placeBid(tx: Tx, ground: Ground, asked: PlaceBid): Promise<Answer<PlacedBid>> {
  const actor = await enterGroup(tx, ground, asked, 'place-bid');
  if (!actor.ok) return actor;
  const { membership, group } = actor.value;
  const auction = await findAuction(tx, asked);
  if (auction === undefined) return refused(AUCTION_ABSENT);
  const bids = await listBids(tx, auction.id);
  const earlier = bids.find((bid) => bid.id === asked.bidId);
  if (earlier !== undefined) {
    const isOwn = earlier.membershipId === membership.id && earlier.shareId === asked.shareId;
    return isOwn && earlier.amount === asked.amount ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  const now = ground.clock.now();
  if (auction.state !== 'open' || now >= auction.closesAt) return refused(AUCTION_OVER);
  const standing = (await listStandings(tx, auction)).find(
    ({ share }) => share.id === asked.shareId && share.membershipId === membership.id,
  );
  if (standing === undefined) return refused(SHARE_ABSENT);
  if (standing.why !== undefined) return refused(standing.why);
  const rules = rulesOf(auction, group.currency);
  const why = whyNotBid(rules, bids, asked.shareId, asked.amount);
  if (why !== undefined) return refused(why);
  const bid: PlacedBid = {
    id: asked.bidId,
    auctionId: auction.id,
    shareId: asked.shareId,
    membershipId: membership.id,
    amount: asked.amount,
    at: now,
  };
  if (!(await insertBid(tx, asked.groupId, bid))) return refused(REQUEST_CHANGED);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'auction.bid',
    actorId: membership.id,
    subjectId: auction.id,
    facts: { share: bid.shareId, amount: String(bid.amount) },
  });
  return accepted(bid);
}

/** The terms as they were written down; the pot plays no part in what may be bid. */
function rulesOf(auction: Auction, currency: AuctionRules['currency']): AuctionRules {
  return {
    kind: auction.kind,
    bidding: 'open',
    currency,
    pot: auction.most,
    leastBid: auction.least,
    mostBid: auction.most,
    increment: auction.increment,
    commissionBasisPoints: auction.commissionBasisPoints,
  };
}

export const AUCTION_ABSENT = refusal(
  'auction-absent',
  'absent',
  'Cette enchère est introuvable.',
  'This auction cannot be found.',
);
export const AUCTION_OVER = refusal(
  'auction-over',
  'conflict',
  'Cette enchère est terminée.',
  'This auction is over.',
);
export const SHARE_ABSENT = refusal(
  'share-absent',
  'absent',
  'Cette part est introuvable parmi les vôtres.',
  'This share cannot be found among yours.',
);
