import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../ground/clock.ts';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import type { OrderKind } from '../cycles/cycle.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { requestExit } from '../members/request-exit.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { approveSwap } from './approve-swap.ts';
import { commitDraw } from './commit-draw.ts';
import { consentSubstitution } from './consent-substitution.ts';
import { consentSwap } from './consent-swap.ts';
import { proposeSubstitution } from './propose-substitution.ts';
import { proposeSwap } from './propose-swap.ts';
import { revealDraw } from './reveal-draw.ts';
import { findSubstitution } from './substitution.rows.ts';
import { findSwap } from './swap.rows.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

/** Four of them have paid the first round, which is Awa's. */
async function started(order: OrderKind = 'fixed'): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, order },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 200_000n);
  group.at('2026-01-05T08:00:00Z');
  await group.night();
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  return group;
}

const shareOf = (group: SampleGroup, name: string): string => group.shareIds[NAMES.indexOf(name)] ?? '';

/** Both people agree that Yao takes Fatou's share over, and the officers are asked. */
async function handedOn(group: SampleGroup): Promise<string> {
  const { ground } = group;
  const substitutionId = ground.ids.next('sub');
  const what = { substitutionId, shareId: shareOf(group, 'Fatou'), toId: group.of('Yao').membershipId };
  await group.must(async (tx) => await proposeSubstitution(tx, ground, { ...group.who('Awa'), ...what }));
  for (const name of ['Fatou', 'Yao']) {
    const yes = { ...group.who(name), substitutionId, voice: 'yes' } as const;
    await group.must(async (tx) => await consentSubstitution(tx, ground, yes));
  }
  return substitutionId;
}

/** Both owners agree that Fatou and Moussa exchange their turns. */
async function exchanged(group: SampleGroup): Promise<string> {
  const { ground } = group;
  const swapId = ground.ids.next('swp');
  const what = { swapId, ownShareId: shareOf(group, 'Fatou'), otherShareId: shareOf(group, 'Moussa') };
  await group.must(async (tx) => await proposeSwap(tx, ground, { ...group.who('Fatou'), ...what }));
  const yes = { ...group.who('Moussa'), swapId, voice: 'yes' } as const;
  await group.must(async (tx) => await consentSwap(tx, ground, yes));
  return swapId;
}

async function approve(group: SampleGroup, swapId: string): Promise<string> {
  const form = { ...group.who('Awa'), swapId };
  return outcome(await group.doing(async (tx) => await approveSwap(tx, group.ground, form)));
}

test('whoever left with what they had paid is paid by nobody for the share as well', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  const substitutionId = await handedOn(group);
  const swapId = await exchanged(group);
  const [asked] = await listOpenRequests(db, groupId);
  const exit = { ...group.who('Fatou'), exitId: ground.ids.next('exi'), reason: 'déménagement' };
  await group.must(async (tx) => await requestExit(tx, ground, exit));
  const leaving = (await listOpenRequests(db, groupId)).find((one) => one.kind === 'exit');
  const yes = async (name: string, requestId: string | undefined) =>
    outcome(
      await group.doing(
        async (tx) =>
          await giveVoice(tx, ground, { ...group.who(name), requestId: requestId ?? '', voice: 'yes' }),
      ),
    );
  for (const name of ['Awa', 'Mariam']) expect(await yes(name, leaving?.id)).toBe('ok');
  expect(asked?.kind).toBe('substitution');
  const before = await group.wallet('Yao');
  // Nobody is asked any more for what can no longer happen.
  expect(await listOpenRequests(db, groupId)).toEqual([]);
  for (const name of ['Awa', 'Mariam']) expect(await yes(name, asked?.id)).toBe('approval-over');
  expect(await group.wallet('Yao')).toBe(before);
  expect((await findSubstitution(db, { groupId, substitutionId }))?.state).toBe('lapsed');
  expect(await approve(group, swapId)).toBe('swap-over');
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('an exchange of turns that the owner before had agreed to does not bind the next', async () => {
  const group = await started();
  const swapId = await exchanged(group);
  await handedOn(group);
  await group.agree('Awa', 'Mariam');
  expect((await findSwap(group.db, { groupId: group.groupId, swapId }))?.state).toBe('lapsed');
  expect(await approve(group, swapId)).toBe('swap-over');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('a share does not change hands while a draw is sealed over it, and does once the draw is revealed', async () => {
  const group = await started('vote');
  const { db, ground, groupId, cycleId } = group;
  const substitutionId = await handedOn(group);
  const [request] = await listOpenRequests(db, groupId);
  const [, round] = await listRounds(db, cycleId);
  const drawId = ground.ids.next('drw');
  const seal = { ...group.who('Awa'), drawId, cycleId, roundId: round?.id, entropyMinutes: 5 };
  await group.must(async (tx) => await commitDraw(tx, ground, seal));
  const yes = async (name: string) =>
    outcome(
      await group.doing(
        async (tx) =>
          await giveVoice(tx, ground, { ...group.who(name), requestId: request?.id ?? '', voice: 'yes' }),
      ),
    );
  expect([await yes('Awa'), await yes('Mariam')]).toEqual(['ok', 'shares-sealed']);
  ground.clock.advance(6 * MINUTE_MS);
  await group.must(async (tx) => await revealDraw(tx, ground, { ...group.who('Fatou'), drawId }));
  expect(await yes('Mariam')).toBe('ok');
  expect((await findSubstitution(db, { groupId, substitutionId }))?.state).toBe('done');
  expect(await findGroupFaults(db, group)).toEqual([]);
});
