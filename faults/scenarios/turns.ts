/**
 * Plays what can go wrong when turns are sold. Afterwards every pot must be somebody's, and the
 * cycle must end with every account at its value.
 */
import { HOUR_MS } from '../../src/ground/clock.ts';
import { readBalance } from '../../src/ground/ledger/balance.ts';
import { listShares, type Share } from '../../src/tontine/cycles/share.rows.ts';
import { listTurns } from '../../src/tontine/cycles/turn.rows.ts';
import type { Rules } from '../../src/tontine/groups/rules.ts';
import { exchangeBox } from '../../src/tontine/rounds/exchange-cash.ts';
import { fundAccount } from '../../src/tontine/rounds/funds.ts';
import { listRounds } from '../../src/tontine/rounds/round.rows.ts';
import type { Round } from '../../src/tontine/rounds/round.ts';
import type { Auction } from '../../src/tontine/turns/auction.rows.ts';
import type { Scenario, Stage } from '../stage.ts';
import { as, outcomeOf, owedBy, saver, send, townOf } from '../tontine-acts.ts';
import { bringNotes, tontineNight } from '../tontine-steps.ts';
import { award, bid, offerPot, sealLots } from '../turn-steps.ts';
import { processOf } from '../world.ts';
import { allInNotes, closing, open, pay, voice } from './tontines.ts';

const AUCTION = {
  leastBasisPoints: 0,
  mostBasisPoints: 9_000,
  increment: 10n,
  commissionBasisPoints: 0,
} as const;

/** Nothing but contributions, so that every amount is easily told. */
export const PLAIN: Partial<Rules> = {
  guaranteePerShare: 0n,
  solidarity: { contribution: 0n, events: [] },
  lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
  shortfall: 'wait',
  auction: AUCTION,
};

async function roundOf({ world }: Stage, number: number): Promise<Round> {
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  const found = rounds.find((round) => round.number === number);
  if (found === undefined) throw new Error(`the group has no round ${number}`);
  return found;
}

/** The first share of a saver. */
export async function shareOf({ world }: Stage, place: number): Promise<Share> {
  const shares = await listShares(world.db, townOf(world).cycleId);
  const found = shares.find((share) => share.membershipId === saver(world, place).membershipId);
  if (found === undefined) throw new Error(`saver ${place} has no share`);
  return found;
}

async function offer(stage: Stage, number: number): Promise<Auction> {
  const { world } = stage;
  const opened = await offerPot(world, saver(world, 0), await roundOf(stage, number), 30);
  if (opened?.ok !== true || opened.value.kind !== 'opened')
    throw new Error(`round ${number} could not be offered: ${outcomeOf(opened)}`);
  return opened.value.auction;
}

async function bids(stage: Stage, place: number, auction: Auction, amount: bigint): Promise<string> {
  return await bid(stage.world, saver(stage.world, place), auction, await shareOf(stage, place), amount);
}

/** Offered by the president, bid for once, and awarded by the vice-president at the very second of its end. */
export async function sell(stage: Stage, number: number, place: number, amount?: bigint): Promise<string> {
  const auction = await offer(stage, number);
  const answer = await bids(stage, place, auction, amount ?? auction.most);
  stage.must(answer === 'ok', `the bid for round ${number} was answered ${answer}`);
  stage.world.clock.set(auction.closesAt);
  return await award(stage.world, saver(stage.world, 2), auction);
}

async function held({ world }: Stage, fund: 'pot' | 'interest', purse: 'wallet' | 'cash'): Promise<bigint> {
  const { groupId, cycleId } = townOf(world);
  const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, purse);
  return (await readBalance(world.db, account))?.posted ?? 0n;
}

export async function owes({ world }: Stage, place: number): Promise<bigint> {
  return await owedBy(world, saver(world, place));
}

async function payOwed(stage: Stage, ...places: readonly number[]): Promise<void> {
  for (const place of places) await pay(stage, place, await owes(stage, place));
}

async function notesOf(stage: Stage, ...places: readonly number[]): Promise<void> {
  for (const place of places)
    await bringNotes(stage.world, saver(stage.world, place), await owes(stage, place), 'confirm');
}

export const TURN_SCENARIOS: readonly Scenario[] = [
  {
    id: 'T20',
    fault: 'a pot is sold at a discount after everybody has paid in full',
    required: 'everybody has credit, and it settles the next due',
    play: async (stage) => {
      await open(stage, { ...PLAIN, order: 'auction-discount' }, false);
      await payOwed(stage, 0, 1);
      await notesOf(stage, 2, 3);
      const auction = await offer(stage, 1);
      await bids(stage, 0, auction, 100n);
      await bids(stage, 1, auction, 203n);
      const step = await bids(stage, 2, auction, 206n);
      stage.must(step === 'bid-too-low', `a bid of less than the step was answered ${step}`);
      stage.world.clock.set(auction.closesAt);
      await award(stage.world, saver(stage.world, 2), auction);
      await closing(stage, 1);
      const owed = [await owes(stage, 0), await owes(stage, 1), await owes(stage, 2), await owes(stage, 3)];
      stage.must(owed.join() === '449,449,449,450', `${owed.join()} is due after the credits`);
    },
  },
  {
    id: 'T21',
    fault: 'a pot is sold at a premium, and it lies partly in wallets and partly in notes',
    required: 'the winner receives the rest into the wallet, the fund has the price in both purses',
    play: async (stage) => {
      await open(stage, { ...PLAIN, order: 'auction-premium' }, false);
      await payOwed(stage, 0, 1);
      await notesOf(stage, 2, 3);
      stage.must((await sell(stage, 1, 0, 1_200n)) === 'ok', 'the pot was not sold');
      const before = await stage.available(0);
      await closing(stage, 1);
      for (const place of [1, 2]) await voice(stage, place);
      const received = (await stage.available(0)) - before;
      stage.must(received === 800n, `the winner received ${received}`);
      const kept = [await held(stage, 'interest', 'wallet'), await held(stage, 'interest', 'cash')];
      stage.must(kept.join() === '200,1000', `the fund has ${kept.join()}`);
    },
  },
  {
    id: 'T22',
    fault: 'the process dies after an award was committed, and the form is sent again',
    required: 'the same answer, and one turn',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, { ...PLAIN, order: 'auction-discount' }, false);
      const auction = await offer(stage, 1);
      await bids(stage, 1, auction, 300n);
      world.clock.set(auction.closesAt);
      const answers: string[] = [];
      for (const dieAfter of [3, undefined, undefined]) {
        processOf(world, 0).dieAfter = dieAfter;
        answers.push(await award(world, saver(world, 2), auction));
      }
      stage.must(
        answers.every((answer) => answer === 'ok'),
        `the answers were ${answers.join()}`,
      );
      stage.must((await listTurns(world.db, townOf(world).cycleId)).length === 1, 'there is not one turn');
    },
  },
  {
    id: 'T23',
    fault: 'a bid comes in the very second in which the auction ends',
    required: 'it is too late; the one before it wins',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, { ...PLAIN, order: 'auction-discount' }, false);
      const auction = await offer(stage, 1);
      world.clock.set(new Date(auction.closesAt.getTime() - 1));
      stage.must((await bids(stage, 0, auction, 300n)) === 'ok', 'a bid in time was refused');
      world.clock.set(auction.closesAt);
      const late = await bids(stage, 1, auction, 600n);
      stage.must(late === 'auction-over', `the late bid was answered ${late}`);
      await award(world, saver(world, 2), auction);
      const [turn] = await listTurns(world.db, townOf(world).cycleId);
      stage.must(turn?.discount === 300n, `the turn has a price of ${turn?.discount}`);
    },
  },
  {
    id: 'T25',
    fault: 'whoever paid from a wallet gets a part of the price back, and the pot lies in notes',
    required: 'the award waits until notes were exchanged, and is then made',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, { ...PLAIN, order: 'auction-discount' }, false);
      await allInNotes(stage);
      stage.must((await sell(stage, 1, 1, 0n)) === 'ok', 'the first pot was not sold');
      await closing(stage, 1);
      await payOwed(stage, 0, 1);
      for (const place of [0, 2]) await voice(stage, place);
      const inWallet = await held(stage, 'pot', 'wallet');
      stage.must(inWallet === 0n, `the pot has ${inWallet} in wallets`);
      await notesOf(stage, 2, 3);
      const auction = await offer(stage, 2);
      await bids(stage, 0, auction, 400n);
      world.clock.set(auction.closesAt);
      const early = await award(world, saver(world, 2), auction);
      stage.must(early === 'auction-pot-short', `the award was answered ${early}`);
      const notes = { exchangeId: world.ground.ids.next('exc'), fund: 'pot', amount: 200n } as const;
      const form = { ...as(world, saver(world, 1)), ...notes };
      await send(world, 'exchangeBox', async (tx) => await exchangeBox(tx, world.ground, form));
      const then = await award(world, saver(world, 2), auction);
      stage.must(then === 'ok', `after the exchange it was answered ${then}`);
    },
  },
  {
    id: 'T27',
    fault: 'everybody has paid in full, the grace ends, and a discount is awarded before the night',
    required: 'nobody was late',
    play: async (stage) => {
      const lateFee = { kind: 'fixed', beforePot: 10n, afterPot: 20n } as const;
      await open(stage, { ...PLAIN, lateFee, order: 'auction-discount' }, false);
      await payOwed(stage, 0, 1);
      await notesOf(stage, 2, 3);
      const auction = await offer(stage, 1);
      await bids(stage, 0, auction, 400n);
      const { closesAt } = await roundOf(stage, 1);
      stage.world.clock.set(new Date(closesAt.getTime() + HOUR_MS));
      await award(stage.world, saver(stage.world, 2), auction);
      await tontineNight(stage.world);
    },
  },
  {
    id: 'T28',
    fault: 'the guarantee fund is to stand in for a late member while an earlier pot is still to be sold',
    required: 'it stands in for nothing that the sale may lower',
    play: async (stage) => {
      const rules = { ...PLAIN, guaranteePerShare: 500n, shortfall: 'guarantee' } as const;
      await open(stage, { ...rules, order: 'auction-discount' }, false);
      await allInNotes(stage);
      await sell(stage, 1, 0, 0n);
      for (const number of [2, 3]) {
        await closing(stage, number - 1);
        await allInNotes(stage, 3);
        if (number === 3) await sell(stage, 3, 1, 0n);
      }
      await closing(stage, 3);
      for (const place of [0, 2, 1]) await voice(stage, place);
      stage.must((await sell(stage, 2, 2, 400n)) === 'ok', 'the pot of round 2 was not sold');
    },
  },
  {
    id: 'T29',
    fault: 'two pots of a round are sold before it opens, each for as much as may be bid',
    required: 'they take no more than is due, and the round opens',
    play: async (stage) => {
      await open(stage, { ...PLAIN, rounds: 3, order: 'auction-discount' }, true);
      for (const place of [0, 2])
        stage.must((await sell(stage, 2, place)) === 'ok', `saver ${place} did not buy a pot of round 2`);
      await allInNotes(stage);
      await closing(stage, 1);
      const { state } = await roundOf(stage, 2);
      stage.must(state === 'open', `the round is ${state}`);
    },
  },
  {
    id: 'T40',
    fault:
      'an officer seals a draw while others bid for the same pot, and offers a pot for which a draw is sealed',
    required: 'one pot is decided in one way',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, { ...PLAIN, order: 'auction-premium' }, false);
      const auction = await offer(stage, 1);
      const sealed = await sealLots(world, saver(world, 2), await roundOf(stage, 1), 5);
      stage.must(outcomeOf(sealed) === 'auction-standing', `the draw was answered ${outcomeOf(sealed)}`);
      world.clock.set(auction.closesAt);
      await award(world, saver(world, 2), auction);
      await sealLots(world, saver(world, 2), await roundOf(stage, 1), 5);
      const again = await offerPot(world, saver(world, 0), await roundOf(stage, 1), 30);
      stage.must(outcomeOf(again) === 'draw-standing', `the offer was answered ${outcomeOf(again)}`);
    },
  },
];
