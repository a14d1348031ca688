import { expect, test } from 'vitest';
import { listTurns } from '../cycles/turn.rows.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { countTold } from '../members/member-notice.rows.ts';
import { listDuesOfRound } from '../rounds/due.rows.ts';
import { prepaidAccount } from '../rounds/funds.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
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
const MONTHS = ['01', '02', '03', '04'];

async function started(change: Partial<RulesInput>): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, order: 'auction-discount', graceHours: 0, ...change },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 200_000n);
  return group;
}

const roundId = async (group: SampleGroup, number: number): Promise<string> =>
  (await listRounds(group.db, group.cycleId)).find((round) => round.number === number)?.id ?? '';

async function open(
  group: SampleGroup,
  name: string,
  number: number,
  auctionId = group.ground.ids.next('auc'),
) {
  const asked = {
    ...group.who(name),
    auctionId,
    cycleId: group.cycleId,
    roundId: await roundId(group, number),
  };
  return await group.doing(async (tx) => await openAuction(tx, group.ground, { ...asked, minutes: 30 }));
}
/** A bid for the share that has this place in the order of joining. */
async function bid(group: SampleGroup, name: string, auctionId: string, amount: bigint, bidId?: string) {
  const shareId = group.shareIds[NAMES.indexOf(name)] ?? '';
  const asked = {
    ...group.who(name),
    auctionId,
    bidId: bidId ?? group.ground.ids.next('bid'),
    shareId,
    amount,
  };
  return await group.doing(async (tx) => await placeBid(tx, group.ground, asked));
}
const award = async (group: SampleGroup, name: string, auctionId: string) =>
  await group.doing(async (tx) => await awardAuction(tx, group.ground, { ...group.who(name), auctionId }));
const opened = async (group: SampleGroup, number: number): Promise<string> => {
  const answer = granted(await open(group, 'Awa', number));
  return answer.kind === 'opened' ? answer.auction.id : '';
};

test('discount: the winner receives the pot less the bid, everybody pays less, and whoever had paid has credit', async () => {
  const group = await started({});
  const { db, ground, cycleId } = group;
  granted(await group.pay('Fatou', 25_000n));
  const auctionId = await opened(group, 1);
  expect(await countTold(db, 'auction.opened', auctionId)).toBe(group.shareIds.length);
  expect(outcome(await bid(group, 'Yao', auctionId, 41_000n))).toBe('bid-outside-bounds');
  expect(outcome(await bid(group, 'Yao', auctionId, 4_000n))).toBe('ok');
  expect(outcome(await bid(group, 'Mariam', auctionId, 4_499n))).toBe('bid-too-low');
  expect(outcome(await bid(group, 'Mariam', auctionId, 10_002n))).toBe('ok');
  expect(outcome(await award(group, 'Awa', auctionId))).toBe('auction-running');
  ground.clock.advance(30 * 60_000);
  expect(outcome(await bid(group, 'Fatou', auctionId, 20_000n))).toBe('auction-over');
  const { won } = granted(await award(group, 'Awa', auctionId));
  expect(won?.amount).toBe(10_002n);
  expect(granted(await award(group, 'Mariam', auctionId)).won).toEqual(won);
  const dues = await listDuesOfRound(db, await roundId(group, 1), 'pot');
  expect(dues.map((due) => due.lowered)).toEqual([2_501n, 2_501n, 2_500n, 2_500n]);
  expect(dues.map((due) => [due.met, due.state])).toEqual([
    [0n, 'open'],
    [0n, 'open'],
    [0n, 'open'],
    [22_500n, 'met'],
  ]);
  expect(await group.fund('pot')).toBe(22_500n);
  const prepaid = prepaidAccount(group.of('Fatou').membershipId, 'XOF', 'wallet');
  expect(await group.balanceOf(prepaid)).toBe(2_500n);
  for (const name of ['Awa', 'Yao']) granted(await group.pay(name, 22_499n));
  granted(await group.pay('Mariam', 22_500n));
  const [turn] = await listTurns(db, cycleId);
  expect(turn).toMatchObject({ discount: 10_002n, premium: 0n, commission: 0n, decidedBy: 'auction' });
  await group.must(async (tx) => await proposePayout(tx, ground, { ...group.who('Yao'), place: 1 }));
  await group.agree('Awa', 'Mariam', 'Yao', 'Fatou');
  expect(await group.wallet('Mariam')).toBe(200_000n - 22_500n + 89_998n);
  expect(await group.fund('pot')).toBe(0n);
  // The credit settles the next due when it opens.
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  const [, , , next] = await listDuesOfRound(db, await roundId(group, 2), 'pot');
  expect(next?.met).toBe(2_500n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('premium with four rounds: the winner really pays, the fund has every price, the last pot is not sold', async () => {
  const group = await started({ order: 'auction-premium' });
  const { db, ground } = group;
  const prices: Record<string, bigint> = { Yao: 12_000n, Fatou: 8_000n, Awa: 4_000n };
  for (const [place, month] of MONTHS.entries()) {
    group.at(`2026-${month}-05T12:00:00Z`);
    await group.night();
    for (const name of NAMES) granted(await group.pay(name, 25_000n));
    const [name, price] = Object.entries(prices)[place] ?? [];
    const answer = granted(await open(group, 'Awa', place + 1));
    if (answer.kind === 'last') {
      expect(place).toBe(3);
      expect(answer.shareId).toBe(group.shareIds[2]);
    } else {
      granted(await bid(group, name ?? '', answer.auction.id, price ?? 0n));
      ground.clock.advance(31 * 60_000);
      granted(await award(group, 'Mariam', answer.auction.id));
    }
    await group.must(
      async (tx) => await proposePayout(tx, ground, { ...group.who('Yao'), place: place + 1 }),
    );
    await group.agree('Awa', 'Mariam', 'Fatou', 'Yao');
  }
  expect(await group.fund('interest')).toBe(24_000n);
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.wallet('Yao')).toBe(200_000n - 100_000n + 88_000n);
  expect(await group.wallet('Mariam')).toBe(200_000n);
  const payouts = await listPayouts(db, group.cycleId);
  expect(payouts.map((payout) => payout.amount)).toEqual([88_000n, 92_000n, 96_000n, 100_000n]);
  expect(await listTurns(db, group.cycleId)).toHaveLength(4);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('served shares, strangers’ shares and arrears do not bid; one form is one bid', async () => {
  const group = await started({ order: 'auction-premium' });
  const { ground } = group;
  const first = await opened(group, 1);
  const bidId = ground.ids.next('bid');
  granted(await bid(group, 'Yao', first, 5_000n, bidId));
  expect(outcome(await bid(group, 'Yao', first, 5_000n, bidId))).toBe('ok');
  expect(outcome(await bid(group, 'Yao', first, 6_000n, bidId))).toBe('request-changed');
  const stolen = { ...group.who('Fatou'), auctionId: first, bidId: ground.ids.next('bid'), amount: 9_000n };
  const shareId = group.shareIds[1] ?? '';
  expect(outcome(await group.doing(async (tx) => await placeBid(tx, ground, { ...stolen, shareId })))).toBe(
    'share-absent',
  );
  expect(outcome(await award(group, 'Yao', first))).toBe('group-role-missing');
  ground.clock.advance(31 * 60_000);
  granted(await award(group, 'Awa', first));
  for (const name of ['Awa', 'Yao', 'Mariam']) granted(await group.pay(name, 25_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  const second = await opened(group, 2);
  expect(outcome(await bid(group, 'Yao', second, 5_000n))).toBe('share-served');
  expect(outcome(await bid(group, 'Fatou', second, 5_000n))).toBe('share-behind');
  expect(outcome(await bid(group, 'Mariam', second, 5_000n))).toBe('ok');
});

test('without a bid the auction is void and lots are drawn; two officers at once open and award one', async () => {
  const group = await started({});
  const { ground, db, cycleId } = group;
  const opening = await Promise.all(['Awa', 'Mariam', 'Awa'].map(async (name) => await open(group, name, 1)));
  expect(opening.map(outcome).toSorted()).toEqual(['auction-standing', 'auction-standing', 'ok']);
  const won = opening.find((answer) => answer.ok);
  const auctionId = won?.ok === true && won.value.kind === 'opened' ? won.value.auction.id : '';
  ground.clock.advance(31 * 60_000);
  const awards = await Promise.all(
    ['Awa', 'Mariam', 'Awa'].map(async (name) => await award(group, name, auctionId)),
  );
  expect(awards.map((answer) => granted(answer).auction.state)).toEqual(['void', 'void', 'void']);
  const drawId = ground.ids.next('drw');
  const asked = { ...group.who('Awa'), drawId, cycleId, roundId: await roundId(group, 1), entropyMinutes: 5 };
  granted(await group.doing(async (tx) => await commitDraw(tx, ground, asked)));
  ground.clock.advance(6 * 60_000);
  await group.must(async (tx) => await revealDraw(tx, ground, { ...group.who('Fatou'), drawId }));
  const turns = await listTurns(db, cycleId);
  expect(turns).toMatchObject([{ place: 1, decidedBy: 'draw', discount: 0n }]);
  expect(outcome(await open(group, 'Awa', 1))).toBe('pot-decided');
});
