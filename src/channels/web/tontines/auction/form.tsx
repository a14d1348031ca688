/**
 * Opens the sale of the next turn that is nobody's: its terms, the bids, the award.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { Round } from '../../../../tontine/rounds/round.ts';
import {
  type Auction,
  listAuctions,
  listBids,
  type PlacedBid,
} from '../../../../tontine/turns/auction.rows.ts';
import { outcomeOf } from '../../../../tontine/turns/auction.ts';
import { auctionTerms } from '../../../../tontine/turns/auction-terms.ts';
import { awardAuction } from '../../../../tontine/turns/award-auction.ts';
import { listStandings } from '../../../../tontine/turns/eligible-shares.ts';
import { openAuction } from '../../../../tontine/turns/open-auction.ts';
import { placeBid } from '../../../../tontine/turns/place-bid.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf, potOf } from '../group-view.ts';
import {
  absent,
  act,
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { readMinutes, USUAL_MINUTES } from '../typed-minutes.ts';
import { undecidedRound } from '../undecided-round.ts';
import { AuctionPage, type AuctionPageProps } from './page.tsx';

type FieldName = 'amount' | 'minutes' | 'pin' | 'form';

interface Typed {
  readonly amount?: string | undefined;
  readonly minutes?: string | undefined;
  readonly look?: string | undefined;
}

export function registerAuction(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineAuction(':id'), {
    show: async (visit) => await showAuction(visit, {}, undefined),
    act: takeAct,
  });
}

/** The newest sale, and the round that it is, or the next one would be, about. */
interface Sale {
  readonly books: GroupBooks;
  readonly auction: Auction | undefined;
  readonly bids: readonly PlacedBid[];
  readonly round: Round;
}

async function saleOf({ door, who }: Visit): Promise<Sale | undefined> {
  const books = await readBooks(door.db, who.groupId);
  const { cycle } = books;
  if (cycle?.state !== 'running') return undefined;
  const [newest] = (await listAuctions(door.db, cycle.id)).toSorted(
    (left, right) => Number(right.openedAt) - Number(left.openedAt),
  );
  const next = undecidedRound(books);
  // A sale that is over is shown until the next pot can be sold.
  const isLatest =
    newest !== undefined && (newest.state === 'open' || next === undefined || newest.roundId === next.id);
  const auction = isLatest ? newest : undefined;
  const round = books.rounds.find((one) => one.id === auction?.roundId) ?? next;
  if (round === undefined) return undefined;
  return { books, auction, bids: auction === undefined ? [] : await listBids(door.db, auction.id), round };
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['act', 'form_id', 'amount', 'minutes', 'look', 'pin']);
  const { door, who, actor } = visit;
  const sale = await saleOf(visit);
  if (sale?.books.cycle === undefined) return await absent(visit);
  const here = paths.tontineAuction(who.groupId);
  const text = wordsOf(visit).auction.done;
  const refuse = async (no: Refusal) => await showAuction(visit, fields, { field: fieldOf(no), no });
  if (fields.act === 'open') {
    const auctionId = fields.form_id;
    if (!isId('auc', auctionId)) return await refuse(FORM_TOO_OLD);
    const minutes = readMinutes(fields.minutes);
    const asked = { ...who, auctionId, cycleId: sale.books.cycle.id, roundId: sale.round.id, minutes };
    const opened = await act(visit, async (tx) => await openAuction(tx, door.ground, asked));
    return opened.ok ? await done(visit, text, here) : await refuse(opened.refusal);
  }
  if (sale.auction === undefined) return await absent(visit);
  const auctionId = sale.auction.id;
  if (fields.act === 'award') {
    const awarded = await act(
      visit,
      async (tx) => await awardAuction(tx, door.ground, { ...who, auctionId }),
    );
    return awarded.ok ? await done(visit, text, here) : await refuse(awarded.refusal);
  }
  const amount = parseAmount(fields.amount, actor.group.currency);
  if (!amount.ok) return await refuse(amount.refusal);
  if (fields.look !== undefined) return await showAuction(visit, fields, undefined);
  const bidId = fields.form_id?.replace(/^auc_/, 'bid_');
  if (!isId('bid', bidId)) return await refuse(FORM_TOO_OLD);
  const { shareId } = await ownShare(visit, sale);
  const asked = { ...who, auctionId, bidId, shareId: shareId ?? '', amount: amount.value.amount };
  const placed = await actWithPin(visit, fields.pin, async (tx) => await placeBid(tx, door.ground, asked));
  return placed.ok ? await done(visit, text, here) : await refuse(placed.refusal);
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'auction-time') return 'minutes';
  if (no.code.startsWith('bid-')) return 'amount';
  const usual = usualField(no);
  return usual === 'reason' ? 'form' : usual;
}

/** One of my shares that may still bid; otherwise why none may. */
async function ownShare(
  visit: Visit,
  { books }: Sale,
): Promise<{ readonly shareId?: string; readonly why?: string }> {
  const { door, actor, request, who } = visit;
  const { locale } = request.visitor;
  const standings = await listStandings(door.db, { groupId: who.groupId, cycleId: books.cycle?.id ?? '' });
  const own = standings.filter(({ share }) => share.membershipId === actor.membership.id);
  const free = own.find(({ why }) => why === undefined);
  if (free !== undefined) return { shareId: free.share.id };
  return { why: own[0]?.why?.[locale] ?? wordsOf(visit).auction.noShare };
}

async function showAuction(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const sale = await saleOf(visit);
  if (sale === undefined) return await reply.redirect(paths.tontine(actor.group.id), 302);
  const { auction, round, books } = sale;
  const { why } = await ownShare(visit, sale);
  const { currency } = actor.group;
  const page = (
    <AuctionPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('auc')}
      round={round.number}
      kind={books.cycle?.orderKind === 'auction-premium' ? 'premium' : 'discount'}
      face={auction?.state ?? 'none'}
      pot={potOf(books) ?? money(0n, currency)}
      {...termsOf(visit, sale)}
      amount={typed.amount ?? ''}
      minutes={typed.minutes ?? USUAL_MINUTES}
      hasPin={person.hasPin}
      {...given({
        ...standingBids(visit, sale),
        deadline: auction?.closesAt,
        barredBecause: why,
        look: lookOf(sale, typed),
        winner: winnerOf(sale),
        next: nextOf(visit, sale),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

function rulesOf({ books, auction }: Sale) {
  const { cycle } = books;
  const pot = potOf(books)?.amount ?? 0n;
  const kind = cycle?.orderKind === 'auction-premium' ? 'premium' : 'discount';
  return {
    kind,
    bidding: 'open',
    currency: cycle?.currency ?? 'XOF',
    pot,
    leastBid: auction?.least ?? 0n,
    mostBid: auction?.most ?? 0n,
    increment: auction?.increment ?? 1n,
    commissionBasisPoints: auction?.commissionBasisPoints ?? 0,
  } as const;
}

function termsOf({ actor }: Visit, sale: Sale): Pick<AuctionPageProps, 'least' | 'most' | 'step'> {
  const { currency } = actor.group;
  const { books, auction } = sale;
  const rules = rulesOf(sale);
  const shares = sharesOf(sale);
  const terms =
    auction === undefined
      ? auctionTerms(actor.rules, { ...rules, shares, leastDue: books.cycle?.contribution ?? 0n })
      : rules;
  return {
    least: money(terms.leastBid, currency),
    most: money(terms.mostBid, currency),
    step: money(terms.increment, currency),
  };
}

function sharesOf({ books }: Sale): number {
  return Math.max(books.shares.filter((share) => share.state !== 'withdrawn').length, 1);
}

function standingBids({ actor }: Visit, { bids }: Sale) {
  const { currency } = actor.group;
  const highest = (own: readonly PlacedBid[]) =>
    own.length === 0
      ? undefined
      : money(
          own.reduce((most, bid) => (bid.amount > most ? bid.amount : most), 0n),
          currency,
        );
  return {
    best: highest(bids),
    mine: highest(bids.filter((bid) => bid.membershipId === actor.membership.id)),
  };
}

/** What a price would bring the winner and everybody else. */
function outcome(sale: Sale, price: bigint): { readonly receives: bigint; readonly others: bigint } {
  const { received, toFund, dividends } = outcomeOf(rulesOf(sale), price, sharesOf(sale));
  return { receives: received, others: rulesOf(sale).kind === 'premium' ? toFund : (dividends.at(-1) ?? 0n) };
}

function lookOf(sale: Sale, typed: Typed): AuctionPageProps['look'] {
  const { currency, mostBid } = rulesOf(sale);
  const amount = parseAmount(typed.amount, currency);
  if (!amount.ok || amount.value.amount > mostBid) return undefined;
  const { receives, others } = outcome(sale, amount.value.amount);
  return { receives: money(receives, currency), others: money(others, currency) };
}

function winnerOf(sale: Sale): AuctionPageProps['winner'] {
  const { auction, bids, books } = sale;
  const won = bids.find((bid) => bid.id === auction?.awardedBid);
  if (won === undefined) return undefined;
  const { currency } = rulesOf(sale);
  const { receives, others } = outcome(sale, won.amount);
  return {
    name: nameOf(books, won.membershipId),
    bid: money(won.amount, currency),
    receives: money(receives, currency),
    others: money(others, currency),
  };
}

function nextOf(visit: Visit, { auction }: Sale): AuctionPageProps['next'] {
  if (auction?.state === 'open') {
    return visit.now >= auction.closesAt && may(visit, 'award-auction') ? 'award' : undefined;
  }
  return auction?.state !== 'awarded' && may(visit, 'open-auction') ? 'open' : undefined;
}
