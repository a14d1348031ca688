import { expect, test } from 'vitest';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { listShares } from '../cycles/share.rows.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { addMember } from '../members/add-member.ts';
import { listOpenDues } from '../rounds/due.rows.ts';
import { proposePayout } from '../rounds/propose-payout.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { approveSwap } from './approve-swap.ts';
import { consentSubstitution } from './consent-substitution.ts';
import { consentSwap } from './consent-swap.ts';
import { proposeSubstitution } from './propose-substitution.ts';
import { proposeSwap } from './propose-swap.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

async function started(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, shortfall: 'pay-what-is-there' },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 200_000n);
  return group;
}
const shareOf = (group: SampleGroup, name: string): string => group.shareIds[NAMES.indexOf(name)] ?? '';
const placesOf = async (group: SampleGroup): Promise<string[]> =>
  (await listTurns(group.db, group.cycleId)).map(
    (turn) => NAMES[group.shareIds.indexOf(turn.shareId)] ?? turn.shareId,
  );

const propose = async (
  group: SampleGroup,
  name: string,
  other: string,
  swapId = group.ground.ids.next('swp'),
) => {
  const asked = {
    ...group.who(name),
    swapId,
    ownShareId: shareOf(group, name),
    otherShareId: shareOf(group, other),
  };
  return await group.doing(async (tx) => await proposeSwap(tx, group.ground, asked));
};
const consent = async (group: SampleGroup, name: string, swapId: string, voice: 'yes' | 'no' = 'yes') =>
  await group.doing(async (tx) => await consentSwap(tx, group.ground, { ...group.who(name), swapId, voice }));
const approve = async (group: SampleGroup, name: string, swapId: string) =>
  await group.doing(async (tx) => await approveSwap(tx, group.ground, { ...group.who(name), swapId }));

test('two owners and an officer let turns change places; nobody else can', async () => {
  const group = await started();
  const swap = granted(await propose(group, 'Fatou', 'Mariam'));
  expect(outcome(await propose(group, 'Moussa', 'Fatou'))).toBe('swap-standing');
  expect(outcome(await approve(group, 'Awa', swap.id))).toBe('swap-consent-missing');
  expect(outcome(await consent(group, 'Moussa', swap.id))).toBe('swap-absent');
  granted(await consent(group, 'Mariam', swap.id));
  expect(outcome(await approve(group, 'Mariam', swap.id))).toBe('swap-own');
  expect(outcome(await approve(group, 'Moussa', swap.id))).toBe('group-role-missing');
  expect(await placesOf(group)).toEqual(['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa']);
  const approvals = await Promise.all(
    ['Awa', 'Yao', 'Awa', 'Yao'].map(async (name) => await approve(group, name, swap.id)),
  );
  expect(approvals.map(outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(await placesOf(group)).toEqual(['Awa', 'Yao', 'Fatou', 'Mariam', 'Moussa']);
  expect(outcome(await consent(group, 'Mariam', swap.id, 'no'))).toBe('swap-over');
});

test('a served turn, a pot that was asked for, a no and a forgotten swap change nothing', async () => {
  const group = await started();
  const { ground } = group;
  const stale = granted(await propose(group, 'Moussa', 'Yao'));
  granted(await consent(group, 'Yao', stale.id, 'no'));
  // The same form sent again has the same answer.
  granted(await consent(group, 'Yao', stale.id, 'no'));
  expect(outcome(await approve(group, 'Awa', stale.id))).toBe('swap-over');
  const early = granted(await propose(group, 'Moussa', 'Awa'));
  granted(await consent(group, 'Awa', early.id));
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  await group.must(async (tx) => await proposePayout(tx, ground, { ...group.who('Yao'), place: 1 }));
  expect(outcome(await approve(group, 'Mariam', early.id))).toBe('swap-decided');
  await group.agree('Mariam', 'Fatou', 'Moussa');
  expect(outcome(await approve(group, 'Mariam', early.id))).toBe('swap-served');
  expect(outcome(await propose(group, 'Fatou', 'Awa'))).toBe('swap-served');
  expect(outcome(await propose(group, 'Fatou', 'Fatou'))).toBe('swap-itself');
  const forgotten = granted(await propose(group, 'Fatou', 'Yao'));
  granted(await consent(group, 'Yao', forgotten.id));
  ground.clock.advance(8 * 86_400_000);
  expect(outcome(await approve(group, 'Awa', forgotten.id))).toBe('swap-over');
  expect(await placesOf(group)).toEqual(NAMES);
});

test('a share goes to a newcomer with all it owes, and the newcomer pays the leaver what it had paid', async () => {
  const group = await started();
  const { ground, db, cycleId } = group;
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  const substitutionId = ground.ids.next('sub');
  const toId = group.of('Yao').membershipId;
  const asked = { ...group.who('Awa'), substitutionId, shareId: shareOf(group, 'Fatou'), toId };
  const proposed = await group.must(async (tx) => await proposeSubstitution(tx, ground, asked));
  expect(proposed.price).toBe(25_000n);
  const say = async (name: string, voice: 'yes' | 'no' = 'yes') =>
    await group.doing(
      async (tx) => await consentSubstitution(tx, ground, { ...group.who(name), substitutionId, voice }),
    );
  expect(outcome(await say('Moussa'))).toBe('substitution-absent');
  granted(await say('Fatou'));
  expect(await listOpenRequests(db, group.groupId)).toHaveLength(1); // the pot of round 1
  granted(await say('Yao'));
  const request = (await listOpenRequests(db, group.groupId)).find((one) => one.kind === 'substitution');
  const voice = async (name: string) =>
    await group.doing(
      async (tx) =>
        await giveVoice(tx, ground, { ...group.who(name), requestId: request?.id ?? '', voice: 'yes' }),
    );
  expect(outcome(await voice('Yao'))).toBe('approval-voice-excluded');
  expect(outcome(await voice('Moussa'))).toBe('approval-voice-missing');
  granted(await voice('Awa'));
  granted(await voice('Mariam'));
  expect(await group.wallet('Yao')).toBe(200_000n - 50_000n);
  expect(await group.wallet('Fatou')).toBe(200_000n);
  const shares = (await listShares(db, cycleId)).filter((share) => share.membershipId === toId);
  expect(shares.map((share) => share.id)).toContain(shareOf(group, 'Fatou'));
  expect(await listOpenDues(db, toId)).toHaveLength(2);
  expect(await listOpenDues(db, group.of('Fatou').membershipId)).toEqual([]);
  expect(outcome(await say('Fatou', 'no'))).toBe('substitution-over');
});

test('a no to taking a share over that is sent twice has the same answer', async () => {
  const group = await started();
  const { ground } = group;
  const substitutionId = ground.ids.next('sub');
  const own = { substitutionId, shareId: shareOf(group, 'Fatou'), toId: group.of('Yao').membershipId };
  await group.must(async (tx) => await proposeSubstitution(tx, ground, { ...group.who('Awa'), ...own }));
  for (const name of ['Yao', 'Yao']) {
    const form = { ...group.who(name), substitutionId, voice: 'no' } as const;
    expect(outcome(await group.doing(async (tx) => await consentSubstitution(tx, ground, form)))).toBe('ok');
  }
});

test('a newcomer without money is refused by their wallet, and the share stays where it was', async () => {
  const group = await started();
  const { ground, db } = group;
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
  const toId = await group.must(
    async (tx) => await addMember(tx, ground, { ...group.who('Awa'), name: 'Sans téléphone' }),
  );
  const asked = {
    ...group.who('Awa'),
    substitutionId: ground.ids.next('sub'),
    shareId: shareOf(group, 'Fatou'),
  };
  const same = { ...asked, toId: group.of('Fatou').membershipId };
  expect(outcome(await group.doing(async (tx) => await proposeSubstitution(tx, ground, same)))).toBe(
    'substitution-same',
  );
  const member = { ...asked, ...group.who('Moussa'), toId };
  expect(outcome(await group.doing(async (tx) => await proposeSubstitution(tx, ground, member)))).toBe(
    'group-role-missing',
  );
  expect(
    outcome(await group.doing(async (tx) => await proposeSubstitution(tx, ground, { ...asked, toId }))),
  ).toBe('ok');
  const twice = { ...asked, substitutionId: ground.ids.next('sub'), toId };
  expect(outcome(await group.doing(async (tx) => await proposeSubstitution(tx, ground, twice)))).toBe(
    'substitution-standing',
  );
  expect((await listShares(db, group.cycleId)).some((share) => share.membershipId === toId)).toBe(false);
});
