/**
 * Tells the worked figures of auctions, exits and defaults with twelve members at 25 000, to the franc, on PostgreSQL.
 */
import { expect, test } from 'vitest';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { type RulesInput, USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { declareDefault } from '../src/tontine/members/declare-default.ts';
import { findDefaultOfShare, listDefaultClaims } from '../src/tontine/members/default.rows.ts';
import { findExit } from '../src/tontine/members/exit.rows.ts';
import { requestExit } from '../src/tontine/members/request-exit.ts';
import { listDuesOfRound } from '../src/tontine/rounds/due.rows.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { proposePayout } from '../src/tontine/rounds/propose-payout.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../src/tontine/testing/sample-group.ts';
import { awardAuction } from '../src/tontine/turns/award-auction.ts';
import { openAuction } from '../src/tontine/turns/open-auction.ts';
import { placeBid } from '../src/tontine/turns/place-bid.ts';

const NAMES = [
  'Awa',
  'Yao',
  'Mariam',
  'Fatou',
  'Moussa',
  'Koffi',
  'Aminata',
  'Ibrahim',
  'Adjoua',
  'Sékou',
  'Rokia',
  'Jean',
];
const OFFICERS = {
  Yao: 'vice-president',
  Mariam: 'treasurer',
  Moussa: 'secretary',
  Koffi: 'censor',
} as const;
const ASKED = ['Awa', 'Yao', 'Koffi', 'Moussa'];

async function twelve(rules: Partial<RulesInput>): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: {
      ...USUAL_RULES,
      graceHours: 0,
      lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
      ...rules,
    },
    startsOn: '2026-01-05',
    offices: OFFICERS,
  });
  for (const name of NAMES) await group.give(name, 1_000_000n);
  return group;
}
const on = (month: number, hour: string): string =>
  `2026-${String(month).padStart(2, '0')}-05T${hour}:00:00Z`;

async function hold(
  group: SampleGroup,
  months: readonly number[],
  names: readonly string[],
  amount = 25_000n,
) {
  for (const month of months) {
    group.at(on(month, '12'));
    for (const name of names) granted(await group.pay(name, amount));
    group.at(on(month, '18'));
    await group.night();
    await group.agree(...ASKED);
  }
}

/** Opens the sale of a round's pot, lets one member bid, and gives it to them. */
async function sell(group: SampleGroup, round: number, name: string, amount: bigint): Promise<void> {
  const { db, ground, cycleId } = group;
  const found = (await listRounds(db, cycleId)).find((each) => each.number === round);
  const auctionId = ground.ids.next('auc');
  const asked = { ...group.who('Awa'), auctionId, cycleId, roundId: found?.id ?? '', minutes: 30 };
  const opened = await group.must(async (tx) => await openAuction(tx, ground, asked));
  if (opened.kind === 'last') return;
  const shareId = group.shareIds[NAMES.indexOf(name)] ?? '';
  const bid = { ...group.who(name), auctionId, bidId: ground.ids.next('bid'), shareId, amount };
  await group.must(async (tx) => await placeBid(tx, ground, bid));
  ground.clock.advance(31 * 60_000);
  await group.must(async (tx) => await awardAuction(tx, ground, { ...group.who('Moussa'), auctionId }));
}

async function proveBooks(group: SampleGroup): Promise<void> {
  expect(await findGroupFaults(group.db, group)).toEqual([]);
  expect((await readTrialBalance(group.db)).balanced).toBe(true);
  expect((await verifyChain(group.db)).ok).toBe(true);
}

test.each([
  ['without commission', 0, 0n, 3_000n],
  ['with 5 % commission', 500, 15_000n, 1_750n],
])('a pot of 300 000 sold for 36 000 %s', async (_name, commissionBasisPoints, commission, dividend) => {
  const group = await twelve({
    order: 'auction-discount',
    auction: { leastBasisPoints: 500, mostBasisPoints: 3_000, increment: 1_000n, commissionBasisPoints },
  });
  const { db, ground, cycleId } = group;
  await sell(group, 1, 'Koffi', 36_000n);
  const [round] = await listRounds(db, cycleId);
  const dues = await listDuesOfRound(db, round?.id ?? '', 'pot');
  expect(dues.map((due) => due.amount - due.lowered)).toEqual(Array(12).fill(25_000n - dividend));
  for (const name of NAMES) granted(await group.pay(name, 25_000n - dividend));
  expect(await group.fund('pot')).toBe(264_000n + commission);
  await group.must(async (tx) => await proposePayout(tx, ground, { ...group.who('Mariam'), place: 1 }));
  await group.agree('Awa', 'Yao', 'Moussa');
  expect(await group.wallet('Koffi')).toBe(1_000_000n - 25_000n + dividend + 264_000n);
  expect(await group.fund('interest')).toBe(commission);
  expect(await group.fund('pot')).toBe(0n);
  await proveBooks(group);
});

test('twelve turns sold at premiums: 266 000 in the common fund, and every winner bore their price', async () => {
  const group = await twelve({
    order: 'auction-premium',
    auction: { leastBasisPoints: 0, mostBasisPoints: 4_000, increment: 1_000n, commissionBasisPoints: 0 },
  });
  const { ground } = group;
  const prices = [40, 38, 36, 32, 30, 26, 22, 18, 12, 8, 4, 0].map((price) => BigInt(price) * 1_000n);
  for (const [place, price] of prices.entries()) {
    group.at(on(place + 1, '12'));
    await group.night();
    for (const name of NAMES) granted(await group.pay(name, 25_000n));
    await sell(group, place + 1, NAMES[place] ?? '', price);
    await group.must(
      async (tx) => await proposePayout(tx, ground, { ...group.who('Mariam'), place: place + 1 }),
    );
    await group.agree(...ASKED);
  }
  expect(await group.fund('interest')).toBe(266_000n);
  for (const [place, name] of NAMES.entries()) {
    expect(await group.wallet(name)).toBe(1_000_000n - (prices[place] ?? 0n));
  }
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await group.fund('interest')).toBe(266_000n);
  await proveBooks(group);
});

test('an unserved member leaves after round 5: 125 000 back, five owe 25 000 each, later pots are 275 000', async () => {
  const group = await twelve({});
  const { db, ground, cycleId } = group;
  await hold(group, [1, 2, 3, 4, 5], NAMES);
  const asked = { ...group.who('Adjoua'), exitId: ground.ids.next('exi'), reason: 'mutation à Bouaké' };
  const exit = await group.must(async (tx) => await requestExit(tx, ground, asked));
  expect(exit.refund).toBe(125_000n);
  await group.agree('Awa', 'Yao');
  const left = NAMES.filter((name) => name !== 'Adjoua');
  await hold(group, [6, 7, 8, 9, 10, 11], left);
  for (const name of NAMES.slice(0, 5)) granted(await group.pay(name, 25_000n));
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refundedWallet: 125_000n });
  const payouts = await listPayouts(db, cycleId);
  expect(payouts.map((payout) => payout.amount)).toEqual([
    ...Array(5).fill(300_000n),
    ...Array(6).fill(275_000n),
  ]);
  const served = { ...group.who('Yao'), exitId: ground.ids.next('exi'), reason: 'servi, voudrait partir' };
  expect(outcome(await group.doing(async (tx) => await requestExit(tx, ground, served)))).toBe(
    'exit-after-pot',
  );
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  for (const name of NAMES) expect(await group.wallet(name)).toBe(1_000_000n);
  await proveBooks(group);
});

test('served at turn 2, stops after round 5: 175 000 owed, seven claims of 25 000, debited once', async () => {
  const group = await twelve({ defaultCover: ['pro-rata'] });
  const { db, ground, cycleId } = group;
  await hold(group, [1, 2, 3, 4, 5], NAMES);
  const others = NAMES.filter((name) => name !== 'Yao');
  await hold(group, [6], others);
  const shareId = group.shareIds[1] ?? '';
  const asked = { ...group.who('Mariam'), shareId, reason: 'ne répond plus' };
  const declared = await group.must(async (tx) => await declareDefault(tx, ground, asked));
  expect(declared.debt).toBe(175_000n);
  const claims = await listDefaultClaims(db, declared.id);
  expect(claims.map((claim) => claim.amount)).toEqual(Array(7).fill(25_000n));
  await group.agree(...ASKED);
  await hold(group, [7, 8, 9, 10, 11, 12], others);
  const short = await listPayouts(db, cycleId);
  expect(short.map((payout) => payout.walletPaid)).toEqual([
    ...Array(5).fill(300_000n),
    ...Array(7).fill(275_000n),
  ]);
  granted(await group.pay('Yao', 175_000n));
  const whole = await listPayouts(db, cycleId);
  expect(whole.map((payout) => payout.walletPaid)).toEqual(Array(12).fill(300_000n));
  expect(await findDefaultOfShare(db, shareId)).toMatchObject({ recovered: 175_000n });
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  for (const name of NAMES) expect(await group.wallet(name)).toBe(1_000_000n);
  await proveBooks(group);
});
