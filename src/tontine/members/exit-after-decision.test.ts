/**
 * Tells what becomes of the order when somebody leaves whose turn was sold, drawn or voted: the pot is decided anew.
 */
import { expect, test } from 'vitest';
import { listTurns } from '../cycles/turn.rows.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { askForPot } from '../turns/ask-for-pot.ts';
import { awardAuction } from '../turns/award-auction.ts';
import { castVote } from '../turns/cast-vote.ts';
import { closeBallot } from '../turns/close-ballot.ts';
import { commitDraw } from '../turns/commit-draw.ts';
import { openAuction } from '../turns/open-auction.ts';
import { openBallot } from '../turns/open-ballot.ts';
import { placeBid } from '../turns/place-bid.ts';
import { revealDraw } from '../turns/reveal-draw.ts';
import { requestExit } from './request-exit.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Koffi'];
const HALF_AN_HOUR_MS = 31 * 60_000;

async function started(order: 'auction-premium' | 'vote'): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, order, graceHours: 0 },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 200_000n);
  return group;
}

async function placeOf(group: SampleGroup, number: number) {
  const round = (await listRounds(group.db, group.cycleId)).find((one) => one.number === number);
  return { cycleId: group.cycleId, roundId: round?.id ?? '', minutes: 30 };
}
const shareOf = (group: SampleGroup, name: string): string => group.shareIds[NAMES.indexOf(name)] ?? '';

async function leaves(group: SampleGroup, name: string) {
  const asked = { ...group.who(name), exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
  return await group.doing(async (tx) => await requestExit(tx, group.ground, asked));
}

async function offer(group: SampleGroup, number: number): Promise<string> {
  const asked = {
    ...group.who('Awa'),
    auctionId: group.ground.ids.next('auc'),
    ...(await placeOf(group, number)),
  };
  granted(await group.doing(async (tx) => await openAuction(tx, group.ground, asked)));
  return asked.auctionId;
}

async function sell(group: SampleGroup, auctionId: string, name: string): Promise<void> {
  const bidId = group.ground.ids.next('bid');
  const bid = { ...group.who(name), auctionId, bidId, shareId: shareOf(group, name), amount: 5_000n };
  granted(await group.doing(async (tx) => await placeBid(tx, group.ground, bid)));
  group.ground.clock.advance(HALF_AN_HOUR_MS);
  const award = { ...group.who('Awa'), auctionId };
  granted(await group.doing(async (tx) => await awardAuction(tx, group.ground, award)));
}

async function draw(group: SampleGroup, number: number): Promise<string> {
  const drawId = group.ground.ids.next('drw');
  const seal = { ...group.who('Awa'), drawId, ...(await placeOf(group, number)), entropyMinutes: 30 };
  granted(await group.doing(async (tx) => await commitDraw(tx, group.ground, seal)));
  group.ground.clock.advance(HALF_AN_HOUR_MS);
  const open = { ...group.who('Awa'), drawId };
  granted(await group.doing(async (tx) => await revealDraw(tx, group.ground, open)));
  const turn = (await listTurns(group.db, group.cycleId)).find((one) => one.decisionId === drawId);
  return NAMES.find((name) => shareOf(group, name) === turn?.shareId) ?? '';
}

async function ask(group: SampleGroup, number: number): Promise<string> {
  const ballotId = group.ground.ids.next('bal');
  const asked = { ...group.who('Awa'), ballotId, ...(await placeOf(group, number)), secret: false };
  granted(await group.doing(async (tx) => await openBallot(tx, group.ground, asked)));
  return ballotId;
}

async function vote(group: SampleGroup, ballotId: string, name: string): Promise<void> {
  const wish = { ...group.who(name), ballotId, shareId: shareOf(group, name), reason: 'les frais d’école' };
  granted(await group.doing(async (tx) => await askForPot(tx, group.ground, wish)));
  for (const voter of ['Awa', 'Yao', 'Mariam']) {
    const shareId = shareOf(group, name);
    const voice = { ...group.who(voter), ballotId, shareId };
    granted(await group.doing(async (tx) => await castVote(tx, group.ground, voice)));
  }
  group.ground.clock.advance(HALF_AN_HOUR_MS);
  const close = { ...group.who('Awa'), ballotId };
  granted(await group.doing(async (tx) => await closeBallot(tx, group.ground, close)));
}

const order = async (group: SampleGroup): Promise<[number, string][]> =>
  (await listTurns(group.db, group.cycleId)).map(({ place, shareId }) => [
    place,
    NAMES.find((name) => shareOf(group, name) === shareId) ?? '',
  ]);

test('the pot of a member who bought it and left is sold anew; while it is being sold, nobody leaves', async () => {
  const group = await started('auction-premium');
  await sell(group, await offer(group, 1), 'Yao');
  await sell(group, await offer(group, 2), 'Fatou');
  await sell(group, await offer(group, 3), 'Mariam');
  granted(await leaves(group, 'Fatou'));
  await group.agree('Awa', 'Mariam', 'Yao', 'Koffi');
  expect(await order(group)).toEqual([
    [1, 'Yao'],
    [2, 'Mariam'],
  ]);
  const again = await offer(group, 3);
  expect(outcome(await leaves(group, 'Koffi'))).toBe('exit-pot-deciding');
  await sell(group, again, 'Awa');
  expect(await order(group)).toContainEqual([3, 'Awa']);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('the pot of a member who drew it and left is drawn anew', async () => {
  const group = await started('auction-premium');
  const lucky: string[] = [];
  for (const number of [1, 2]) lucky.push(await draw(group, number));
  const [first = '', second = ''] = lucky;
  // Whoever presides does not leave, and one of two is somebody else.
  const leaver = lucky.find((name) => name !== 'Awa') ?? '';
  expect(outcome(await leaves(group, leaver))).toBe('ok');
  await group.agree('Awa', 'Mariam', 'Yao', 'Fatou', 'Koffi');
  expect(await order(group)).toEqual([[1, leaver === first ? second : first]]);
  const next = await draw(group, 2);
  expect(await order(group)).toContainEqual([2, next]);
});

test('the pot of a member who was voted for and left is voted on anew; while a vote is open, nobody leaves', async () => {
  const group = await started('vote');
  await vote(group, await ask(group, 1), 'Fatou');
  granted(await leaves(group, 'Fatou'));
  await group.agree('Awa', 'Mariam', 'Yao', 'Koffi');
  expect(await order(group)).toEqual([]);
  const again = await ask(group, 1);
  expect(outcome(await leaves(group, 'Koffi'))).toBe('exit-pot-deciding');
  await vote(group, again, 'Koffi');
  expect(await order(group)).toEqual([[1, 'Koffi']]);
});
