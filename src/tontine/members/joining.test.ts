import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { insertPerson } from '../../people/person.rows.ts';
import { listMyGroups } from '../groups/list-my-groups.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { answerInvitation } from './answer-invitation.ts';
import { answerRequest } from './answer-request.ts';
import { askToJoin } from './ask-to-join.ts';
import { grantOffice } from './grant-office.ts';
import { INVITATION_LIFE_MS } from './invitation.ts';
import { inviteNumber } from './invite-number.ts';
import { makeInvitation } from './make-invitation.ts';
import { nameNextOfKin } from './name-next-of-kin.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { suspendMember } from './suspend-member.ts';

const NAMES = ['Awa', 'Yao', 'Mariam'];

async function openGroup(): Promise<SampleGroup> {
  const options = { names: NAMES, rules: USUAL_RULES, startsOn: '2026-01-05', isStarted: false };
  return await sampleGroup({ ...options, offices: { Yao: 'treasurer' } });
}

async function newcomer(group: SampleGroup, phone: string, country: 'CI' | 'CM' = 'CI') {
  const id = group.ground.ids.next('per');
  const createdAt = group.ground.clock.now();
  await inTransaction(
    group.db,
    async (tx) =>
      await insertPerson(tx, { id, phone, country, locale: 'fr', displayName: 'Rokia', createdAt }),
  );
  return { id, phone, country, displayName: 'Rokia' } as const;
}

test('by a link or a code one asks, and is in when an officer of the desk says yes', async () => {
  const group = await openGroup();
  const make = async (name: string) =>
    await group.doing(async (tx) => await makeInvitation(tx, group.ground, group.who(name)));
  expect(outcome(await make('Mariam'))).toBe('group-role-missing');
  const { code } = granted(await make('Awa'));
  const person = await newcomer(group, '+2250787654321');
  const typed = `${code.slice(0, 5)} ${code.slice(5).toLowerCase()}`;
  const ask = async (text: string) =>
    await group.doing(async (tx) => await askToJoin(tx, group.ground, { person, code: text }));
  expect(outcome(await ask('0000000000'))).toBe('invitation-absent');
  const place = granted(await ask(typed));
  expect(granted(await ask(code))).toEqual(place);
  const answer = async (name: string) =>
    await group.doing(
      async (tx) =>
        await answerRequest(tx, group.ground, { ...group.who(name), membershipId: place.id, answer: 'yes' }),
    );
  expect(outcome(await answer('Yao'))).toBe('group-role-missing');
  expect(outcome(await answer('Awa'))).toBe('ok');
  expect(outcome(await answer('Awa'))).toBe('ok');
  expect(outcome(await ask(code))).toBe('member-already');
});

test('an invitation that is over, revoked or of another currency opens nothing', async () => {
  const group = await openGroup();
  const make = async () =>
    granted(await group.doing(async (tx) => await makeInvitation(tx, group.ground, group.who('Awa'))));
  const person = await newcomer(group, '+2250787654321');
  const ask = async (code: string, who: Awaited<ReturnType<typeof newcomer>> = person) =>
    outcome(await group.doing(async (tx) => await askToJoin(tx, group.ground, { person: who, code })));
  const revoked = await make();
  const own = { ...group.who('Awa'), code: revoked.code };
  granted(await group.doing(async (tx) => await revokeInvitation(tx, group.ground, own)));
  expect(await ask(revoked.code)).toBe('invitation-absent');
  const { code } = await make();
  expect(await ask(code, await newcomer(group, '+237650010203', 'CM'))).toBe('group-currency-differs');
  group.ground.clock.advance(INVITATION_LIFE_MS);
  expect(await ask(code)).toBe('invitation-absent');
});

test('an invited number sees its invitation, and nobody else can answer it', async () => {
  const group = await openGroup();
  const phone = '+2250787654321';
  const invite = async () =>
    await group.doing(
      async (tx) => await inviteNumber(tx, group.ground, { ...group.who('Awa'), phone, name: 'Rokia' }),
    );
  const membershipId = granted(await invite());
  expect(outcome(await invite())).toBe('member-already');
  const person = await newcomer(group, phone);
  const mine = await listMyGroups(group.db, group.ground, person);
  expect(mine.invitations).toMatchObject([{ membershipId, groupName: 'Les Étoiles', invitedBy: 'Awa' }]);
  const other = await newcomer(group, '+2250748159263');
  const answer = async (who: typeof person) =>
    outcome(
      await group.doing(
        async (tx) => await answerInvitation(tx, group.ground, { person: who, membershipId, answer: 'yes' }),
      ),
    );
  expect(await answer(other)).toBe('invitation-absent');
  expect(await answer(person)).toBe('ok');
  expect(await answer(person)).toBe('ok');
  expect((await listMyGroups(group.db, group.ground, person)).groups).toHaveLength(1);
});

test('a suspended member may only see and pay; offices pass from hand to hand, and there is one president', async () => {
  const group = await openGroup();
  const { membershipId } = group.of('Mariam');
  const suspend = async (to: 'suspended' | 'active') =>
    await group.doing(
      async (tx) =>
        await suspendMember(tx, group.ground, { ...group.who('Awa'), membershipId, to, reason: 'absente' }),
    );
  granted(await suspend('suspended'));
  const kin = async (name: string, of: string) =>
    outcome(
      await group.doing(
        async (tx) =>
          await nameNextOfKin(tx, group.ground, { ...group.who(name), membershipId: of, name: 'Salif' }),
      ),
    );
  expect(await kin('Mariam', membershipId)).toBe('member-suspended');
  granted(await suspend('active'));
  expect(await kin('Mariam', membershipId)).toBe('ok');
  expect(await kin('Yao', membershipId)).toBe('group-role-missing');
  const give = { ...group.who('Awa'), membershipId, office: 'president', to: 'hold' } as const;
  granted(await group.doing(async (tx) => await grantOffice(tx, group.ground, give)));
  expect(outcome(await suspend('suspended'))).toBe('group-role-missing');
  const end = { ...group.who('Mariam'), membershipId, office: 'president', to: 'end' } as const;
  expect(outcome(await group.doing(async (tx) => await grantOffice(tx, group.ground, end)))).toBe(
    'member-presides',
  );
});
