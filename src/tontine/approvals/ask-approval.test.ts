import { expect, test } from 'vitest';
import { HOUR_MS } from '../../ground/clock.ts';
import { proposeCorrection } from '../rounds/propose-correction.ts';
import { fourFriends } from '../testing/four-friends.ts';
import { granted } from '../testing/sample-group.ts';
import { findApprovalRequest, listOpenRequests } from './approval-request.rows.ts';

test('the same question is one request while it is open, and a new one as soon as its time is over', async () => {
  const group = await fourFriends();
  const wrong = granted(await group.pay('Yao', 25_000n));
  const asked = { ...group.who('Mariam'), contributionId: wrong.id, reason: 'erreur de saisie' };
  const ask = async () =>
    granted(await group.doing(async (tx) => await proposeCorrection(tx, group.ground, asked)));
  const first = await ask();
  expect((await ask()).id).toBe(first.id);
  // No night has ended it yet: whoever asks in that hour must not meet the limit of the database.
  group.ground.clock.advance(25 * HOUR_MS);
  const second = await ask();
  expect(second.id).not.toBe(first.id);
  expect(await findApprovalRequest(group.db, first.id)).toMatchObject({ state: 'expired' });
  const open = await listOpenRequests(group.db, group.groupId);
  expect(open.map(({ id }) => id)).toEqual([second.id]);
  await group.agree('Awa', 'Fatou');
  expect(await group.wallet('Yao')).toBe(300_000n);
});
