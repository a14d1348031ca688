/**
 * Decides pots in tests as the order of a cycle says: by lot, by auction or by vote, through the production acts.
 *
 * Whatever chance does to bids and votes, each pot has its beneficiary in the end, or nobody may take it.
 */
import { expect } from 'vitest';
import type { Chance } from '../../ground/chance.ts';
import { MINUTE_MS } from '../../ground/clock.ts';
import type { RulesInput } from '../groups/rules.ts';
import { findMembership } from '../members/membership.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { placesOf, type Round } from '../rounds/round.ts';
import { addEntropy } from '../turns/add-entropy.ts';
import { askForPot } from '../turns/ask-for-pot.ts';
import { awardAuction } from '../turns/award-auction.ts';
import { castVote } from '../turns/cast-vote.ts';
import { closeBallot } from '../turns/close-ballot.ts';
import { commitDraw } from '../turns/commit-draw.ts';
import { listStandings, type StandingShare } from '../turns/eligible-shares.ts';
import { openAuction } from '../turns/open-auction.ts';
import { openBallot } from '../turns/open-ballot.ts';
import { placeBid } from '../turns/place-bid.ts';
import { revealDraw } from '../turns/reveal-draw.ts';
import { outcome, type SampleGroup } from './sample-group.ts';

/** Sealed by the president, one word, revealed by another. */
export async function drawLots(group: SampleGroup, roundId: string | undefined): Promise<void> {
  const { ground, cycleId } = group;
  const [president = '', , third = ''] = await active(group);
  const drawId = ground.ids.next('drw');
  const asked = { ...group.who(president), drawId, cycleId, roundId, entropyMinutes: 5 };
  const sealed = await group.doing(async (tx) => await commitDraw(tx, ground, asked));
  // With one share left that may take it there is nothing to draw: the pot waits.
  if (!sealed.ok) return expect(['draw-too-few', 'pot-decided']).toContain(sealed.refusal.code);
  await group.must(
    async (tx) => await addEntropy(tx, ground, { ...group.who(third), drawId, words: `${drawId} x` }),
  );
  ground.clock.advance(6 * MINUTE_MS);
  const revealed = await group.doing(
    async (tx) => await revealDraw(tx, ground, { ...group.who(third), drawId }),
  );
  expect(outcome(revealed)).toBe('ok');
}

/** The names of those who are members now. */
export async function active(group: SampleGroup): Promise<string[]> {
  const names: string[] = [];
  for (const name of group.names) {
    const { state } = (await findMembership(group.db, group.of(name).membershipId)) ?? {};
    if (state === 'active') names.push(name);
  }
  return names;
}

function ownerOf(group: SampleGroup, share: StandingShare['share']): string {
  return group.names.find((name) => group.of(name).membershipId === share.membershipId) ?? '';
}

/** Decides the pots of a round that are nobody's yet, as the by-law says. */
export async function decidePots(
  group: SampleGroup,
  chance: Chance,
  order: RulesInput['order'],
  round: Round,
): Promise<void> {
  if (order === 'fixed' || order === 'draw') return;
  const places = placesOf(await listRounds(group.db, group.cycleId), round.number).length;
  for (let pot = 0; pot < places; pot++) {
    const decided = order === 'vote' ? await voteOn(group, chance, round) : await sell(group, chance, round);
    if (!decided) await drawLots(group, round.id);
  }
}

async function sell(group: SampleGroup, chance: Chance, round: Round): Promise<boolean> {
  const { ground, cycleId } = group;
  const [president = ''] = await active(group);
  const auctionId = ground.ids.next('auc');
  const asked = { ...group.who(president), auctionId, cycleId, roundId: round.id, minutes: 30 };
  const opened = await group.doing(async (tx) => await openAuction(tx, ground, asked));
  if (!opened.ok || opened.value.kind === 'last') return opened.ok;
  const { least, most } = opened.value.auction;
  for (const { share } of (await listStandings(group.db, group)).filter(({ why }) => why === undefined)) {
    if (chance.below(3) === 0) continue;
    const amount = least + BigInt(chance.below(Number(most - least) + 1));
    const bid = {
      ...group.who(ownerOf(group, share)),
      auctionId,
      bidId: ground.ids.next('bid'),
      shareId: share.id,
      amount,
    };
    expect(['ok', 'bid-too-low', 'bid-outside-bounds']).toContain(
      outcome(await group.doing(async (tx) => await placeBid(tx, ground, bid))),
    );
  }
  ground.clock.advance(31 * MINUTE_MS);
  const award = { ...group.who(president), auctionId };
  return (await group.must(async (tx) => await awardAuction(tx, ground, award))).won !== undefined;
}

async function voteOn(group: SampleGroup, chance: Chance, round: Round): Promise<boolean> {
  const { ground, cycleId } = group;
  const names = await active(group);
  const [president = ''] = names;
  const ballotId = ground.ids.next('bal');
  const asked = { ...group.who(president), ballotId, cycleId, roundId: round.id, minutes: 30, secret: true };
  const opened = await group.doing(async (tx) => await openBallot(tx, ground, asked));
  if (!opened.ok || opened.value.kind === 'last') return opened.ok;
  const may = (await listStandings(group.db, group)).filter(({ why }) => why === undefined);
  const candidates = may.filter(() => chance.below(2) === 0).slice(0, 2);
  for (const { share } of candidates) {
    const own = { ...group.who(ownerOf(group, share)), ballotId, shareId: share.id, reason: 'besoin' };
    await group.must(async (tx) => await askForPot(tx, ground, own));
  }
  for (const name of names) {
    const shareId = candidates[chance.below(2)]?.share.id ?? '';
    await group.doing(async (tx) => await castVote(tx, ground, { ...group.who(name), ballotId, shareId }));
  }
  ground.clock.advance(31 * MINUTE_MS);
  const closed = await group.must(
    async (tx) => await closeBallot(tx, ground, { ...group.who(president), ballotId }),
  );
  return closed.state === 'decided';
}
