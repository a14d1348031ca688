import { expect, test } from 'vitest';
import { expectSound, fourFriends } from '../testing/four-friends.ts';
import { confirmCash } from './confirm-cash.ts';
import { declareCash } from './declare-cash.ts';
import { giveNotes } from './give-notes.ts';
import { proposeCorrection } from './propose-correction.ts';
import { takeNotes } from './take-notes.ts';

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
