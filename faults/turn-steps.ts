/**
 * Lets savers sell pots, bid for them, draw lots, exchange turns and hand shares on, rightly and wrongly.
 */
import { listShares, type Share } from '../src/tontine/cycles/share.rows.ts';
import { listTurns } from '../src/tontine/cycles/turn.rows.ts';
import { payContribution } from '../src/tontine/rounds/pay-contribution.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { placesOf, type Round } from '../src/tontine/rounds/round.ts';
import { addEntropy } from '../src/tontine/turns/add-entropy.ts';
import { type Auction, listAuctions, listBids } from '../src/tontine/turns/auction.rows.ts';
import { awardAuction } from '../src/tontine/turns/award-auction.ts';
import { commitDraw } from '../src/tontine/turns/commit-draw.ts';
import { listDraws } from '../src/tontine/turns/draw.rows.ts';
import { openAuction } from '../src/tontine/turns/open-auction.ts';
import { placeBid } from '../src/tontine/turns/place-bid.ts';
import { revealDraw } from '../src/tontine/turns/reveal-draw.ts';
import { happens, maybeOneOf, oneOf, weighed } from './dice.ts';
import { EXCHANGE_STEPS } from './exchange-steps.ts';
import { letPass } from './run-on.ts';
import { as, outcomeOf, owedBy, saver, send, townOf } from './tontine-acts.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

/** Of each round, whether all of its pots are somebody's. */
export async function listUndecided(world: World): Promise<Round[]> {
  const { cycleId } = townOf(world);
  const rounds = await listRounds(world.db, cycleId);
  const given = new Set((await listTurns(world.db, cycleId)).map((turn) => turn.place));
  return rounds.filter((round) => placesOf(rounds, round.number).some((place) => !given.has(place)));
}

/** The next pot that is nobody's, sometimes another one, also one that was given. */
async function someRound(world: World): Promise<Round | undefined> {
  const [next] = await listUndecided(world);
  if (next !== undefined && happens(world.chance, 70)) return next;
  return maybeOneOf(world.chance, await listRounds(world.db, townOf(world).cycleId));
}

export async function sale(world: World): Promise<void> {
  const { chance, clock } = world;
  const auctions = await listAuctions(world.db, townOf(world).cycleId);
  const auction =
    maybeOneOf(
      chance,
      auctions.filter((one) => one.state === 'open'),
    ) ?? maybeOneOf(chance, auctions);
  const isOver = auction !== undefined && auction.closesAt <= clock.now();
  const isOpen = auction?.state === 'open';
  const what = weighed(chance, {
    offer: isOpen ? 1 : 10,
    bid: isOpen && !isOver ? 10 : 1,
    award: isOpen && isOver ? 12 : 1,
  });
  if (what === 'offer' || auction === undefined) return await offer(world);
  if (what === 'bid') return await bidAgainstEachOther(world, auction);
  // Who has paid the whole due before the award gets a part of it back as credit.
  for (const place of [0, 1, 2]) if (happens(chance, 40)) await payOwed(world, saver(world, place));
  await award(world, saver(world, chance.below(3)), auction);
}

/** Arrears do not bid: whoever wants to pays first. */
async function payOwed(world: World, who: Saver): Promise<void> {
  const amount = await owedBy(world, who);
  if (amount === 0n) return;
  const form = { ...as(world, who), contributionId: world.ground.ids.next('ctr'), amount };
  world.story.push(`${who.name} pays ${amount}`);
  await send(world, 'payContribution', async (tx) => await payContribution(tx, world.ground, form));
}

/** Too short and too long once in a while, and sometimes twice. */
async function offer(world: World): Promise<void> {
  const { chance } = world;
  const round = await someRound(world);
  if (round === undefined) return;
  const isWrong = happens(chance, 8);
  const minutes = oneOf(chance, isWrong ? [4, 0, 10_081, 30.5] : [5, 30, 60, 600]);
  const opened = await offerPot(world, saver(world, chance.below(3)), round, minutes);
  if (opened?.ok !== true || opened.value.kind === 'last') return;
  if (isWrong) world.surprises.push(`an auction of ${minutes} minutes was opened`);
  if (happens(chance, 70)) return await bidAgainstEachOther(world, opened.value.auction);
  const again = await offerPot(world, saver(world, 0), round, 30);
  if (again?.ok === true) world.surprises.push(`the pot of round ${round.number} was offered twice`);
}

export async function offerPot(world: World, officer: Saver, round: Round, minutes: number) {
  const { ground } = world;
  const auctionId = ground.ids.next('auc');
  const form = {
    ...as(world, officer),
    auctionId,
    cycleId: townOf(world).cycleId,
    roundId: round.id,
    minutes,
  };
  world.story.push(`${officer.name} offers a pot of round ${round.number} for ${minutes} minutes`);
  return await send(world, 'openAuction', async (tx) => await openAuction(tx, ground, form));
}

/** At the very second of the end as well, and below, above and beside what may be bid. */
export async function bidAgainstEachOther(world: World, auction: Auction): Promise<void> {
  const { chance, clock } = world;
  const left_ms = auction.closesAt.getTime() - clock.now().getTime();
  if (left_ms > 0 && happens(chance, 12)) await letPass(world, left_ms);
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const bidder = saver(world, chance.below(3));
    if (happens(chance, 60)) await payOwed(world, bidder);
    const shares = await listShares(world.db, townOf(world).cycleId);
    const own = shares.filter((share) => share.membershipId === bidder.membershipId);
    const share = (happens(chance, 12) ? undefined : maybeOneOf(chance, own)) ?? oneOf(chance, shares);
    const { least, most, increment } = auction;
    const bids = await listBids(world.db, auction.id);
    const highest = bids.reduce((sum, bid) => (bid.amount > sum ? bid.amount : sum), least);
    const next = highest + increment;
    const amount = oneOf(chance, [
      least,
      next,
      next,
      next + 7n,
      next - 1n,
      (next + most) / 2n,
      most,
      most + 1n,
    ]);
    await bid(world, bidder, auction, share, amount);
  }
}

export async function bid(
  world: World,
  bidder: Saver,
  auction: Auction,
  share: Share,
  amount: bigint,
): Promise<string> {
  const { ground, chance, clock } = world;
  const bidId = ground.ids.next('bid');
  const form = { ...as(world, bidder), auctionId: auction.id, bidId, shareId: share.id, amount };
  world.story.push(`${bidder.name} bids ${amount} for share ${share.number}`);
  const answer = await send(world, 'placeBid', async (tx) => await placeBid(tx, ground, form));
  const isTheirs = share.membershipId === bidder.membershipId;
  if (answer?.ok === true && !isTheirs) world.surprises.push(`${bidder.name} bid for a share of another`);
  if (answer?.ok === true && clock.now() >= auction.closesAt)
    world.surprises.push(`${bidder.name} bid after the end of ${auction.id}`);
  if (happens(chance, 10)) {
    const other = { ...form, amount: amount + 1n };
    const changed = await send(world, 'placeBid', async (tx) => await placeBid(tx, ground, other));
    if (answer?.ok === true && changed?.ok === true)
      world.surprises.push(`the form of ${bidId} was taken with another amount`);
  }
  return outcomeOf(answer);
}

export async function award(
  world: World,
  officer: Saver,
  { id, closesAt }: Pick<Auction, 'id' | 'closesAt'>,
): Promise<string> {
  const { ground } = world;
  const form = { ...as(world, officer), auctionId: id };
  world.story.push(`${officer.name} ends ${id}`);
  const answer = await send(world, 'awardAuction', async (tx) => await awardAuction(tx, ground, form));
  if (answer?.ok === true && ground.clock.now() < closesAt)
    world.surprises.push(`${id} was awarded while bids were taken`);
  return outcomeOf(answer);
}

/** Seals a draw, adds words to one, or reveals one: too early as well. */
async function lots(world: World): Promise<void> {
  const { chance } = world;
  const draws = await listDraws(world.db, townOf(world).cycleId);
  const sealed = draws.find((draw) => draw.state === 'committed');
  const who = saver(world, chance.below(3));
  if (sealed === undefined || happens(chance, 15)) {
    const round = await someRound(world);
    if (round !== undefined) await sealLots(world, who, round, oneOf(chance, [5, 60, 600, 4]));
    return;
  }
  const form = { ...as(world, who), drawId: sealed.id, words: oneOf(chance, ['la pluie', 'le mil', ' ']) };
  if (happens(chance, 30))
    await send(world, 'addEntropy', async (tx) => await addEntropy(tx, world.ground, form));
  else await revealLots(world, who, sealed.id);
}

export async function sealLots(world: World, officer: Saver, round: Round, entropyMinutes: number) {
  const { ground } = world;
  const own = { drawId: ground.ids.next('drw'), cycleId: townOf(world).cycleId, roundId: round.id };
  const form = { ...as(world, officer), ...own, entropyMinutes };
  world.story.push(`${officer.name} seals a draw for round ${round.number}`);
  return await send(world, 'commitDraw', async (tx) => await commitDraw(tx, ground, form));
}

export async function revealLots(world: World, who: Saver, drawId: string): Promise<void> {
  const form = { ...as(world, who), drawId };
  world.story.push(`${who.name} reveals ${drawId}`);
  await send(world, 'revealDraw', async (tx) => await revealDraw(tx, world.ground, form));
}

export const TURN_STEPS = { sale, lots, ...EXCHANGE_STEPS } as const;
