/**
 * Plays random groups through the production acts and holds their money to the invariants after every round: several
 * shares, S ≠ N, part payments, over-payments, lateness, payments for others, notes and wallets mixed.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { DAY_MS, HOUR_MS } from '../src/ground/clock.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { freshDatabase, testGround } from '../src/ground/testing/fresh-database.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { carryAfter, creditAt, payoutsUpTo } from '../src/tontine/cycles/rotation.ts';
import { USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { listOpenHandouts } from '../src/tontine/rounds/cash-box.rows.ts';
import { confirmCash } from '../src/tontine/rounds/confirm-cash.ts';
import { confirmHandover } from '../src/tontine/rounds/confirm-handover.ts';
import { declareCash } from '../src/tontine/rounds/declare-cash.ts';
import { listOpenDues } from '../src/tontine/rounds/due.rows.ts';
import { missingOf } from '../src/tontine/rounds/due.ts';
import { exchangeBox } from '../src/tontine/rounds/exchange-cash.ts';
import { handOverCash } from '../src/tontine/rounds/hand-over-cash.ts';
import { proposeExchange } from '../src/tontine/rounds/propose-exchange.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { findGroupFaults, listShareFlows } from '../src/tontine/testing/group-books.rows.ts';
import { buildGroup, outcome, type SampleGroup } from '../src/tontine/testing/sample-group.ts';

interface Sketch {
  readonly seed: number;
  readonly members: number;
  readonly doubles: number;
  readonly rounds: number;
  readonly contribution: number;
  readonly solidarity: number;
  readonly guarantee: boolean;
  readonly shortfall: 'wait' | 'guarantee' | 'pay-what-is-there';
  readonly fee: 'none' | 'fixed' | 'percent' | 'per-day';
  readonly isCalm: boolean;
}

const sketches: fc.Arbitrary<Sketch> = fc.record({
  seed: fc.nat(),
  members: fc.integer({ min: 2, max: 7 }),
  doubles: fc.integer({ min: 0, max: 2 }),
  rounds: fc.integer({ min: 1, max: 7 }),
  contribution: fc.integer({ min: 1, max: 40_000 }),
  solidarity: fc.constantFrom(0, 1_000),
  guarantee: fc.boolean(),
  shortfall: fc.constantFrom('wait', 'guarantee', 'pay-what-is-there'),
  fee: fc.constantFrom('none', 'fixed', 'percent', 'per-day'),
  isCalm: fc.boolean(),
});

let numbersGiven = 0;

async function found(db: SampleGroup['db'], sketch: Sketch) {
  const names = Array.from(
    { length: sketch.members },
    (_, place) => `Membre ${String.fromCharCode(65 + (place % 26))}${place}`,
  );
  const doubles = Object.fromEntries(names.slice(0, sketch.doubles).map((name) => [name, 2]));
  const rules = {
    ...USUAL_RULES,
    contribution: BigInt(sketch.contribution),
    schedule: { kind: 'weekly', weekday: 'friday' } as const,
    rounds: sketch.rounds,
    lateFee: { kind: sketch.fee, beforePot: 100n, afterPot: 200n, cap: 700n },
    solidarity: { contribution: BigInt(sketch.solidarity), events: [] },
    guaranteePerShare: sketch.guarantee ? BigInt(sketch.contribution) : 0n,
    shortfall: sketch.shortfall,
  };
  const options = { names, rules, startsOn: '2026-01-09', shares: doubles };
  const offices =
    names.length > 3 ? ({ [names[1] ?? '']: 'treasurer', [names[2] ?? '']: 'secretary' } as const) : {};
  const withoutPhone = names.length > 4 && !sketch.isCalm ? names.slice(-1) : [];
  const ground = testGround(`${numbersGiven} ${sketch.seed}`);
  const group = await buildGroup(db, ground, { ...options, offices, withoutPhone }, numbersGiven);
  numbersGiven += names.length;
  for (const name of names) if (!withoutPhone.includes(name)) await group.give(name, 3_000_000n);
  return { group, names, withoutPhone };
}

async function owed(group: SampleGroup, name: string): Promise<bigint> {
  const dues = await listOpenDues(group.db, group.of(name).membershipId);
  return dues.reduce((sum, due) => sum + missingOf(due), 0n);
}

/** One member pays somehow, or does not. */
async function payment(group: SampleGroup, chance: Chance, name: string, cashOnly: boolean): Promise<void> {
  const whole = await owed(group, name);
  const amounts = [whole, whole / 2n + 1n, whole + BigInt(chance.below(50_000)), 0n];
  const amount = amounts[chance.below(amounts.length)] ?? 0n;
  if (amount <= 0n) return;
  if (cashOnly || chance.below(4) === 0) return await inNotes(group, name, amount, chance.below(6) > 0);
  const [other = name] = group.names.filter((one) => one !== name && group.of(one).person !== undefined);
  const byOther = chance.below(5) === 0;
  expect(['ok', 'contribution-nothing-due']).toContain(
    outcome(await group.pay(byOther ? other : name, amount, byOther ? { for: name } : {})),
  );
}

/** Declared by an officer who is not the payer, confirmed by the payer or, without a phone, by a second officer. */
async function inNotes(group: SampleGroup, name: string, amount: bigint, isTrue: boolean): Promise<void> {
  const [president = '', treasurer = ''] = group.names;
  const keeper = name === president ? treasurer : president;
  const form = {
    contributionId: group.ground.ids.next('ctr'),
    membershipId: group.of(name).membershipId,
    amount,
  };
  const declared = await group.doing(
    async (tx) => await declareCash(tx, group.ground, { ...group.who(keeper), ...form }),
  );
  // Only officers declare: where there is no treasurer, the president's own notes stay in the pocket.
  if (!declared.ok) return;
  const hasPhone = group.of(name).person !== undefined;
  const witness = hasPhone ? name : treasurer;
  const own = await group.doing(
    async (tx) => await confirmCash(tx, group.ground, { ...group.who(keeper), ...form }),
  );
  expect(outcome(own)).toBe('cash-same-person');
  if (!isTrue) return;
  const confirmed = await group.doing(
    async (tx) => await confirmCash(tx, group.ground, { ...group.who(witness), ...form }),
  );
  expect(outcome(confirmed)).toBe('ok');
}

/** Keepers hand over what waits, and those who receive it say so. */
async function handOut(group: SampleGroup): Promise<void> {
  const [president = '', treasurer = ''] = group.names;
  for (const handout of await listOpenHandouts(group.db, group.groupId)) {
    const receiver = group.names.find((name) => group.of(name).membershipId === handout.membershipId) ?? '';
    for (const keeper of [president, treasurer].toSorted((name) => (name === receiver ? 1 : -1))) {
      const own = { ...group.who(keeper), handoutId: handout.id };
      const declared = await group.doing(async (tx) => await handOverCash(tx, group.ground, own));
      if (!declared.ok) continue;
      const canAnswer = group.of(receiver).person !== undefined && receiver !== keeper;
      const witness = canAnswer ? receiver : [president, treasurer].find((name) => name !== keeper);
      const by = { ...group.who(witness ?? ''), handoutId: handout.id };
      expect(outcome(await group.doing(async (tx) => await confirmHandover(tx, group.ground, by)))).toBe(
        'ok',
      );
      break;
    }
  }
}

/** Whoever keeps a box and has the wallet for it turns its notes into wallet money. */
async function exchangeAll(group: SampleGroup): Promise<void> {
  for (const name of group.names.slice(0, 2)) {
    for (const fund of ['pot', 'solidarity', 'guarantee', 'fines'] as const) {
      const amount = [await group.box(name), await group.fund(fund, 'cash')].reduce((a, b) =>
        a < b ? a : b,
      );
      const form = { ...group.who(name), exchangeId: group.ground.ids.next('exc'), fund, amount };
      if (amount > 0n) await group.doing(async (tx) => await exchangeBox(tx, group.ground, form));
    }
  }
}

/** A pot of somebody without a phone waits for notes: an officer brings some, and others have seen them. */
async function bringNotes(group: SampleGroup): Promise<void> {
  const [, treasurer = ''] = group.names;
  for (const fund of ['pot', 'guarantee'] as const) {
    const amount = await group.fund(fund);
    const form = { ...group.who(treasurer), exchangeId: group.ground.ids.next('exc'), fund, amount };
    if (amount > 0n) await group.must(async (tx) => await proposeExchange(tx, group.ground, form));
  }
}

async function settleAll(group: SampleGroup, withoutPhone: readonly string[]): Promise<void> {
  for (const name of group.names) {
    const whole = await owed(group, name);
    if (whole === 0n) continue;
    if (withoutPhone.includes(name)) await inNotes(group, name, whole, true);
    else expect(outcome(await group.pay(name, whole))).toBe('ok');
  }
}

async function play(db: SampleGroup['db'], sketch: Sketch): Promise<void> {
  const { group, names, withoutPhone } = await found(db, sketch);
  const chance = seededChance(`tontine ${sketch.seed}`);
  const { ground } = group;
  for (const round of await listRounds(db, group.cycleId)) {
    ground.clock.set(new Date(round.dueAt.getTime() - HOUR_MS));
    await group.night();
    if (sketch.isCalm) await settleAll(group, []);
    else for (const name of names) await payment(group, chance, name, withoutPhone.includes(name));
    ground.clock.set(new Date(round.closesAt.getTime() + HOUR_MS));
    await group.night();
    await group.night();
    await group.agree(...names.slice(0, 5).filter((name) => !withoutPhone.includes(name)));
    await handOut(group);
    expect(await findGroupFaults(db, group)).toEqual([]);
    if (sketch.isCalm) await checkCalm(group, sketch, round.number);
  }
  for (let day = 0; day < 8; day++) {
    ground.clock.advance(DAY_MS);
    await group.night();
    await settleAll(group, withoutPhone);
    if (withoutPhone.length > 0) await bringNotes(group);
    else await exchangeAll(group);
    await group.agree(...names.slice(0, 5).filter((name) => !withoutPhone.includes(name)));
    await handOut(group);
  }
  await checkEnd(group, sketch);
}

/** A3 and A4, where everybody paid in time: who was served owes the others what these have paid, without the carry. */
async function checkCalm(group: SampleGroup, sketch: Sketch, round: number): Promise<void> {
  const shares = group.shareIds.length;
  const rotation = { shares, rounds: sketch.rounds, contribution: BigInt(sketch.contribution) };
  expect(await group.fund('pot')).toBe(carryAfter(rotation, round));
  const flows = await listShareFlows(group.db, group.cycleId);
  const served = flows.filter((flow) => flow.received > 0n);
  expect(served).toHaveLength(payoutsUpTo(rotation, round));
  for (const flow of served) expect(flow.received - flow.paid).toBe(creditAt(rotation, round));
  const lent = flows.filter((flow) => flow.received === 0n).reduce((sum, flow) => sum + flow.paid, 0n);
  const credit = served.reduce((sum, flow) => sum + flow.received - flow.paid, 0n);
  expect(credit).toBe(lent - carryAfter(rotation, round));
}

/** A1 and A2, and every account at its value. */
async function checkEnd(group: SampleGroup, sketch: Sketch): Promise<void> {
  const { db } = group;
  const each = BigInt(sketch.rounds) * BigInt(sketch.contribution);
  const flows = await listShareFlows(db, group.cycleId);
  for (const flow of flows) expect(flow).toMatchObject({ paid: each, received: each });
  const [president = ''] = group.names;
  const ended = outcome(
    await group.doing(
      async (tx) => await endCycle(tx, group.ground, { ...group.who(president), cycleId: group.cycleId }),
    ),
  );
  expect(ended).toBe('ok');
  await handOut(group);
  expect(await findGroupFaults(db, group)).toEqual([]);
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.fund('pot', 'cash')).toBe(0n);
  const deposits = (await group.fund('guarantee')) + (await group.fund('guarantee', 'cash'));
  const waiting = await listOpenHandouts(db, group.groupId);
  const promised = waiting
    .filter((one) => one.purpose === 'guarantee')
    .reduce((sum, one) => sum + one.amount, 0n);
  expect(deposits).toBe(promised);
}

test('random groups keep every franc, whatever their members do', async () => {
  const { db } = await freshDatabase();
  await fc.assert(
    fc.asyncProperty(sketches, async (sketch) => await play(db, sketch)),
    { numRuns: 9, endOnFailure: true, seed: 20_260_105 },
  );
  expect((await verifyChain(db)).ok).toBe(true);
}, 180_000);

test('a large group: 60 members, 65 shares, 2 rounds', async () => {
  const { db } = await freshDatabase();
  await play(db, {
    seed: 60,
    members: 60,
    doubles: 5,
    rounds: 2,
    contribution: 5_000,
    solidarity: 1_000,
    guarantee: true,
    shortfall: 'guarantee',
    fee: 'fixed',
    isCalm: true,
  });
}, 180_000);
