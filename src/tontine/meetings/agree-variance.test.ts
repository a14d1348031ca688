import { expect, test } from 'vitest';
import { giveVoice } from '../approvals/give-voice.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { giveNotes } from '../rounds/give-notes.ts';
import { takeNotes } from '../rounds/take-notes.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { closeMeeting } from './close-meeting.ts';
import { countCash } from './count-cash.ts';
import { explainVariance } from './explain-variance.ts';
import { openMeeting } from './open-meeting.ts';
import { recordPresence } from './record-presence.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Moussa', 'Fatou'];

/** Yao keeps 26 000 of Fatou, and a meeting is open. */
async function meeting() {
  const offices = { Yao: 'treasurer', Mariam: 'secretary', Moussa: 'vice-president' } as const;
  const group = await sampleGroup({ names: NAMES, rules: USUAL_RULES, startsOn: '2026-01-05', offices });
  const { ground } = group;
  const meetingId = ground.ids.next('mtg');
  await group.must(async (tx) => await openMeeting(tx, ground, { ...group.who('Mariam'), meetingId }));
  await bring(group, 26_000n);
  const at = { meetingId, keeperId: group.of('Yao').membershipId };
  const count = async (counted: bigint) => {
    ground.clock.advance(60_000);
    const form = { ...group.who('Yao'), ...at, counted };
    return outcome(await group.doing(async (tx) => await countCash(tx, ground, form)));
  };
  const explain = async (name: string) => {
    const form = { ...group.who(name), ...at, explanation: 'billet déchiré' };
    return await group.doing(async (tx) => await explainVariance(tx, ground, form));
  };
  const voice = async (name: string, requestId: string) => {
    const form = { ...group.who(name), requestId, voice: 'yes' } as const;
    return outcome(await group.doing(async (tx) => await giveVoice(tx, ground, form)));
  };
  const close = async () => {
    const form = { ...group.who('Mariam'), meetingId };
    return outcome(await group.doing(async (tx) => await closeMeeting(tx, ground, form)));
  };
  return { group, meetingId, count, explain, voice, close };
}

/** Notes of Fatou come into the treasurer's box. */
async function bring(group: SampleGroup, amount: bigint): Promise<void> {
  const contributionId = group.ground.ids.next('ctr');
  const notes = { ...group.who('Yao'), contributionId, membershipId: group.of('Fatou').membershipId, amount };
  await group.must(async (tx) => await declareCash(tx, group.ground, notes));
  const by = { ...group.who('Fatou'), contributionId };
  await group.must(async (tx) => await confirmCash(tx, group.ground, by));
}

test('a box moves after its difference was agreed to: it is counted again, may differ again, and the meeting closes', async () => {
  const { group, meetingId, count, explain, voice, close } = await meeting();
  const presences = NAMES.map((name) => ({
    membershipId: group.of(name).membershipId,
    presence: 'present' as const,
  }));
  const noted = { ...group.who('Mariam'), meetingId, presences };
  await group.must(async (tx) => await recordPresence(tx, group.ground, noted));
  await count(25_700n);
  const first = granted(await explain('Awa'));
  for (const name of ['Mariam', 'Moussa']) await voice(name, first.id);
  expect(await count(25_600n)).toBe('cash-variance-agreed');
  expect(outcome(await explain('Awa'))).toBe('cash-variance-agreed');
  await bring(group, 5_000n);
  expect(await close()).toBe('cash-recount');
  expect(await count(30_600n)).toBe('ok');
  const second = granted(await explain('Awa'));
  for (const name of ['Mariam', 'Moussa']) await voice(name, second.id);
  expect(await group.box('Yao')).toBe(30_600n);
  expect(await close()).toBe('ok');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('a yes to one count is no yes to the next one, and people are asked anew at once', async () => {
  const { group, count, explain, voice } = await meeting();
  await count(25_700n);
  const first = granted(await explain('Awa'));
  expect(await voice('Mariam', first.id)).toBe('ok');
  await count(20_000n);
  expect(await voice('Moussa', first.id)).toBe('cash-count-stale');
  // The same figure beside other books is another difference.
  await bring(group, 5_000n);
  await count(25_700n);
  expect(await voice('Moussa', first.id)).toBe('cash-count-stale');
  const second = granted(await explain('Awa'));
  expect(second.id).not.toBe(first.id);
  expect(await voice('Mariam', second.id)).toBe('ok');
  expect(await group.box('Yao')).toBe(31_000n);
  expect(await voice('Moussa', second.id)).toBe('ok');
  expect(await group.box('Yao')).toBe(25_700n);
});

test('notes that another keeper has not taken yet are no difference: nobody can agree to lose them', async () => {
  const { group, count, explain, voice } = await meeting();
  const { ground } = group;
  const handoverId = ground.ids.next('hov');
  const given = { ...group.who('Yao'), handoverId, toId: group.of('Awa').membershipId, amount: 20_000n };
  await group.must(async (tx) => await giveNotes(tx, ground, given));
  await count(6_000n);
  const request = granted(await explain('Awa'));
  expect(await voice('Mariam', request.id)).toBe('ok');
  expect(await voice('Moussa', request.id)).toBe('cash-notes-promised');
  const taken = { ...group.who('Awa'), handoverId, answer: 'yes' } as const;
  await group.must(async (tx) => await takeNotes(tx, ground, taken));
  expect([await group.box('Yao'), await group.box('Awa')]).toEqual([6_000n, 20_000n]);
  expect(await count(6_000n)).toBe('ok');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});
