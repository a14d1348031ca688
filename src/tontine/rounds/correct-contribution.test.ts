import { expect, test } from 'vitest';
import { giveVoice } from '../approvals/give-voice.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { declareDefault } from '../members/declare-default.ts';
import { findExit } from '../members/exit.rows.ts';
import { requestExit } from '../members/request-exit.ts';
import { standGuarantor } from '../members/stand-guarantor.ts';
import { expectSound, fourFriends } from '../testing/four-friends.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { consentSubstitution } from '../turns/consent-substitution.ts';
import { proposeSubstitution } from '../turns/propose-substitution.ts';
import { confirmCash } from './confirm-cash.ts';
import { declareCash } from './declare-cash.ts';
import { giveNotes } from './give-notes.ts';
import { proposeCorrection } from './propose-correction.ts';
import { takeNotes } from './take-notes.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];
const OFFICERS = ['Awa', 'Yao', 'Mariam'];

async function started(rules: Partial<RulesInput> = {}): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: {
      ...USUAL_RULES,
      graceHours: 0,
      lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
      ...rules,
    },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 300_000n);
  return group;
}

async function hold(group: SampleGroup, months: readonly number[], names: readonly string[]): Promise<void> {
  for (const month of months) {
    group.at(`2026-0${month}-05T12:00:00Z`);
    for (const name of names) granted(await group.pay(name, 25_000n));
    group.at(`2026-0${month}-05T18:00:00Z`);
    await group.night();
    await group.agree(...OFFICERS);
  }
}

/** Yao asks, and others say yes until there are enough; what the deciding voice was answered. */
async function undo(group: SampleGroup, contributionId: string): Promise<string> {
  const asked = { ...group.who('Yao'), contributionId, reason: 'erreur' };
  const request = granted(await group.doing(async (tx) => await proposeCorrection(tx, group.ground, asked)));
  let last = '';
  for (const name of request.beneficiaryId === group.of('Awa').membershipId
    ? ['Mariam', 'Fatou']
    : ['Awa', 'Mariam']) {
    const voice = { ...group.who(name), requestId: request.id, voice: 'yes' } as const;
    last = outcome(await group.doing(async (tx) => await giveVoice(tx, group.ground, voice)));
  }
  return last;
}

test('what a leaver was promised back is not undone besides: it would be given twice', async () => {
  const group = await started();
  await hold(group, [1], NAMES);
  group.at('2026-02-01T12:00:00Z');
  const second = granted(await group.pay('Moussa', 25_000n));
  const leaving = { ...group.who('Moussa'), exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
  const exit = granted(await group.doing(async (tx) => await requestExit(tx, group.ground, leaving)));
  await group.agree('Awa', 'Yao');
  expect(await findExit(group.db, exit.id)).toMatchObject({ state: 'approved', refund: exit.refund });
  expect(await undo(group, second.id)).toBe('contribution-settled');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('what a newcomer has paid the leaver for is not undone besides, also when the leaver has gone', async () => {
  const group = await started();
  const { ground } = group;
  const paid = granted(await group.pay('Moussa', 25_000n));
  const substitutionId = ground.ids.next('sub');
  const what = {
    substitutionId,
    shareId: group.shareIds[4] ?? '',
    toId: group.of('Fatou').membershipId,
  };
  await group.must(async (tx) => await proposeSubstitution(tx, ground, { ...group.who('Awa'), ...what }));
  for (const name of ['Moussa', 'Fatou']) {
    const yes = { ...group.who(name), substitutionId, voice: 'yes' } as const;
    await group.must(async (tx) => await consentSubstitution(tx, ground, yes));
  }
  await group.agree('Awa', 'Mariam');
  expect(await group.wallet('Moussa')).toBe(300_000n);
  expect(await undo(group, paid.id)).toBe('contribution-settled');
  expect(await group.wallet('Moussa')).toBe(300_000n);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('what the served gave back went on to the leaver, and is not undone with the next round’s money', async () => {
  const group = await started();
  await hold(group, [1], NAMES);
  const leaving = { ...group.who('Moussa'), exitId: group.ground.ids.next('exi'), reason: 'déménagement' };
  granted(await group.doing(async (tx) => await requestExit(tx, group.ground, leaving)));
  await group.agree('Awa', 'Yao', 'Mariam');
  group.at('2026-02-05T12:00:00Z');
  for (const name of NAMES.slice(0, 4)) granted(await group.pay(name, 25_000n));
  const back = granted(await group.pay('Awa', 25_000n));
  expect(await group.wallet('Moussa')).toBe(300_000n);
  expect(await undo(group, back.id)).toBe('contribution-spent');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('what a guarantor gave for a default stays given', async () => {
  const group = await started({ defaultCover: ['guarantor'], shortfall: 'wait' });
  const [shareId = ''] = group.shareIds;
  await group.must(async (tx) => await standGuarantor(tx, group.ground, { ...group.who('Fatou'), shareId }));
  await hold(group, [1], NAMES);
  await hold(group, [2], NAMES.slice(1));
  group.at('2026-02-06T12:00:00Z');
  const declared = { ...group.who('Yao'), shareId, reason: 'parti' };
  granted(await group.doing(async (tx) => await declareDefault(tx, group.ground, declared)));
  await group.agree('Mariam', 'Fatou', 'Moussa');
  expect(await group.wallet('Fatou')).toBe(300_000n - 50_000n - 100_000n);
  const given = await group.db
    .selectFrom('contributions')
    .select('id')
    .where('amount', '=', 100_000n)
    .executeTakeFirstOrThrow();
  expect(await undo(group, given.id)).toBe('contribution-settled');
  expect(await group.wallet('Fatou')).toBe(300_000n - 50_000n - 100_000n);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('a contribution is not undone with notes that its keeper has given to another one', async () => {
  const group = await fourFriends();
  const { ground } = group;
  const contributionId = ground.ids.next('ctr');
  const membershipId = group.of('Awa').membershipId;
  const notes = { ...group.who('Mariam'), contributionId, membershipId, amount: 25_000n };
  await group.must(async (tx) => await declareCash(tx, ground, notes));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who('Awa'), contributionId }));
  const handoverId = ground.ids.next('hov');
  const given = { ...group.who('Mariam'), handoverId, toId: group.of('Yao').membershipId, amount: 20_000n };
  await group.must(async (tx) => await giveNotes(tx, ground, given));
  const asked = { ...group.who('Mariam'), contributionId, reason: 'erreur de saisie' };
  await group.must(async (tx) => await proposeCorrection(tx, ground, asked));
  await group.agree('Yao', 'Fatou');
  expect(await group.box('Mariam')).toBe(25_000n);
  const taken = { ...group.who('Yao'), handoverId, answer: 'no' } as const;
  await group.must(async (tx) => await takeNotes(tx, ground, taken));
  // They came back: now the contribution can be undone.
  await group.agree('Yao', 'Fatou');
  expect(await group.box('Mariam')).toBe(0n);
  await expectSound(group);
});
