/**
 * Plays random groups under every order, in which members leave, change turns, stop paying and come back, and holds their
 * money to the invariants after every round.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { DAY_MS, HOUR_MS } from '../src/ground/clock.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { freshDatabase, testGround } from '../src/ground/testing/fresh-database.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { listShares } from '../src/tontine/cycles/share.rows.ts';
import { startCycle } from '../src/tontine/cycles/start-cycle.ts';
import { type RulesInput, USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { declareDefault } from '../src/tontine/members/declare-default.ts';
import { requestExit } from '../src/tontine/members/request-exit.ts';
import { listOpenDues } from '../src/tontine/rounds/due.rows.ts';
import { missingOf } from '../src/tontine/rounds/due.ts';
import { proposePayout } from '../src/tontine/rounds/propose-payout.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { active, decidePots, drawLots } from '../src/tontine/testing/decide-pots.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { buildGroup, granted, outcome, type SampleGroup } from '../src/tontine/testing/sample-group.ts';
import { approveSwap } from '../src/tontine/turns/approve-swap.ts';
import { consentSwap } from '../src/tontine/turns/consent-swap.ts';
import { proposeSwap } from '../src/tontine/turns/propose-swap.ts';

interface Sketch {
  readonly seed: number;
  readonly members: number;
  readonly rounds: number;
  readonly order: RulesInput['order'];
  readonly contribution: number;
  readonly guarantee: boolean;
  readonly shortfall: RulesInput['shortfall'];
  readonly commission: number;
}

const sketches: fc.Arbitrary<Sketch> = fc.record({
  seed: fc.nat(),
  members: fc.integer({ min: 4, max: 7 }),
  // Mostly one pot a round, as most groups have it.
  rounds: fc.constantFrom(0, 0, 0, 3, 5),
  order: fc.constantFrom('fixed', 'draw', 'auction-discount', 'auction-premium', 'vote'),
  contribution: fc.integer({ min: 100, max: 40_000 }),
  guarantee: fc.boolean(),
  shortfall: fc.constantFrom('wait', 'guarantee', 'pay-what-is-there'),
  commission: fc.constantFrom(0, 500),
});

const WEALTH = 5_000_000n;
let numbersGiven = 0;

async function found(db: SampleGroup['db'], sketch: Sketch): Promise<SampleGroup> {
  const names = Array.from({ length: sketch.members }, (_, place) => `Membre ${'ABCDEFG'[place]}`);
  const rules: RulesInput = {
    ...USUAL_RULES,
    contribution: BigInt(sketch.contribution),
    schedule: { kind: 'weekly', weekday: 'friday' },
    rounds: sketch.rounds === 0 ? sketch.members : sketch.rounds,
    order: sketch.order,
    auction: {
      leastBasisPoints: 0,
      mostBasisPoints: 4_000,
      increment: 1n,
      commissionBasisPoints: sketch.commission,
    },
    guaranteePerShare: sketch.guarantee ? BigInt(sketch.contribution) : 0n,
    shortfall: sketch.shortfall,
  };
  const [, second = '', third = ''] = names;
  const offices = { [second]: 'treasurer', [third]: 'secretary' } as const;
  const ground = testGround(`lives ${numbersGiven} ${sketch.seed}`);
  const isStarted = sketch.order !== 'draw';
  const group = await buildGroup(
    db,
    ground,
    { names, rules, startsOn: '2026-01-09', offices, isStarted },
    numbersGiven,
  );
  numbersGiven += names.length;
  for (const name of names) await group.give(name, WEALTH);
  if (!isStarted) {
    await drawLots(group, undefined);
    await group.must(
      async (tx) => await startCycle(tx, ground, { ...group.who(names[0] ?? ''), cycleId: group.cycleId }),
    );
  }
  return group;
}

async function owed(group: SampleGroup, name: string): Promise<bigint> {
  const dues = await listOpenDues(group.db, group.of(name).membershipId);
  return dues.reduce((sum, due) => sum + missingOf(due), 0n);
}

async function payAll(group: SampleGroup, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const whole = await owed(group, name);
    if (whole > 0n) granted(await group.pay(name, whole));
  }
}

/** Whatever may happen to a group happens, and is granted where it is asked for. */
async function live(group: SampleGroup, chance: Chance, stopped: string | undefined): Promise<void> {
  const { ground, db, cycleId } = group;
  const names = await active(group);
  const pick = (): string => names[1 + chance.below(names.length - 1)] ?? '';
  const shares = await listShares(db, cycleId);
  const shareOf = (name: string): string =>
    shares.find((share) => share.membershipId === group.of(name).membershipId)?.id ?? '';
  if (chance.below(3) === 0) {
    const asked = { ...group.who(pick()), exitId: ground.ids.next('exi'), reason: 'départ' };
    await group.doing(async (tx) => await requestExit(tx, ground, asked));
  }
  if (chance.below(2) === 0) {
    const [one, other] = [pick(), pick()];
    const swapId = ground.ids.next('swp');
    const asked = { ...group.who(one), swapId, ownShareId: shareOf(one), otherShareId: shareOf(other) };
    await group.doing(async (tx) => await proposeSwap(tx, ground, asked));
    await group.doing(
      async (tx) => await consentSwap(tx, ground, { ...group.who(other), swapId, voice: 'yes' }),
    );
    for (const name of names)
      await group.doing(async (tx) => await approveSwap(tx, ground, { ...group.who(name), swapId }));
  }
  if (stopped !== undefined) {
    const [president = ''] = names;
    const asked = { ...group.who(president), shareId: shareOf(stopped), reason: 'ne paie plus' };
    await group.doing(async (tx) => await declareDefault(tx, ground, asked));
  }
  await group.agree(...(await active(group)));
}

async function play(db: SampleGroup['db'], sketch: Sketch): Promise<void> {
  const group = await found(db, sketch);
  const chance = seededChance(`lives ${sketch.seed}`);
  const { ground, cycleId } = group;
  const stopped = chance.below(2) === 0 ? group.names[3] : undefined;
  for (const { id } of await listRounds(db, cycleId)) {
    const round = (await listRounds(db, cycleId)).find((each) => each.id === id);
    if (round === undefined || round.state === 'cancelled') continue;
    ground.clock.set(new Date(round.dueAt.getTime() - 5 * HOUR_MS));
    await group.night();
    const payers = (await active(group)).filter((name) => name !== stopped || round.number === 1);
    await payAll(group, payers.slice(0, -1));
    await decidePots(group, chance, sketch.order, round);
    await payAll(group, payers);
    ground.clock.set(new Date(round.closesAt.getTime() + HOUR_MS));
    await group.night();
    await group.agree(...(await active(group)));
    expect(await findGroupFaults(db, group)).toEqual([]);
    await live(group, chance, stopped);
    expect(await findGroupFaults(db, group)).toEqual([]);
  }
  await settle(group, chance, sketch);
}

/** Everybody pays what they owe, pots that nobody has are decided, and the cycle ends with every franc in its place. */
async function settle(group: SampleGroup, chance: Chance, sketch: Sketch): Promise<void> {
  const { db, ground, cycleId } = group;
  for (let day = 0; day < 6; day++) {
    ground.clock.advance(DAY_MS);
    await group.night();
    await payAll(group, await active(group));
    for (const round of await listRounds(db, cycleId)) {
      if (round.state === 'closed') await decidePots(group, chance, sketch.order, round);
    }
    await proposeAll(group);
    await group.agree(...(await active(group)));
  }
  expect(await findGroupFaults(db, group)).toEqual([]);
  const [president = ''] = group.names;
  const asked = { ...group.who(president), cycleId };
  expect(outcome(await group.doing(async (tx) => await endCycle(tx, ground, asked)))).toBe('ok');
  expect(await findGroupFaults(db, group)).toEqual([]);
  let left = (await group.fund('interest')) + (await group.fund('fines'));
  for (const name of group.names) left += await group.wallet(name);
  expect(left).toBe(WEALTH * BigInt(group.names.length));
  for (const fund of ['pot', 'guarantee'] as const) expect(await group.fund(fund)).toBe(0n);
}

async function proposeAll(group: SampleGroup): Promise<void> {
  const places = (await listRounds(group.db, group.cycleId)).reduce(
    (sum, round) => sum + round.payoutCount,
    0,
  );
  const [president = ''] = group.names;
  for (let place = 1; place <= places; place++) {
    const asked = { ...group.who(president), place };
    await group.doing(async (tx) => await proposePayout(tx, group.ground, asked));
  }
}

test('groups of every order keep every franc while members leave, swap, stop paying and come back', async () => {
  const { db } = await freshDatabase();
  await fc.assert(
    fc.asyncProperty(sketches, async (sketch) => await play(db, sketch)),
    { numRuns: 6, endOnFailure: true, seed: 20_260_401 },
  );
  expect((await verifyChain(db)).ok).toBe(true);
}, 180_000);
