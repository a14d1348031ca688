import { expect, test } from 'vitest';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { confirmHandover } from '../rounds/confirm-handover.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { handOverCash } from '../rounds/hand-over-cash.ts';
import { proposeExchange } from '../rounds/propose-exchange.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { findExit, listExits } from './exit.rows.ts';
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
    await group.agree('Yao', 'Mariam');
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
