import { expect, test } from 'vitest';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { findExit } from './exit.rows.ts';
import { requestExit } from './request-exit.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa', 'Koffi'];

/** Six shares, three rounds: two pots a round, and whoever leaves is paid from what is left at the end. */
async function started(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, rounds: 3 },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer', Koffi: 'censor' },
  });
  for (const name of NAMES) await group.give(name, 500_000n);
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
    for (const name of ['Awa', 'Yao', 'Mariam', 'Koffi']) {
      const yes = { ...group.who(name), requestId: id, voice: 'yes' } as const;
      await group.doing(async (tx) => await giveVoice(tx, group.ground, yes));
    }
}

async function leave(group: SampleGroup, name: string) {
  const asked = { ...group.who(name), exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
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
