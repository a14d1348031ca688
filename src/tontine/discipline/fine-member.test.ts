import { expect, test } from 'vitest';
import { listOpenDues } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { fourFriends } from '../testing/four-friends.ts';
import { outcome } from '../testing/sample-group.ts';
import { type FineMember, fineMember } from './fine-member.ts';

test('one form is one fine: sent again it changes nothing, and with something else in it it is refused', async () => {
  const group = await fourFriends();
  const form: FineMember = {
    ...group.who('Awa'),
    membershipId: group.of('Yao').membershipId,
    formId: group.ground.ids.next('mtg'),
    kind: 'other',
    amount: 300n,
    reason: 'téléphone pendant la séance',
  };
  const send = async (changed: Partial<FineMember> = {}) =>
    outcome(await group.doing(async (tx) => await fineMember(tx, group.ground, { ...form, ...changed })));
  expect(await send()).toBe('ok');
  expect(await send()).toBe('ok');
  expect(await send({ amount: 500n })).toBe('request-changed');
  expect(await send({ membershipId: group.of('Fatou').membershipId })).toBe('request-changed');
  const fines = async (name: string) =>
    (await listOpenDues(group.db, group.of(name).membershipId))
      .filter((due) => due.kind === 'fine')
      .map(missingOf);
  expect(await fines('Yao')).toEqual([300n]);
  expect(await fines('Fatou')).toEqual([]);
});
