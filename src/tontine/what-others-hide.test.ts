import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listOpenRequests } from './approvals/approval-request.rows.ts';
import { giveVoice } from './approvals/give-voice.ts';
import { proposeWaiver } from './discipline/propose-waiver.ts';
import { currentRules } from './groups/group-rules.rows.ts';
import { proposeRules } from './groups/propose-rules.ts';
import { USUAL_RULES } from './groups/rules.ts';
import { countTold, listNotices } from './members/member-notice.rows.ts';
import { confirmCash } from './rounds/confirm-cash.ts';
import { declareCash } from './rounds/declare-cash.ts';
import { proposeCorrection } from './rounds/propose-correction.ts';
import { proposePayout } from './rounds/propose-payout.ts';
import { expectSound, FRIENDS, fourFriends, playRound } from './testing/four-friends.ts';
import { granted, outcome } from './testing/sample-group.ts';

test('a fine forgiven by one: a waiver needs a reason and two others, and neither asker nor fined counts', async () => {
  const group = await fourFriends();
  await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);
  const [fine] = await group.db.selectFrom('penalties').select('id').execute();
  const asked = { ...group.who('Mariam'), penaltyId: fine?.id ?? '' };
  const mute = await group.doing(
    async (tx) => await proposeWaiver(tx, group.ground, { ...asked, reason: ' ' }),
  );
  expect(outcome(mute)).toBe('reason-missing');
  granted(
    await group.doing(async (tx) => await proposeWaiver(tx, group.ground, { ...asked, reason: 'malade' })),
  );
  const request = (await listOpenRequests(group.db, group.groupId)).find((one) => one.kind === 'waiver');
  const voice = async (name: string) =>
    outcome(
      await group.doing(
        async (tx) =>
          await giveVoice(tx, group.ground, {
            ...group.who(name),
            requestId: request?.id ?? '',
            voice: 'yes',
          }),
      ),
    );
  expect(await voice('Mariam')).toBe('approval-voice-excluded');
  expect(await voice('Fatou')).toBe('approval-voice-excluded');
  expect(await voice('Awa')).toBe('ok');
  const due = async () =>
    await group.db
      .selectFrom('dues')
      .select(['state', 'forgiven'])
      .where('kind', '=', 'fine')
      .executeTakeFirst();
  expect(await due()).toEqual({ state: 'open', forgiven: 0n });
  expect(await voice('Yao')).toBe('ok');
  expect(await due()).toEqual({ state: 'forgiven', forgiven: 500n });
  await expectSound(group);
});

test('“I paid, he says I did not”: notes count when a second person says so, and never by one alone', async () => {
  const group = await fourFriends();
  const { membershipId } = group.of('Fatou');
  const form = { contributionId: group.ground.ids.next('ctr'), membershipId, amount: 25_000n };
  granted(
    await group.doing(async (tx) => await declareCash(tx, group.ground, { ...group.who('Mariam'), ...form })),
  );
  expect(await group.fund('pot', 'cash')).toBe(0n);
  const confirm = async (name: string) =>
    outcome(
      await group.doing(async (tx) => await confirmCash(tx, group.ground, { ...group.who(name), ...form })),
    );
  expect(await confirm('Mariam')).toBe('cash-same-person');
  expect(await confirm('Awa')).toBe('cash-not-concerned');
  expect(await confirm('Fatou')).toBe('ok');
  expect(await confirm('Fatou')).toBe('ok');
  expect(await group.fund('pot', 'cash')).toBe(25_000n);
  expect(await group.box('Mariam')).toBe(25_000n);
  await expectSound(group);
});

test('the third person who forgot: who pays for another leaves a receipt with both', async () => {
  const group = await fourFriends();
  const paid = granted(await group.pay('Awa', 40_000n, { for: 'Fatou' }));
  for (const name of ['Awa', 'Fatou']) {
    const [notice] = await listNotices(group.db, group.of(name).membershipId, { limit: 1 });
    expect(notice).toMatchObject({ kind: 'contribution.received', subjectId: paid.id });
  }
  // What is too much stays Fatou's, and settles her next due when it opens.
  group.at('2026-01-05T18:00:00.000Z');
  await group.night();
  const dues = await group.db
    .selectFrom('dues')
    .select('met')
    .where('membership_id', '=', group.of('Fatou').membershipId)
    .orderBy('due_at')
    .execute();
  expect(dues).toEqual([{ met: 25_000n }, { met: 15_000n }]);
  await expectSound(group);
});

test('a silent correction: it is asked, agreed, seen by all, and what was wrong stays visible', async () => {
  const group = await fourFriends();
  const wrong = granted(await group.pay('Yao', 25_000n));
  const asked = { ...group.who('Mariam'), contributionId: wrong.id, reason: 'erreur de saisie' };
  granted(await group.doing(async (tx) => await proposeCorrection(tx, group.ground, asked)));
  await group.agree('Awa', 'Fatou');
  expect(await group.wallet('Yao')).toBe(300_000n);
  expect(await countTold(group.db, 'contribution.corrected', wrong.id)).toBe(FRIENDS.length);
  const row = await group.db
    .selectFrom('contributions')
    .selectAll()
    .where('id', '=', wrong.id)
    .executeTakeFirst();
  expect(row).toMatchObject({ state: 'corrected', amount: 25_000n, returned: 25_000n });
  await expectSound(group);
  // A pot that was handed out is not taken back behind anybody's back.
  const spent = granted(await group.pay('Yao', 25_000n));
  await playRound(group, 1, ['Awa', 'Mariam', 'Fatou']);
  granted(
    await group.doing(
      async (tx) => await proposeCorrection(tx, group.ground, { ...asked, contributionId: spent.id }),
    ),
  );
  const request = (await listOpenRequests(group.db, group.groupId)).find((one) => one.kind === 'correction');
  const voice = async (name: string) =>
    outcome(
      await group.doing(
        async (tx) =>
          await giveVoice(tx, group.ground, {
            ...group.who(name),
            requestId: request?.id ?? '',
            voice: 'yes',
          }),
      ),
    );
  expect(await voice('Awa')).toBe('ok');
  expect(await voice('Fatou')).toBe('contribution-spent');
  await expectSound(group);
});

test('a by-law changed overnight: all are told, it waits for its notice, and the running cycle keeps its amount', async () => {
  const group = await fourFriends();
  const rules = {
    ...USUAL_RULES,
    contribution: 50_000n,
    lateFee: { kind: 'fixed', beforePot: 900n, afterPot: 900n },
  };
  const asked = { ...group.who('Awa'), rules, reason: 'vie chère' };
  granted(await group.doing(async (tx) => await proposeRules(tx, group.ground, asked)));
  expect(outcome(await group.doing(async (tx) => await proposeRules(tx, group.ground, asked)))).toBe(
    'rules-pending',
  );
  await group.agree('Yao', 'Mariam');
  expect(await countTold(group.db, 'rules.adopted', `${group.groupId}:2`)).toBe(FRIENDS.length);
  const version = async () => (await currentRules(group.db, group.groupId, group.ground.clock.now())).version;
  expect(await version()).toBe(1);
  group.at('2026-01-07T08:00:00.000Z');
  expect(await version()).toBe(2);
  group.at('2026-01-07T19:00:00.000Z');
  await group.night();
  expect(await group.db.selectFrom('penalties').select('amount').distinct().execute()).toEqual([
    { amount: 900n },
  ]);
  const dues = await group.db
    .selectFrom('dues')
    .select('amount')
    .distinct()
    .where('kind', '=', 'pot')
    .execute();
  expect(dues).toEqual([{ amount: 25_000n }]);
});

test('a president who pays himself: no voice for his own pot, nor by the database', async () => {
  const group = await fourFriends();
  for (const name of FRIENDS) granted(await group.pay(name, 25_000n));
  granted(
    await group.doing(
      async (tx) => await proposePayout(tx, group.ground, { ...group.who('Mariam'), place: 1 }),
    ),
  );
  const [request] = await listOpenRequests(group.db, group.groupId);
  const vote = { ...group.who('Awa'), requestId: request?.id ?? '', voice: 'yes' } as const;
  expect(outcome(await group.doing(async (tx) => await giveVoice(tx, group.ground, vote)))).toBe(
    'approval-voice-excluded',
  );
  const forced = sql`insert into approval_votes values (${request?.id ?? ''}, ${group.groupId},
    ${group.of('Awa').membershipId}, 'yes', true, null, ${group.ground.clock.now()})`.execute(group.db);
  await expect(forced).rejects.toThrow(/no voice/);
  const granting =
    sql`update approval_requests set state = 'granted', decided_at = ${group.ground.clock.now()}`.execute(
      group.db,
    );
  await expect(granting).rejects.toThrow(/not enough voices/);
  const paying =
    sql`update payouts set state = 'approved', approved_at = ${group.ground.clock.now()}`.execute(group.db);
  await expect(paying).rejects.toThrow(/nobody agreed/);
});

test('a request that is forgotten: it ends after a day, a late voice is refused, and the pot is asked for anew', async () => {
  const group = await fourFriends();
  for (const name of FRIENDS) granted(await group.pay(name, 25_000n));
  group.at('2026-01-07T19:00:00.000Z');
  await group.night();
  const [first] = await listOpenRequests(group.db, group.groupId);
  group.at('2026-01-08T19:00:00.000Z');
  const voice = async (requestId: string) =>
    outcome(
      await group.doing(
        async (tx) => await giveVoice(tx, group.ground, { ...group.who('Yao'), requestId, voice: 'yes' }),
      ),
    );
  expect(await voice(first?.id ?? '')).toBe('approval-over');
  await group.night();
  const [second, ...rest] = await listOpenRequests(group.db, group.groupId);
  expect(rest).toEqual([]);
  expect(second?.subjectId).toBe(first?.subjectId);
  expect(await voice(second?.id ?? '')).toBe('ok');
  await group.agree('Mariam');
  expect(await group.wallet('Awa')).toBe(375_000n);
  await expectSound(group);
});
