/**
 * Ends an auction: the highest bid of a share that may still take the pot has the turn, and bears what it offered.
 *
 * The price is written on the turn, where the payout takes it from the pot: a discount lowers what everybody pays for
 * this round in the same transaction, a premium goes to the common fund together with the payout. Whoever had paid the
 * full contribution already gets the difference back as credit. Without a valid bid the auction is void, and lots can
 * be drawn (`commit-draw.ts`).
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `auction-absent`, `auction-running`,
 * `auction-pot-short`, and the refusals of `open-place.ts`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { insertTurns } from '../cycles/turn.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { type Auction, findAuction, listBids, markAuctionEnded, type PlacedBid } from './auction.rows.ts';
import { type AuctionOutcome, outcomeOf } from './auction.ts';
import { listStandings } from './eligible-shares.ts';
import { listLowerable, lowerDues } from './lower-dues.ts';
import { findOpenPlace, type OpenPlace } from './open-place.ts';
import { AUCTION_ABSENT } from './place-bid.ts';

export interface AwardAuction extends Entering {
  readonly auctionId: string;
}

/** How an auction ended; nothing in `won` when it is void. */
export interface Award {
  readonly auction: Auction;
  readonly won: PlacedBid | undefined;
}

export async function awardAuction(tx: Tx, ground: Ground, asked: AwardAuction): Promise<Answer<Award>> {
  const actor = await enterGroup(tx, ground, asked, 'award-auction');
  if (!actor.ok) return actor;
  const auction = await findAuction(tx, asked);
  if (auction === undefined) return refused(AUCTION_ABSENT);
  const bids = await listBids(tx, auction.id);
  if (auction.state !== 'open') {
    return accepted({ auction, won: bids.find((bid) => bid.id === auction.awardedBid) });
  }
  const now = ground.clock.now();
  if (now < auction.closesAt) return refused(AUCTION_RUNNING);
  const by = actor.value.membership.id;
  const standings = await listStandings(tx, auction);
  const may = new Set(standings.flatMap(({ share, why }) => (why === undefined ? [share.id] : [])));
  const [won] = bids.filter((bid) => may.has(bid.shareId)).toSorted(highestFirst);
  if (won === undefined) return accepted(await endVoid(tx, ground, auction, by));
  const orders = ['auction-discount', 'auction-premium'] as const;
  const open = await findOpenPlace(tx, { ...auction, orders });
  if (!open.ok) return open;
  await giveTurn(tx, ground, { auction, won, open: open.value, by });
  const { cycle, round } = open.value;
  const dues = await listLowerable(tx, round.id);
  // A round that has not opened asks for less from the start.
  const dividends = dues.length === 0 ? [] : outcomeFor(auction, won, open.value, dues.length).dividends;
  const lowered = await lowerDues(tx, ground, { cycle, auctionId: auction.id, dues, dividends });
  if (!lowered.ok) return lowered;
  const posted = await postMoves(tx, ground, lowered.value);
  if (!posted.ok) return posted;
  return accepted({ auction: { ...auction, state: 'awarded', awardedBid: won.id, endedAt: now }, won });
}

/** Every bid but the first had to exceed the one before, so no two are equal. */
function highestFirst(left: PlacedBid, right: PlacedBid): number {
  return left.amount > right.amount ? -1 : left.amount < right.amount ? 1 : 0;
}

interface Giving {
  readonly auction: Auction;
  readonly won: PlacedBid;
  readonly open: OpenPlace;
  readonly by: string;
}

async function giveTurn(tx: Tx, ground: Ground, { auction, won, open, by }: Giving): Promise<void> {
  const at = ground.clock.now();
  invariant(open.places.includes(auction.place), `auction ${auction.id} sold a pot that was given`);
  const { toFund } = outcomeFor(auction, won, open, 1);
  await insertTurns(tx, [
    {
      cycleId: auction.cycleId,
      shareId: won.shareId,
      place: auction.place,
      decidedBy: 'auction',
      decisionId: auction.id,
      ...(auction.kind === 'discount' ? { discount: won.amount, commission: toFund } : { premium: toFund }),
      at,
    },
  ]);
  await markAuctionEnded(tx, auction.id, { awardedBid: won.id, at });
  const facts = { share: won.shareId, price: String(won.amount), kind: auction.kind };
  await writeJournal(tx, ground, {
    groupId: auction.groupId,
    act: 'auction.awarded',
    actorId: by,
    subjectId: auction.id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'auction.awarded', subjectId: auction.id, facts });
}

function outcomeFor(auction: Auction, won: PlacedBid, open: OpenPlace, shares: number): AuctionOutcome {
  const rules = {
    kind: auction.kind,
    bidding: 'open',
    currency: open.cycle.currency,
    pot: open.pot,
    leastBid: auction.least,
    mostBid: auction.most,
    increment: auction.increment,
    commissionBasisPoints: auction.commissionBasisPoints,
  } as const;
  return outcomeOf(rules, won.amount, shares);
}

async function endVoid(tx: Tx, ground: Ground, auction: Auction, by: string): Promise<Award> {
  const at = ground.clock.now();
  await markAuctionEnded(tx, auction.id, { awardedBid: null, at });
  await writeJournal(tx, ground, {
    groupId: auction.groupId,
    act: 'auction.voided',
    actorId: by,
    subjectId: auction.id,
  });
  return { auction: { ...auction, state: 'void', endedAt: at }, won: undefined };
}

const AUCTION_RUNNING = refusal(
  'auction-running',
  'unavailable',
  'L’enchère n’est pas terminée : les membres peuvent encore offrir.',
  'The auction is not over: members may still bid.',
);
