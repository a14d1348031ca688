import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { insertPerson } from '../../people/person.rows.ts';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { confirmHandover } from '../rounds/confirm-handover.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { walletOf } from '../rounds/funds.ts';
import { handOverCash } from '../rounds/hand-over-cash.ts';
import { proposeExchange } from '../rounds/propose-exchange.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { findExit, listExits } from './exit.rows.ts';
import { recordDeath } from './record-death.ts';
import { requestExit } from './request-exit.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa', 'Koffi'];

/** Six shares, three rounds: two pots a round, and whoever leaves is paid from what is left at the end. */
async function started(withoutPhone: readonly string[] = []): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    withoutPhone,
    rules: { ...USUAL_RULES, graceHours: 0, rounds: 3 },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) if (!withoutPhone.includes(name)) await group.give(name, 500_000n);
  return group;
}

async function pay(group: SampleGroup, month: number, names: readonly string[]): Promise<void> {
  group.at(`2026-0${month}-05T12:00:00Z`);
  for (const name of names) granted(await group.pay(name, 25_000n));
  group.at(`2026-0${month}-05T18:00:00Z`);
  await group.night();
}

async function agreeToPots(group: SampleGroup): Promise<void> {
  const requests = await listOpenRequests(group.db, group.groupId);
  for (const { id } of requests.filter(({ kind }) => kind === 'payout'))
    for (const name of ['Awa', 'Yao', 'Mariam', 'Fatou']) {
      const yes = { ...group.who(name), requestId: id, voice: 'yes' } as const;
      await group.doing(async (tx) => await giveVoice(tx, group.ground, yes));
    }
}

async function leave(group: SampleGroup, name: string, membershipId?: string) {
  const own = { exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
  const asked = { ...group.who(name), ...own, ...(membershipId === undefined ? {} : { membershipId }) };
  return await group.must(async (tx) => await requestExit(tx, group.ground, asked));
}

test('whoever asked to leave and was not let go takes nothing of what is left for who did', async () => {
  const group = await started();
  const { db, cycleId } = group;
  await pay(group, 1, NAMES);
  await agreeToPots(group);
  await leave(group, 'Moussa');
  const exit = await leave(group, 'Koffi');
  const request = (await listOpenRequests(db, group.groupId)).find((one) => one.subjectId === exit.id);
  for (const name of ['Awa', 'Yao'])
    await group.must(
      async (tx) =>
        await giveVoice(tx, group.ground, { ...group.who(name), requestId: request?.id ?? '', voice: 'yes' }),
    );
  for (const month of [2, 3]) {
    await pay(group, month, NAMES.slice(0, 5));
    await agreeToPots(group);
  }
  expect(await findExit(db, exit.id)).toMatchObject({ state: 'settled', refund: 25_000n });
  expect((await listRounds(db, cycleId)).map((round) => round.state)).toEqual(['served', 'served', 'served']);
  expect(await group.wallet('Koffi')).toBe(500_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('of two refunds in notes no more is asked for than the pot has notes; what is brought later goes to both', async () => {
  const group = await started(['Koffi', 'Moussa']);
  const { db, ground, groupId } = group;
  group.at('2026-01-05T11:00:00Z');
  for (const name of ['Koffi', 'Moussa']) granted(await group.pay('Awa', 25_000n, { for: name }));
  await pay(group, 1, ['Awa', 'Yao', 'Mariam', 'Fatou']);
  await agreeToPots(group);
  for (const name of ['Koffi', 'Moussa']) {
    await leave(group, 'Awa', group.of(name).membershipId);
    await group.agree('Yao', 'Mariam', 'Fatou');
  }
  await pay(group, 2, ['Awa', 'Yao', 'Mariam', 'Fatou']);
  await agreeToPots(group);
  group.at('2026-03-05T11:00:00Z');
  const contributionId = ground.ids.next('ctr');
  const notes = { contributionId, membershipId: group.of('Fatou').membershipId, amount: 15_000n };
  await group.must(async (tx) => await declareCash(tx, ground, { ...group.who('Yao'), ...notes }));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who('Fatou'), contributionId }));
  granted(await group.pay('Fatou', 10_000n));
  await pay(group, 3, ['Awa', 'Yao', 'Mariam']);
  await agreeToPots(group);
  expect([await group.fund('pot'), await group.fund('pot', 'cash')]).toEqual([35_000n, 15_000n]);
  const waiting = async () => (await listOpenHandouts(db, groupId)).map(({ amount }) => amount);
  expect(await waiting()).toEqual([15_000n]);
  const exchange = { exchangeId: ground.ids.next('exc'), fund: 'pot', amount: 35_000n } as const;
  await group.must(async (tx) => await proposeExchange(tx, ground, { ...group.who('Yao'), ...exchange }));
  await group.agree('Awa', 'Mariam');
  for (let turn = 0; turn < 3; turn++)
    for (const { id: handoutId } of await listOpenHandouts(db, groupId)) {
      await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Yao'), handoutId }));
      await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Awa'), handoutId }));
    }
  expect(
    (await listExits(db, group.cycleId)).map(({ state, refundedCash }) => [state, refundedCash]),
  ).toEqual([
    ['settled', 25_000n],
    ['settled', 25_000n],
  ]);
  expect([await group.fund('pot'), await group.fund('pot', 'cash')]).toEqual([0n, 0n]);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

/**
 * Four shares, one pot a round. Awa has had hers when Koffi leaves: she owes him his 25 000 F, and 10 000 F of it come in her
 * wallet money while the pot has notes of Yao. Koffi has no wallet, so he is given notes for them.
 */
async function leftAfterTheFirstPot(withoutPhone: readonly string[]): Promise<SampleGroup> {
  // Fatou keeps the notes and does not save with them.
  const names = ['Awa', 'Yao', 'Mariam', 'Koffi', 'Fatou'];
  const group = await sampleGroup({
    names,
    withoutPhone,
    rules: {
      ...USUAL_RULES,
      graceHours: 0,
      shortfall: 'wait',
      order: 'fixed',
      lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
    },
    startsOn: '2026-01-05',
    offices: { Fatou: 'treasurer', Yao: 'secretary' },
    shares: { Fatou: 0 },
  });
  for (const name of names) if (!withoutPhone.includes(name)) await group.give(name, 500_000n);
  group.at('2026-01-05T11:00:00Z');
  granted(await group.pay('Awa', 25_000n, { for: 'Koffi' }));
  await pay(group, 1, ['Awa', 'Yao', 'Mariam']);
  await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  return group;
}

async function payInNotes(group: SampleGroup, name: string, amount: bigint): Promise<void> {
  const { ground } = group;
  const contributionId = ground.ids.next('ctr');
  const notes = { contributionId, membershipId: group.of(name).membershipId, amount };
  await group.must(async (tx) => await declareCash(tx, ground, { ...group.who('Fatou'), ...notes }));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who(name), contributionId }));
}

/** Fatou hands over what waits; whoever receives it says so, and an officer for who has no phone. */
async function handOverAll(group: SampleGroup): Promise<void> {
  const { ground } = group;
  for (const { id: handoutId } of await listOpenHandouts(group.db, group.groupId)) {
    await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Fatou'), handoutId }));
    for (const name of ['Yao', 'Mariam'])
      await group.doing(async (tx) => await confirmHandover(tx, ground, { ...group.who(name), handoutId }));
  }
}

async function exitOf(group: SampleGroup) {
  const [exit] = await listExits(group.db, group.cycleId);
  return exit;
}

test('notes that come in for a leaver after they were given notes for wallet money undo nothing', async () => {
  const group = await leftAfterTheFirstPot(['Koffi']);
  await leave(group, 'Awa', group.of('Koffi').membershipId);
  await group.agree('Yao', 'Mariam', 'Fatou');
  group.at('2026-02-05T10:00:00Z');
  await group.night();
  await payInNotes(group, 'Yao', 25_000n);
  granted(await group.pay('Awa', 35_000n));
  expect((await listOpenHandouts(group.db, group.groupId)).map(({ amount }) => amount)).toEqual([10_000n]);
  await pay(group, 2, ['Mariam']);
  await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  await handOverAll(group);
  group.at('2026-03-05T11:00:00Z');
  for (const name of ['Yao', 'Mariam']) await payInNotes(group, name, 25_000n);
  await pay(group, 3, []);
  await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  await payInNotes(group, 'Awa', 40_000n);
  for (let turn = 0; turn < 2; turn++) await handOverAll(group);
  expect(await exitOf(group)).toMatchObject({ state: 'settled', refundedWallet: 0n, refundedCash: 25_000n });
  expect((await listRounds(group.db, group.cycleId)).map((round) => round.state)).toEqual([
    'served',
    'served',
    'served',
    'cancelled',
  ]);
  expect([await group.fund('pot'), await group.fund('pot', 'cash')]).toEqual([0n, 0n]);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('whoever was given notes for wallet money and has a wallet later is given the rest, not all of it again', async () => {
  const group = await leftAfterTheFirstPot([]);
  const { ground } = group;
  const phone = '+2250799999999';
  const death = { membershipId: group.of('Koffi').membershipId, reason: 'acte de décès' };
  const nextOfKin = { name: 'Adama', phone };
  await group.must(async (tx) => await recordDeath(tx, ground, { ...group.who('Awa'), ...death, nextOfKin }));
  await leave(group, 'Awa', death.membershipId);
  await group.agree('Yao', 'Mariam', 'Fatou');
  group.at('2026-02-05T10:00:00Z');
  await group.night();
  await payInNotes(group, 'Yao', 25_000n);
  granted(await group.pay('Awa', 35_000n));
  await handOverAll(group);
  expect(await exitOf(group)).toMatchObject({ refundedWallet: 0n, refundedCash: 10_000n });
  const kin = {
    id: ground.ids.next('per'),
    phone,
    country: 'CI',
    locale: 'fr',
    displayName: 'Adama',
  } as const;
  await inTransaction(
    group.db,
    async (tx) =>
      await insertPerson(tx, { ...kin, identification: 'verified', createdAt: ground.clock.now() }),
  );
  await pay(group, 2, ['Mariam']);
  await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  await handOverAll(group);
  expect(await exitOf(group)).toMatchObject({ refundedWallet: 0n, refundedCash: 10_000n });
  await pay(group, 3, ['Yao', 'Mariam']);
  granted(await group.pay('Awa', 40_000n));
  await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  expect(await exitOf(group)).toMatchObject({
    state: 'settled',
    refundedWallet: 15_000n,
    refundedCash: 10_000n,
  });
  expect(await group.balanceOf(walletOf(kin.id, 'XOF'))).toBe(15_000n);
  expect([await group.fund('pot'), await group.fund('pot', 'cash')]).toEqual([0n, 0n]);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});
