/**
 * Opens the sale of one pot, with the by-law's bounds and an hour at which the server's clock ends it.
 *
 * The terms are written down before the first bid and never change. The last pot of a cycle is not sold: it goes to the
 * share that is left, for nothing.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `auction-time`,
 * `auction-no-room`, `request-changed`, and the refusals of `open-place.ts`.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { listShares } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellGroup } from '../members/tell-members.ts';
import { dividendsOf } from '../rounds/dividends.ts';
import { listDuesOfRound } from '../rounds/due.rows.ts';
import { type Auction, findAuction, insertAuction } from './auction.rows.ts';
import { auctionTerms } from './auction-terms.ts';
import { findLastTurn, giveLastTurn } from './give-last-turn.ts';
import { findPlaceToDecide, type OpenPlace } from './open-place.ts';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 7 * 24 * 60;

export interface OpenAuction extends Entering {
  /** Made when the form was drawn. */
  readonly auctionId: string;
  readonly cycleId: string;
  readonly roundId: string;
  readonly minutes: number;
}

/** The sale, or the share to which the last pot went without one. */
export type OpenedAuction =
  | { readonly kind: 'opened'; readonly auction: Auction }
  | { readonly kind: 'last'; readonly shareId: string };

export async function openAuction(
  tx: Tx,
  ground: Ground,
  asked: OpenAuction,
): Promise<Answer<OpenedAuction>> {
  const actor = await enterGroup(tx, ground, asked, 'open-auction');
  if (!actor.ok) return actor;
  const earlier = await findAuction(tx, asked);
  if (earlier !== undefined) return accepted({ kind: 'opened', auction: earlier });
  const { minutes } = asked;
  if (!Number.isInteger(minutes) || minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES) {
    return refused(AUCTION_TIME);
  }
  const given = await findLastTurn(tx, asked.cycleId, asked.auctionId);
  if (given !== undefined) return accepted({ kind: 'last', shareId: given });
  const orders = ['auction-discount', 'auction-premium'] as const;
  const open = await findPlaceToDecide(tx, { ...asked, orders });
  if (!open.ok) return open;
  const { cycle, round, places, pot } = open.value;
  const by = actor.value.membership.id;
  const last = await giveLastTurn(tx, ground, open.value, { by, formId: asked.auctionId });
  if (last !== undefined) return accepted({ kind: 'last', shareId: last });
  const kind = cycle.orderKind === 'auction-discount' ? 'discount' : 'premium';
  const terms = auctionTerms(actor.value.rules, {
    kind,
    currency: cycle.currency,
    pot,
    ...(await payableOf(tx, open.value)),
  });
  if (terms.leastBid > terms.mostBid) return refused(AUCTION_NO_ROOM);
  const now = ground.clock.now();
  const auction: Auction = {
    id: asked.auctionId,
    groupId: asked.groupId,
    cycleId: cycle.id,
    roundId: round.id,
    place: places[0],
    kind,
    least: terms.leastBid,
    most: terms.mostBid,
    increment: terms.increment,
    commissionBasisPoints: terms.commissionBasisPoints,
    closesAt: after(now, minutes * MINUTE_MS),
    state: 'open',
    openedBy: by,
    openedAt: now,
    awardedBid: null,
    endedAt: null,
  };
  if (!(await insertAuction(tx, auction))) return refused(REQUEST_CHANGED);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'auction.opened',
    actorId: by,
    subjectId: auction.id,
    facts: { round: String(round.number), least: String(auction.least), most: String(auction.most) },
  });
  await tellGroup(tx, ground, { groupId: auction.groupId, kind: 'auction.opened', subjectId: auction.id });
  return accepted({ kind: 'opened', auction });
}

/** How many shares pay for the round, and the least that one of them pays: before it opens, what its sales leave. */
async function payableOf(
  tx: Tx,
  { round, cycle }: OpenPlace,
): Promise<{ readonly shares: number; readonly leastDue: bigint }> {
  const dues = (await listDuesOfRound(tx, round.id, 'pot')).filter((due) => due.forgiven === 0n);
  const paying = (await listShares(tx, cycle.id)).filter((share) => share.state !== 'withdrawn').length;
  const shares = dues.length === 0 ? paying : dues.length;
  const lowered =
    dues.length === 0 ? await dividendsOf(tx, cycle, round, paying) : dues.map((due) => due.lowered);
  const most = lowered.reduce((sum, one) => (one > sum ? one : sum), 0n);
  return { shares, leastDue: cycle.contribution - most };
}

const AUCTION_TIME = refusal(
  'auction-time',
  'invalid',
  'Une enchère dure entre 5 minutes et 7 jours.',
  'An auction lasts between 5 minutes and 7 days.',
);
const AUCTION_NO_ROOM = refusal(
  'auction-no-room',
  'conflict',
  'Les cotisations de ce tour sont déjà trop réduites pour une autre vente.',
  'The contributions of this round are already lowered too far for another sale.',
);
