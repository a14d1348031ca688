import { expect, test } from 'vitest';
import { endCycle } from '../cycles/end-cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { confirmHandover } from '../rounds/confirm-handover.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { listOpenDues } from '../rounds/due.rows.ts';
import { handOverCash } from '../rounds/hand-over-cash.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
import { proposeExchange } from '../rounds/propose-exchange.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { findExit } from './exit.rows.ts';
import { findMembership } from './membership.rows.ts';
import { readExitPlan } from './read-exit-plan.ts';
import { recordDeath } from './record-death.ts';
import { requestExit } from './request-exit.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa', 'Koffi'];
const ASKED = ['Awa', 'Yao', 'Mariam'];

async function started(rules: Partial<RulesInput> = {}): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, ...rules },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer', Koffi: 'censor' },
  });
  for (const name of NAMES) await group.give(name, 500_000n);
  return group;
}
const day = (month: number, hour: string): string => `2026-0${month}-05T${hour}:00:00Z`;

/** Everybody named pays each round from the first month to the last, and pots are handed out. */
async function hold(group: SampleGroup, months: readonly number[], names: readonly string[]): Promise<void> {
  for (const month of months) {
    group.at(day(month, '12'));
    for (const name of names) granted(await group.pay(name, 25_000n));
    group.at(day(month, '18'));
    await group.night();
    await group.agree(...ASKED, 'Koffi');
  }
}
const leave = async (
  group: SampleGroup,
  name: string,
  change: { exitId?: string; membershipId?: string } = {},
) => {
  const asked = {
    ...group.who(name),
    exitId: group.ground.ids.next('exi'),
    reason: 'déménagement',
    ...change,
  };
  return await group.doing(async (tx) => await requestExit(tx, group.ground, asked));
};

test('an unserved member leaves after two rounds: the preview, two voices, smaller pots, and the refund from the served', async () => {
  const group = await started();
  const { db, ground, cycleId } = group;
  await hold(group, [1, 2], NAMES);
  const running = await group.running();
  const moussa = group.of('Moussa').membershipId;
  const preview = granted(await readExitPlan(db, running, moussa, ground.clock.now()));
  expect(preview.plan).toMatchObject({ refund: 50_000n, laterPayout: 125_000n, droppedRounds: 1 });
  expect(preview.plan.owed.map((owed) => owed.amount)).toEqual([25_000n, 25_000n]);
  const exit = granted(await leave(group, 'Moussa'));
  expect(outcome(await leave(group, 'Moussa', { exitId: exit.id }))).toBe('ok');
  expect(granted(await leave(group, 'Moussa')).id).toBe(exit.id);
  await group.agree('Awa', 'Yao');
  expect(await findMembership(db, moussa)).toMatchObject({ state: 'resigned' });
  const rounds = await listRounds(db, cycleId);
  expect(rounds.map((round) => round.state)).toEqual([
    'served',
    'served',
    'open',
    'scheduled',
    'scheduled',
    'cancelled',
  ]);
  expect((await listTurns(db, cycleId)).map((turn) => turn.place)).toEqual([1, 2, 3, 4, 5]);
  expect(await listOpenDues(db, moussa)).toEqual([]);
  const left = NAMES.filter((name) => name !== 'Moussa');
  await hold(group, [3, 4, 5], left);
  const before = await group.wallet('Moussa');
  granted(await group.pay('Awa', 25_000n));
  expect(await group.wallet('Moussa')).toBe(before + 25_000n);
  granted(await group.pay('Yao', 25_000n));
  expect(await group.wallet('Moussa')).toBe(500_000n);
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refundedWallet: 50_000n });
  const payouts = await listPayouts(db, cycleId);
  expect(payouts.map((payout) => payout.amount)).toEqual([150_000n, 150_000n, 125_000n, 125_000n, 125_000n]);
  expect(await findGroupFaults(db, group)).toEqual([]);
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await findGroupFaults(db, group)).toEqual([]);
  for (const name of NAMES) expect(await group.wallet(name)).toBe(500_000n);
});

test('whoever was served, is served now, owes something, or presides does not leave', async () => {
  const group = await started();
  await hold(group, [1], NAMES);
  expect(outcome(await leave(group, 'Awa'))).toBe('member-presides');
  group.at('2026-02-01T12:00:00Z');
  granted(await group.pay('Moussa', 5_000n));
  expect(outcome(await leave(group, 'Moussa'))).toBe('exit-behind');
  granted(await group.pay('Moussa', 20_000n));
  await hold(
    group,
    [2],
    NAMES.filter((name) => name !== 'Moussa' && name !== 'Fatou'),
  );
  expect(outcome(await leave(group, 'Yao'))).toBe('exit-after-pot');
  expect(outcome(await leave(group, 'Fatou'))).toBe('exit-behind');
  const other = { membershipId: group.of('Koffi').membershipId };
  expect(outcome(await leave(group, 'Yao', other))).toBe('group-role-missing');
  expect(outcome(await leave(group, 'Awa', other))).toBe('member-absent');
  const stranger = {
    groupId: group.groupId,
    personId: 'per_00000000000000000000000000',
    exitId: 'x',
    reason: 'rien',
  };
  expect(outcome(await group.doing(async (tx) => await requestExit(tx, group.ground, stranger)))).toBe(
    'group-absent',
  );
});

test('six shares and three rounds: nobody owes, and the pot pays the refund when the cycle is over', async () => {
  const group = await started({ rounds: 3 });
  const { db, ground, cycleId } = group;
  await hold(group, [1], NAMES);
  const exit = granted(await leave(group, 'Koffi'));
  await group.agree('Awa', 'Yao');
  expect((await listRounds(db, cycleId)).map((round) => round.payoutCount)).toEqual([2, 1, 2]);
  await hold(group, [2, 3], NAMES.slice(0, 5));
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refund: 25_000n });
  expect(await group.wallet('Koffi')).toBe(500_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await findGroupFaults(db, group)).toEqual([]);
  for (const name of NAMES) expect(await group.wallet(name)).toBe(500_000n);
});

test('what the served pay in notes comes back in notes, from a keeper to the leaver', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  await hold(group, [1], NAMES);
  const exit = granted(await leave(group, 'Moussa'));
  await group.agree('Awa', 'Yao');
  await hold(
    group,
    [2, 3, 4, 5],
    NAMES.filter((name) => name !== 'Moussa'),
  );
  const contributionId = ground.ids.next('ctr');
  const membershipId = group.of('Awa').membershipId;
  const notes = { ...group.who('Yao'), contributionId, membershipId, amount: 25_000n };
  await group.must(async (tx) => await declareCash(tx, ground, notes));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who('Awa'), contributionId }));
  const [handout] = await listOpenHandouts(db, groupId);
  expect(handout).toMatchObject({ purpose: 'refund', amount: 25_000n, subjectId: exit.id });
  const handoutId = handout?.id ?? '';
  expect(
    outcome(
      await group.doing(
        async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }),
      ),
    ),
  ).toBe('cycle-notes-open');
  await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Yao'), handoutId }));
  await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Mariam'), handoutId }));
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refundedCash: 25_000n });
  expect(await group.box('Yao')).toBe(0n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('the dead are refunded to their next of kin, who has a wallet; whoever has no phone is refunded in notes', async () => {
  const group = await sampleGroup({
    names: NAMES,
    withoutPhone: ['Koffi'],
    rules: { ...USUAL_RULES, graceHours: 0 },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  const { db, ground, groupId } = group;
  for (const name of NAMES.slice(0, 5)) await group.give(name, 500_000n);
  const membershipId = group.of('Koffi').membershipId;
  for (const name of ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa']) granted(await group.pay(name, 25_000n));
  granted(await group.pay('Awa', 25_000n, { for: 'Koffi' }));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  await group.agree('Yao', 'Mariam');
  const moussa = group.of('Moussa').membershipId;
  const kin = { name: 'Fatou', phone: group.of('Fatou').person?.phone };
  const died = { ...group.who('Mariam'), membershipId: moussa, reason: 'acte de décès n° 7', nextOfKin: kin };
  expect(
    outcome(await group.doing(async (tx) => await recordDeath(tx, ground, { ...died, ...group.who('Yao') }))),
  ).toBe('group-role-missing');
  await group.must(async (tx) => await recordDeath(tx, ground, died));
  expect(outcome(await leave(group, 'Moussa'))).toBe('group-absent');
  granted(await leave(group, 'Awa', { membershipId: moussa }));
  await group.agree('Yao', 'Mariam');
  granted(await leave(group, 'Awa', { membershipId }));
  await group.agree('Yao', 'Mariam');
  expect(await findMembership(db, moussa)).toMatchObject({ state: 'deceased', nextOfKinName: 'Fatou' });
  const left = ['Awa', 'Yao', 'Mariam', 'Fatou'];
  await hold(group, [2, 3, 4], left);
  const before = await group.wallet('Fatou');
  // Koffi's round fell away last and comes first. It was paid from a wallet: there are no notes for it yet.
  granted(await group.pay('Awa', 25_000n));
  expect(await listOpenHandouts(db, groupId)).toEqual([]);
  granted(await group.pay('Awa', 25_000n));
  expect(await group.wallet('Fatou')).toBe(before + 25_000n);
  const exchange = {
    ...group.who('Yao'),
    exchangeId: ground.ids.next('exc'),
    fund: 'pot' as const,
    amount: 25_000n,
  };
  await group.must(async (tx) => await proposeExchange(tx, ground, exchange));
  await group.agree('Awa', 'Mariam');
  const [handout] = await listOpenHandouts(db, groupId);
  expect(handout).toMatchObject({ purpose: 'refund', membershipId, amount: 25_000n });
  const handoutId = handout?.id ?? '';
  await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Yao'), handoutId }));
  await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Mariam'), handoutId }));
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.box('Yao')).toBe(0n);
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('whoever leaves after paying for the round that is open: its pot stays whole, and is given back like the others', async () => {
  const group = await started();
  const { db, ground } = group;
  await hold(group, [1], NAMES);
  group.at(day(2, '12'));
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  const exit = granted(await leave(group, 'Moussa'));
  await group.agree('Awa', 'Yao', 'Mariam');
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'approved', refund: 50_000n });
  group.at(day(2, '18'));
  await group.night();
  await group.agree(...ASKED, 'Koffi');
  const left = NAMES.filter((name) => name !== 'Moussa');
  await hold(group, [3, 4, 5], left);
  const payouts = await listPayouts(db, group.cycleId);
  expect(payouts.map((payout) => payout.amount)).toEqual([150_000n, 150_000n, 125_000n, 125_000n, 125_000n]);
  for (const name of ['Awa', 'Yao']) granted(await group.pay(name, 25_000n));
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refundedWallet: 50_000n });
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  for (const name of NAMES) expect(await group.wallet(name)).toBe(500_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('a refund in notes that comes in two parts is asked for twice, without anybody paying in between', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  await hold(group, [1, 2], NAMES);
  const exit = granted(await leave(group, 'Moussa'));
  await group.agree('Awa', 'Koffi', 'Mariam');
  const left = NAMES.filter((name) => name !== 'Moussa');
  await hold(group, [3, 4, 5], left);
  for (const name of ['Awa', 'Yao']) {
    const form = {
      contributionId: ground.ids.next('ctr'),
      membershipId: group.of(name).membershipId,
      amount: 25_000n,
    };
    const keeper = name === 'Awa' ? 'Yao' : 'Awa';
    await group.must(async (tx) => await declareCash(tx, ground, { ...group.who(keeper), ...form }));
    await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who(name), ...form }));
  }
  for (const keeper of ['Yao', 'Awa']) {
    const [handout] = await listOpenHandouts(db, groupId);
    expect(handout).toMatchObject({ purpose: 'refund', amount: 25_000n, subjectId: exit.id });
    const handoutId = handout?.id ?? '';
    await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who(keeper), handoutId }));
    await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Mariam'), handoutId }));
  }
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refundedCash: 50_000n });
  expect(await findGroupFaults(db, group)).toEqual([]);
});
