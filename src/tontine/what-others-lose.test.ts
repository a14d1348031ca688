import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { calendarDay } from './cycles/calendar-day.ts';
import { endCycle } from './cycles/end-cycle.ts';
import { formCycle } from './cycles/form-cycle.ts';
import { levyPenaltiesOnce } from './discipline/levy-penalties-once.ts';
import { grantOffice } from './members/grant-office.ts';
import { proposeExpulsion } from './members/propose-expulsion.ts';
import { resign } from './members/resign.ts';
import { suspendMember } from './members/suspend-member.ts';
import { listPayouts } from './rounds/payout.rows.ts';
import { proposePayout } from './rounds/propose-payout.ts';
import { expectSound, FRIENDS, fourFriends, playRound } from './testing/four-friends.ts';
import { granted, outcome } from './testing/sample-group.ts';

test('money from nothing: without money in the wallet there is no contribution', async () => {
  const group = await fourFriends();
  expect(outcome(await group.pay('Fatou', 300_001n))).toBe('wallet-short');
  expect(await group.db.selectFrom('contributions').select('id').execute()).toEqual([]);
  expect(await group.fund('pot')).toBe(0n);
});

test('the turns of everybody: a member who is suspended moves nobody’s turn', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  const { membershipId } = group.of('Yao');
  const suspended = { ...group.who('Awa'), membershipId, to: 'suspended', reason: 'ne vient plus' } as const;
  granted(await group.doing(async (tx) => await suspendMember(tx, group.ground, suspended)));
  await playRound(group, 2);
  expect((await listPayouts(group.db, group.cycleId)).map((payout) => payout.membershipId)).toEqual(
    ['Awa', 'Yao'].map((name) => group.of(name).membershipId),
  );
  expect(await group.wallet('Yao')).toBe(300_000n - 50_000n + 100_000n);
  await expectSound(group);
});

test('eleven twelfths of a pot: one share receives the whole of it', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  expect(await group.wallet('Awa')).toBe(300_000n - 25_000n + 100_000n);
});

test('a double submission: the same form twice is one contribution, with another amount it is refused', async () => {
  const group = await fourFriends();
  const id = group.ground.ids.next('ctr');
  granted(await group.pay('Yao', 25_000n, { id }));
  granted(await group.pay('Yao', 25_000n, { id }));
  expect(outcome(await group.pay('Yao', 20_000n, { id }))).toBe('request-changed');
  expect(outcome(await group.pay('Fatou', 25_000n, { id }))).toBe('request-changed');
  expect(await group.fund('pot')).toBe(25_000n);
});

test.each([
  ['wait', 0n],
  ['pay-what-is-there', 75_000n],
  ['guarantee', 0n],
] as const)(
  'a cash box below zero: a pot that lacks 25 000 under the rule %s pays %s',
  async (shortfall, paid) => {
    const group = await fourFriends({ shortfall });
    await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);
    expect(await group.wallet('Awa')).toBe(275_000n + paid);
    expect(await group.fund('pot')).toBe(75_000n - paid);
    await expectSound(group);
    // Whoever pays later completes it, and the fine is not part of the pot.
    granted(await group.pay('Fatou', 25_500n));
    expect(await group.wallet('Awa')).toBe(275_000n + 100_000n);
    expect(await group.fund('pot')).toBe(0n);
    expect(await group.fund('fines')).toBe(500n);
    await expectSound(group);
  },
);

test('twelve small rows are not a pot: amounts are summed, not counted', async () => {
  const group = await fourFriends();
  for (const name of FRIENDS) for (let n = 0; n < 3; n++) granted(await group.pay(name, 1_000n));
  const asked = { ...group.who('Mariam'), place: 1 };
  const early = await group.doing(async (tx) => await proposePayout(tx, group.ground, asked));
  expect(outcome(early)).toBe('payout-not-ready');
  for (const name of FRIENDS) granted(await group.pay(name, 22_000n));
  expect(outcome(await group.doing(async (tx) => await proposePayout(tx, group.ground, asked)))).toBe('ok');
});

test('a served member who walks away: neither resignation nor expulsion lets a share go', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  const leaving = await group.doing(async (tx) => await resign(tx, group.ground, group.who('Yao')));
  expect(outcome(leaving)).toBe('member-holds-share');
  const out = { ...group.who('Awa'), membershipId: group.of('Mariam').membershipId, reason: 'ne paie pas' };
  const expulsion = await group.doing(async (tx) => await proposeExpulsion(tx, group.ground, out));
  expect(outcome(expulsion)).toBe('member-holds-share');
  const handed = {
    ...group.who('Awa'),
    membershipId: group.of('Yao').membershipId,
    office: 'president',
    to: 'hold',
  } as const;
  granted(await group.doing(async (tx) => await grantOffice(tx, group.ground, handed)));
  expect(outcome(await group.doing(async (tx) => await resign(tx, group.ground, group.who('Awa'))))).toBe(
    'member-holds-share',
  );
});

test('the order after the fact: the database itself keeps the turn of whoever was served', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  const change = sql`update turns set place = 99 where share_id = ${group.shareIds[0] ?? ''}`.execute(
    group.db,
  );
  await expect(change).rejects.toThrow(/given, or about to be/);
  const again =
    sql`insert into payouts select ${group.ground.ids.next('pyo')}, group_id, cycle_id, round_id, share_id,
    membership_id, amount, 0, 0, 0, 0, 0, 0, 'proposed', null, proposed_at, null, null, null, null, null
    from payouts`.execute(group.db);
  await expect(again).rejects.toThrow();
  const asked = { ...group.who('Mariam'), place: 1 };
  expect(outcome(await group.doing(async (tx) => await proposePayout(tx, group.ground, asked)))).toBe(
    'payout-done',
  );
});

test('a closed session reopened: a round goes one way, and nothing of it is deleted', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  for (const change of [
    sql`update rounds set state = 'open' where number = 1`,
    sql`delete from dues`,
    sql`delete from contributions`,
    sql`update contributions set amount = amount + 1`,
    sql`update dues set amount = amount - 1`,
    sql`delete from allocations`,
  ])
    await expect(change.execute(group.db)).rejects.toThrow();
});

test('the fine of every night: however often the job comes, one lateness is one fine', async () => {
  const group = await fourFriends();
  await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);
  for (let night = 0; night < 5; night++) {
    group.ground.clock.advance(3_600_000);
    await levyPenaltiesOnce(group.db, group.ground, 100);
  }
  expect(await group.db.selectFrom('penalties').select('amount').execute()).toEqual([{ amount: 500n }]);
});

test('a fine per day: after four days four days are fined, up to the cap, also when the job slept', async () => {
  const group = await fourFriends({
    lateFee: { kind: 'per-day', beforePot: 100n, afterPot: 200n, cap: 350n },
  });
  await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);
  const sum = async () => {
    const fines = await group.db.selectFrom('penalties').select('amount').execute();
    return fines.reduce((total, fine) => total + fine.amount, 0n);
  };
  expect(await sum()).toBe(100n);
  group.at('2026-01-09T19:00:00.000Z');
  await group.night();
  expect(await sum()).toBe(300n);
  group.at('2026-01-20T19:00:00.000Z');
  await group.night();
  await group.night();
  expect(await sum()).toBe(350n);
  await expectSound(group);
});

test('the next cycle never comes: after the last pot the cycle ends, and another one can begin', async () => {
  const group = await fourFriends({ guaranteePerShare: 25_000n });
  for (const name of FRIENDS) granted(await group.pay(name, 50_000n));
  await playRound(group, 1, []);
  for (const month of [2, 3, 4]) await playRound(group, month);
  const end = async (name: string) =>
    outcome(
      await group.doing(
        async (tx) => await endCycle(tx, group.ground, { ...group.who(name), cycleId: group.cycleId }),
      ),
    );
  expect(await end('Fatou')).toBe('group-role-missing');
  expect(await end('Awa')).toBe('ok');
  for (const name of FRIENDS) expect(await group.wallet(name)).toBe(300_000n);
  const form = {
    ...group.who('Awa'),
    cycleId: group.ground.ids.next('cyc'),
    startsOn: calendarDay('2026-05-05'),
  };
  expect(outcome(await group.doing(async (tx) => await formCycle(tx, group.ground, form)))).toBe('ok');
  await expectSound(group);
});
