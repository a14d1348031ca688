/**
 * Keeps sales of turns, and what was offered for them, in the tables `auctions` and `bids`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { AuctionKind } from './auction.ts';

export type AuctionState =
  | 'open' // bids are taken until it closes
  | 'awarded' // the highest bid has the turn
  | 'void'; // nobody bid

interface AuctionTable {
  id: string;
  group_id: string;
  cycle_id: string;
  round_id: string;
  place: number;
  kind: AuctionKind;
  reserve: bigint;
  least: bigint;
  most: bigint;
  increment: bigint;
  commission_bp: number;
  closes_at: Date;
  state: AuctionState;
  opened_by: string | null;
  opened_at: Date;
  awarded_bid: string | null;
  ended_at: Date | null;
}

interface BidTable {
  id: string;
  auction_id: string;
  group_id: string;
  share_id: string;
  membership_id: string;
  amount: bigint;
  at: Date;
  withdrawn_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    auctions: AuctionTable;
    bids: BidTable;
  }
}

export interface Auction {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string;
  /** Which pot of the cycle is sold. */
  readonly place: number;
  readonly kind: AuctionKind;
  readonly least: bigint;
  readonly most: bigint;
  readonly increment: bigint;
  readonly commissionBasisPoints: number;
  readonly closesAt: Date;
  readonly state: AuctionState;
  readonly openedBy: string | null;
  readonly openedAt: Date;
  readonly awardedBid: string | null;
  readonly endedAt: Date | null;
}

export interface PlacedBid {
  readonly id: string;
  readonly auctionId: string;
  readonly shareId: string;
  readonly membershipId: string;
  readonly amount: bigint;
  readonly at: Date;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'place',
  'kind',
  'least',
  'most',
  'increment',
  'commission_bp as commissionBasisPoints',
  'closes_at as closesAt',
  'state',
  'opened_by as openedBy',
  'opened_at as openedAt',
  'awarded_bid as awardedBid',
  'ended_at as endedAt',
] as const;

/** False when the id was used for something else. */
export async function insertAuction(tx: Tx, auction: Auction): Promise<boolean> {
  const inserted = await tx
    .insertInto('auctions')
    .values({
      id: auction.id,
      group_id: auction.groupId,
      cycle_id: auction.cycleId,
      round_id: auction.roundId,
      place: auction.place,
      kind: auction.kind,
      reserve: auction.least,
      least: auction.least,
      most: auction.most,
      increment: auction.increment,
      commission_bp: auction.commissionBasisPoints,
      closes_at: auction.closesAt,
      state: auction.state,
      opened_by: auction.openedBy,
      opened_at: auction.openedAt,
      awarded_bid: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findAuction(
  reader: Reader,
  at: { readonly groupId: string; readonly auctionId: string },
): Promise<Auction | undefined> {
  return await reader
    .selectFrom('auctions')
    .select(COLUMNS)
    .where('id', '=', at.auctionId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

/** Auctions of a cycle, newest first. */
export async function listAuctions(reader: Reader, cycleId: string): Promise<Auction[]> {
  return await reader
    .selectFrom('auctions')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id', 'desc')
    .execute();
}

export async function markAuctionEnded(
  tx: Tx,
  auctionId: string,
  end: { readonly awardedBid: string | null; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('auctions')
    .set({
      state: end.awardedBid === null ? 'void' : 'awarded',
      awarded_bid: end.awardedBid,
      ended_at: end.at,
    })
    .where('id', '=', auctionId)
    .execute();
}

/** False when the id was used for something else. */
export async function insertBid(tx: Tx, groupId: string, bid: PlacedBid): Promise<boolean> {
  const inserted = await tx
    .insertInto('bids')
    .values({
      id: bid.id,
      auction_id: bid.auctionId,
      group_id: groupId,
      share_id: bid.shareId,
      membership_id: bid.membershipId,
      amount: bid.amount,
      at: bid.at,
      withdrawn_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Bids of an auction, in the order in which they came. */
export async function listBids(reader: Reader, auctionId: string): Promise<PlacedBid[]> {
  return await reader
    .selectFrom('bids')
    .select([
      'id',
      'auction_id as auctionId',
      'share_id as shareId',
      'membership_id as membershipId',
      'amount',
      'at',
    ])
    .where('auction_id', '=', auctionId)
    .where('withdrawn_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
