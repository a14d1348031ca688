import { expect, test } from 'vitest';
import { USUAL_RULES } from '../groups/rules.ts';
import { grantOffice } from '../members/grant-office.ts';
import { proposeExpulsion } from '../members/propose-expulsion.ts';
import { recordDeath } from '../members/record-death.ts';
import { requestExit } from '../members/request-exit.ts';
import { resign } from '../members/resign.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { confirmCash } from './confirm-cash.ts';
import { declareCash } from './declare-cash.ts';
import { giveNotes } from './give-notes.ts';
import { takeBackNotes } from './take-back-notes.ts';
import { takeNotes } from './take-notes.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou'];

/** Awa presides, Yao has collected 25 000 of Fatou in notes. */
async function withNotes(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: USUAL_RULES,
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer', Mariam: 'vice-president' },
  });
  group.at('2026-01-05T12:00:00Z');
  await group.night();
  const form = { contributionId: group.ground.ids.next('ctr'), membershipId: group.of('Fatou').membershipId };
  await group.must(
    async (tx) => await declareCash(tx, group.ground, { ...group.who('Yao'), ...form, amount: 25_000n }),
  );
  await group.must(async (tx) => await confirmCash(tx, group.ground, { ...group.who('Fatou'), ...form }));
  return group;
}

interface Giving {
  readonly from?: string;
  readonly to: string;
  readonly amount?: bigint;
  readonly id?: string;
}

async function give(group: SampleGroup, by: string, giving: Giving): Promise<string> {
  const asked = {
    ...group.who(by),
    handoverId: giving.id ?? group.ground.ids.next('hov'),
    fromId: giving.from === undefined ? undefined : group.of(giving.from).membershipId,
    toId: group.of(giving.to).membershipId,
    amount: giving.amount ?? 25_000n,
  };
  return outcome(await group.doing(async (tx) => await giveNotes(tx, group.ground, asked)));
}

async function take(group: SampleGroup, by: string, id: string, answer: 'yes' | 'no'): Promise<string> {
  const asked = { ...group.who(by), handoverId: id, answer };
  return outcome(await group.doing(async (tx) => await takeNotes(tx, group.ground, asked)));
}

test('notes move from box to box when the receiver says so, once, and not more than there are', async () => {
  const group = await withNotes();
  const id = group.ground.ids.next('hov');
  expect(await give(group, 'Yao', { to: 'Awa', amount: 25_001n })).toBe('cash-box-short');
  expect(await give(group, 'Yao', { to: 'Awa', amount: -1n })).toBe('contribution-amount');
  expect(await give(group, 'Yao', { to: 'Yao' })).toBe('cash-same-person');
  expect(await give(group, 'Yao', { to: 'Fatou' })).toBe('group-role-missing');
  for (const _ of [1, 2]) expect(await give(group, 'Yao', { to: 'Awa', amount: 20_000n, id })).toBe('ok');
  expect(await give(group, 'Yao', { to: 'Awa', amount: 19_000n, id })).toBe('request-changed');
  // What is on its way is promised.
  expect(await give(group, 'Yao', { to: 'Mariam', amount: 5_001n })).toBe('cash-box-short');
  expect(await group.box('Yao')).toBe(25_000n);
  expect(await take(group, 'Mariam', id, 'yes')).toBe('handout-absent');
  const all = await Promise.all([1, 2, 3].map(async () => await take(group, 'Awa', id, 'yes')));
  expect(all).toEqual(['ok', 'ok', 'ok']);
  expect([await group.box('Yao'), await group.box('Awa')]).toEqual([5_000n, 20_000n]);
  expect(await take(group, 'Awa', id, 'no')).toBe('handout-over');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('an officer without a phone receives no notes: nobody would ever say that they have them', async () => {
  const group = await sampleGroup({
    names: [...NAMES, 'Koffi'],
    withoutPhone: ['Koffi'],
    rules: USUAL_RULES,
    startsOn: '2026-01-05',
    offices: { Koffi: 'treasurer' },
  });
  expect(await give(group, 'Awa', { to: 'Koffi' })).toBe('member-absent');
});

test('whoever has lost the office still gives what is in their box; nobody gives it for them while they are there', async () => {
  const group = await withNotes();
  const end = {
    ...group.who('Awa'),
    membershipId: group.of('Yao').membershipId,
    office: 'treasurer',
  } as const;
  await group.must(async (tx) => await grantOffice(tx, group.ground, { ...end, to: 'end' }));
  expect(await give(group, 'Awa', { from: 'Yao', to: 'Mariam' })).toBe('keeper-can-answer');
  const id = group.ground.ids.next('hov');
  expect(await give(group, 'Yao', { to: 'Mariam', id })).toBe('ok');
  expect(await take(group, 'Mariam', id, 'yes')).toBe('ok');
  expect(await group.box('Mariam')).toBe(25_000n);
});

test('whoever still keeps notes does not leave', async () => {
  const group = await withNotes();
  const own = { ...group.who('Yao'), exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
  expect(outcome(await group.doing(async (tx) => await requestExit(tx, group.ground, own)))).toBe(
    'member-keeps-notes',
  );
  const id = group.ground.ids.next('hov');
  await give(group, 'Yao', { to: 'Awa', id });
  await take(group, 'Awa', id, 'yes');
  expect(outcome(await group.doing(async (tx) => await requestExit(tx, group.ground, own)))).not.toBe(
    'member-keeps-notes',
  );
});

test('who holds no share and keeps notes neither resigns; after an expulsion two others bring the notes back', async () => {
  const group = await sampleGroup({
    names: [...NAMES, 'Koffi'],
    rules: USUAL_RULES,
    startsOn: '2026-01-05',
    offices: { Koffi: 'treasurer', Mariam: 'vice-president' },
    shares: { Koffi: 0 },
  });
  group.at('2026-01-05T12:00:00Z');
  await group.night();
  const form = { contributionId: group.ground.ids.next('ctr'), membershipId: group.of('Fatou').membershipId };
  const declared = { ...group.who('Koffi'), ...form, amount: 25_000n };
  await group.must(async (tx) => await declareCash(tx, group.ground, declared));
  await group.must(async (tx) => await confirmCash(tx, group.ground, { ...group.who('Fatou'), ...form }));
  const leaving = async () =>
    await group.doing(async (tx) => await resign(tx, group.ground, group.who('Koffi')));
  expect(outcome(await leaving())).toBe('member-keeps-notes');
  const asked = { ...group.who('Awa'), membershipId: group.of('Koffi').membershipId, reason: 'disparu' };
  await group.must(async (tx) => await proposeExpulsion(tx, group.ground, asked));
  await group.agree('Mariam', 'Yao', 'Fatou');
  expect(await give(group, 'Awa', { from: 'Koffi', to: 'Awa' })).toBe('cash-same-person');
  expect(await give(group, 'Fatou', { from: 'Koffi', to: 'Mariam' })).toBe('group-role-missing');
  const id = group.ground.ids.next('hov');
  expect(await give(group, 'Awa', { from: 'Koffi', to: 'Mariam', id })).toBe('ok');
  expect(await group.box('Mariam')).toBe(0n);
  expect(await take(group, 'Mariam', id, 'yes')).toBe('ok');
  expect(await group.box('Mariam')).toBe(25_000n);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('the notes of a keeper who died are brought back by two others', async () => {
  const group = await withNotes();
  const death = {
    ...group.who('Awa'),
    membershipId: group.of('Yao').membershipId,
    reason: 'acte de décès 12',
  };
  await group.must(async (tx) => await recordDeath(tx, group.ground, death));
  const id = group.ground.ids.next('hov');
  expect(await give(group, 'Mariam', { from: 'Yao', to: 'Awa', id })).toBe('ok');
  expect(await take(group, 'Awa', id, 'yes')).toBe('ok');
  expect(await group.box('Awa')).toBe(25_000n);
});

async function takeBack(group: SampleGroup, by: string, noteId: string): Promise<string> {
  const asked = { ...group.who(by), noteId };
  return outcome(await group.doing(async (tx) => await takeBackNotes(tx, group.ground, asked)));
}

test('whoever said that notes left their box takes it back until somebody confirms it; others only where one is gone', async () => {
  const group = await withNotes();
  const [slip, lost, kept] = [
    group.ground.ids.next('hov'),
    group.ground.ids.next('hov'),
    group.ground.ids.next('hov'),
  ];
  await give(group, 'Yao', { to: 'Awa', id: slip });
  expect(await takeBack(group, 'Mariam', slip)).toBe('cash-not-concerned');
  for (const _ of [1, 2]) expect(await takeBack(group, 'Yao', slip)).toBe('ok');
  expect(await take(group, 'Awa', slip, 'yes')).toBe('handout-over');
  await give(group, 'Yao', { to: 'Mariam', id: lost });
  const death = { ...group.who('Awa'), membershipId: group.of('Mariam').membershipId, reason: 'acte 5' };
  await group.must(async (tx) => await recordDeath(tx, group.ground, death));
  expect(await takeBack(group, 'Fatou', lost)).toBe('cash-not-concerned');
  expect(await takeBack(group, 'Awa', lost)).toBe('ok');
  await give(group, 'Yao', { to: 'Awa', id: kept });
  expect(await take(group, 'Awa', kept, 'yes')).toBe('ok');
  expect(await takeBack(group, 'Yao', kept)).toBe('handout-over');
  expect([await group.box('Yao'), await group.box('Awa')]).toEqual([0n, 25_000n]);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});
