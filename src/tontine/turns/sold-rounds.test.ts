/**
 * Tells what sales do to rounds that are not as usual: not open yet, with two pots, unpaid, or covered by the guarantee.
 */
import { expect, test } from 'vitest';
import { endCycle } from '../cycles/end-cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { listPenalties } from '../discipline/penalty.rows.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { listDuesOfRound } from '../rounds/due.rows.ts';
import { prepaidAccount } from '../rounds/funds.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
import { proposeCorrection } from '../rounds/propose-correction.ts';
import { proposePayout } from '../rounds/propose-payout.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { awardAuction } from './award-auction.ts';
import { commitDraw } from './commit-draw.ts';
import { openAuction } from './open-auction.ts';
import { placeBid } from './place-bid.ts';
import { revealDraw } from './reveal-draw.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou'];
const AUCTION = {
  leastBasisPoints: 0,
  mostBasisPoints: 9_000,
  increment: 500n,
  commissionBasisPoints: 0,
} as const;

async function started(
  change: Partial<RulesInput>,
  shares: Readonly<Record<string, number>> = {},
): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, order: 'auction-discount', graceHours: 0, auction: AUCTION, ...change },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
    shares,
  });
  for (const name of NAMES) await group.give(name, 1_000_000n);
  return group;
}

const roundId = async (group: SampleGroup, number: number): Promise<string> =>
  (await listRounds(group.db, group.cycleId)).find((round) => round.number === number)?.id ?? '';

async function offer(group: SampleGroup, number: number, auctionId = group.ground.ids.next('auc')) {
  const place = { cycleId: group.cycleId, roundId: await roundId(group, number), minutes: 30 };
  const asked = { ...group.who('Awa'), auctionId, ...place };
  return await group.doing(async (tx) => await openAuction(tx, group.ground, asked));
}

async function bid(group: SampleGroup, name: string, auctionId: string, amount: bigint, more = {}) {
  const shareId = group.shareIds[NAMES.indexOf(name)] ?? '';
  const own = { auctionId, bidId: group.ground.ids.next('bid'), shareId, amount, ...more };
  return await group.doing(async (tx) => await placeBid(tx, group.ground, { ...group.who(name), ...own }));
}

async function award(group: SampleGroup, auctionId: string) {
  group.ground.clock.advance(31 * 60_000);
  const asked = { ...group.who('Mariam'), auctionId };
  return await group.doing(async (tx) => await awardAuction(tx, group.ground, asked));
}

/** Offered, bid for once and awarded; the most that could be bid, and what the award was answered. */
async function sell(group: SampleGroup, number: number, name: string, amount: bigint) {
  const opened = granted(await offer(group, number));
  if (opened.kind === 'last') return { most: 0n, answer: 'last' };
  granted(await bid(group, name, opened.auction.id, amount));
  return { most: opened.auction.most, answer: outcome(await award(group, opened.auction.id)) };
}

const ask = async (group: SampleGroup, place: number): Promise<void> => {
  await group.must(async (tx) => await proposePayout(tx, group.ground, { ...group.who('Yao'), place }));
  await group.agree('Awa', 'Mariam', 'Fatou', 'Yao');
};

test('a discount as high as everything that is due: the round opens, and nobody owes anything for it', async () => {
  const group = await started({ rounds: 5 });
  const { db } = group;
  expect(await sell(group, 2, 'Yao', 100_000n)).toEqual({ most: 100_000n, answer: 'ok' });
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  const dues = await listDuesOfRound(db, await roundId(group, 2), 'pot');
  expect(dues.map((due) => [due.lowered, due.state])).toEqual(NAMES.map(() => [25_000n, 'met']));
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('two pots of a round that has not opened are sold for no more than is due for it', async () => {
  const group = await started({ rounds: 3 }, { Yao: 2 });
  const { db } = group;
  expect(await sell(group, 2, 'Mariam', 67_500n)).toEqual({ most: 67_500n, answer: 'ok' });
  expect(await sell(group, 2, 'Fatou', 57_500n)).toEqual({ most: 57_500n, answer: 'ok' });
  for (const name of NAMES) granted(await group.pay(name, 50_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  expect(await listDuesOfRound(db, await roundId(group, 2), 'pot')).toHaveLength(5);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('whoever paid is owed a part of the price, and the money was handed out: the award waits for those who are late', async () => {
  const group = await started({ rounds: 3, shortfall: 'pay-what-is-there' }, { Yao: 2 });
  const { db } = group;
  for (const name of NAMES) granted(await group.pay(name, name === 'Yao' ? 50_000n : 25_000n));
  await sell(group, 1, 'Mariam', 0n);
  await ask(group, 1);
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  granted(await group.pay('Awa', 25_000n));
  await sell(group, 2, 'Yao', 0n);
  group.at('2026-02-05T18:00:00Z');
  await group.night();
  await group.agree('Awa', 'Mariam', 'Fatou');
  expect(await group.fund('pot')).toBe(0n);
  const auctionId = group.ground.ids.next('auc');
  granted(await offer(group, 2, auctionId));
  granted(await bid(group, 'Awa', auctionId, 10_000n));
  expect(outcome(await award(group, auctionId))).toBe('auction-pot-short');
  for (const name of ['Mariam', 'Fatou']) granted(await group.pay(name, 25_500n));
  granted(await award(group, auctionId));
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('the guarantee fund stands in for nothing that a sale may still lower, and the cycle ends', async () => {
  const group = await started({
    guaranteePerShare: 25_000n,
    shortfall: 'guarantee',
    lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
  });
  const { db, ground, cycleId } = group;
  for (const name of NAMES) granted(await group.pay(name, 50_000n));
  const fatou = group.of('Fatou').membershipId;
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  for (const name of ['Awa', 'Yao', 'Mariam']) granted(await group.pay(name, 25_000n));
  await sell(group, 3, 'Yao', 0n);
  group.at('2026-02-05T18:00:00Z');
  await group.night();
  for (const name of ['Awa', 'Yao', 'Mariam']) granted(await group.pay(name, 25_000n));
  group.at('2026-03-05T18:00:00Z');
  await group.night();
  await group.agree('Awa', 'Mariam');
  expect((await listPayouts(db, cycleId)).map((payout) => payout.walletPaid)).toEqual([100_000n]);
  await sell(group, 2, 'Mariam', 20_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  for (const name of NAMES) granted(await group.pay(name, 75_000n));
  group.at('2026-04-05T18:00:00Z');
  await group.night();
  await sell(group, 1, 'Awa', 0n);
  granted(await offer(group, 4));
  for (const place of [1, 2, 4]) await ask(group, place);
  expect((await listTurns(db, cycleId)).some((turn) => turn.shareId === group.shareIds[3])).toBe(true);
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId }));
  expect(await group.balanceOf(prepaidAccount(fatou, 'XOF', 'wallet'))).toBe(0n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('a pot is decided in one way: no draw while bids are taken, and no auction while a draw is sealed', async () => {
  const group = await started({});
  const { ground, cycleId } = group;
  const opened = granted(await offer(group, 1));
  const draw = {
    ...group.who('Awa'),
    cycleId,
    roundId: await roundId(group, 1),
    entropyMinutes: 5,
  };
  const drawId = ground.ids.next('drw');
  const seal = async () => await group.doing(async (tx) => await commitDraw(tx, ground, { ...draw, drawId }));
  expect(outcome(await seal())).toBe('auction-standing');
  granted(await award(group, opened.kind === 'opened' ? opened.auction.id : ''));
  granted(await seal());
  expect(outcome(await offer(group, 1))).toBe('draw-standing');
  ground.clock.advance(6 * 60_000);
  await group.must(async (tx) => await revealDraw(tx, ground, { ...group.who('Yao'), drawId }));
});

test('a contribution of which a sale has set a part free is undone whole', async () => {
  const group = await started({});
  const { db, ground } = group;
  group.at('2026-01-05T12:00:00Z');
  await group.night();
  const paid = granted(await group.pay('Fatou', 25_000n));
  for (const name of NAMES.slice(0, 3)) granted(await group.pay(name, 25_000n));
  await sell(group, 1, 'Awa', 10_000n);
  const asked = { ...group.who('Yao'), contributionId: paid.id, reason: 'erreur' };
  await group.must(async (tx) => await proposeCorrection(tx, ground, asked));
  await group.agree('Awa', 'Mariam');
  expect(await group.wallet('Fatou')).toBe(1_000_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('a draw of which nobody may take the pot any more ends without a result, and the pot is offered again', async () => {
  const group = await started({});
  const { ground, cycleId } = group;
  group.at('2026-01-05T12:00:00Z');
  await group.night();
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  await sell(group, 1, 'Awa', 0n);
  const drawId = ground.ids.next('drw');
  const draw = { ...group.who('Awa'), cycleId, roundId: await roundId(group, 2), entropyMinutes: 5, drawId };
  granted(await group.doing(async (tx) => await commitDraw(tx, ground, draw)));
  // Nobody pays the second round, so nobody may have its pot.
  group.at('2026-02-06T12:00:00Z');
  await group.night();
  const reveal = async () =>
    await group.must(async (tx) => await revealDraw(tx, ground, { ...group.who('Yao'), drawId }));
  for (const _ of [1, 2]) expect(await reveal()).toBeUndefined();
  expect(await listTurns(group.db, cycleId)).toHaveLength(1);
  for (const name of NAMES) granted(await group.pay(name, 26_000n));
  expect(outcome(await offer(group, 2))).toBe('ok');
});

test('the form that gave the last pot is sent again, and gives the same answer', async () => {
  const group = await started({});
  for (const [place, name] of ['Awa', 'Yao', 'Mariam'].entries()) await sell(group, place + 1, name, 0n);
  const auctionId = group.ground.ids.next('auc');
  const first = granted(await offer(group, 4, auctionId));
  expect(first).toEqual({ kind: 'last', shareId: group.shareIds[3] });
  expect(granted(await offer(group, 4, auctionId))).toEqual(first);
  expect(outcome(await offer(group, 4))).toBe('pot-decided');
});

test('a bid’s form that is sent again for another share is another form', async () => {
  const group = await started({}, { Awa: 2 });
  const opened = granted(await offer(group, 1));
  const auctionId = opened.kind === 'opened' ? opened.auction.id : '';
  const bidId = group.ground.ids.next('bid');
  granted(await bid(group, 'Awa', auctionId, 500n, { bidId }));
  const other = { bidId, shareId: group.shareIds[4] ?? '' };
  expect(outcome(await bid(group, 'Awa', auctionId, 500n, other))).toBe('request-changed');
});

test('who had paid in full before the grace ended, and less is due since, was never late', async () => {
  const group = await started({});
  const { db } = group;
  granted(await group.pay('Fatou', 25_000n));
  group.at('2026-01-05T17:50:00Z');
  const auctionId = group.ground.ids.next('auc');
  granted(await offer(group, 1, auctionId));
  granted(await bid(group, 'Yao', auctionId, 20_000n));
  granted(await award(group, auctionId));
  await group.night();
  expect(await listPenalties(db, group.groupId, 9)).toHaveLength(3);
  expect(await findGroupFaults(db, group)).toEqual([]);
});
