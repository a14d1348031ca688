import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listOpenRequests } from './approvals/approval-request.rows.ts';
import { giveVoice } from './approvals/give-voice.ts';
import { calendarDay } from './cycles/calendar-day.ts';
import { endCycle } from './cycles/end-cycle.ts';
import { formCycle } from './cycles/form-cycle.ts';
import { levyPenaltiesOnce } from './discipline/levy-penalties-once.ts';
import { proposeWaiver } from './discipline/propose-waiver.ts';
import { currentRules } from './groups/group-rules.rows.ts';
import { proposeRules } from './groups/propose-rules.ts';
import { type RulesInput, USUAL_RULES } from './groups/rules.ts';
import { grantOffice } from './members/grant-office.ts';
import { countTold, listNotices } from './members/member-notice.rows.ts';
import { proposeExpulsion } from './members/propose-expulsion.ts';
import { resign } from './members/resign.ts';
import { suspendMember } from './members/suspend-member.ts';
import { confirmCash } from './rounds/confirm-cash.ts';
import { declareCash } from './rounds/declare-cash.ts';
import { listPayouts } from './rounds/payout.rows.ts';
import { proposeCorrection } from './rounds/propose-correction.ts';
import { proposePayout } from './rounds/propose-payout.ts';
import { findGroupFaults } from './testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from './testing/sample-group.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou'];
const OFFICES = { Yao: 'vice-president', Mariam: 'treasurer', Fatou: 'secretary' } as const;

async function openGroup(rules: Partial<RulesInput> = {}, names = NAMES): Promise<SampleGroup> {
  const own = { ...USUAL_RULES, ...rules };
  const group = await sampleGroup({ names, rules: own, startsOn: '2026-01-05', offices: OFFICES });
  for (const name of names) await group.give(name, 300_000n);
  return group;
}

async function sound(group: SampleGroup): Promise<void> {
  expect(await findGroupFaults(group.db, group)).toEqual([]);
}

/** The month's round: everybody named pays, the grace ends, the officers agree. */
async function round(group: SampleGroup, month: number, payers = NAMES): Promise<void> {
  group.at(`2026-0${month}-05T12:00:00.000Z`);
  await group.night();
  for (const name of payers) granted(await group.pay(name, 25_000n));
  group.at(`2026-0${month}-07T19:00:00.000Z`);
  await group.night();
  await group.agree(...NAMES);
}

test('money from nothing: without money in the wallet there is no contribution', async () => {
  const group = await openGroup();
  expect(outcome(await group.pay('Fatou', 300_001n))).toBe('wallet-short');
  expect(await group.db.selectFrom('contributions').select('id').execute()).toEqual([]);
  expect(await group.fund('pot')).toBe(0n);
});

test('the turns of everybody: a member who is suspended moves nobody’s turn', async () => {
  const group = await openGroup();
  await round(group, 1);
  const { membershipId } = group.of('Yao');
  const suspended = { ...group.who('Awa'), membershipId, to: 'suspended', reason: 'ne vient plus' } as const;
  granted(await group.doing(async (tx) => await suspendMember(tx, group.ground, suspended)));
  await round(group, 2);
  expect((await listPayouts(group.db, group.cycleId)).map((payout) => payout.membershipId)).toEqual(
    ['Awa', 'Yao'].map((name) => group.of(name).membershipId),
  );
  expect(await group.wallet('Yao')).toBe(300_000n - 50_000n + 100_000n);
  await sound(group);
});

test('eleven twelfths of a pot: one share receives the whole of it', async () => {
  const group = await openGroup();
  await round(group, 1);
  expect(await group.wallet('Awa')).toBe(300_000n - 25_000n + 100_000n);
});

test('a double submission: the same form twice is one contribution, with another amount it is refused', async () => {
  const group = await openGroup();
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
    const group = await openGroup({ shortfall });
    await round(group, 1, ['Awa', 'Yao', 'Mariam']);
    expect(await group.wallet('Awa')).toBe(275_000n + paid);
    expect(await group.fund('pot')).toBe(75_000n - paid);
    await sound(group);
    // Whoever pays later completes it, and the fine is not part of the pot.
    granted(await group.pay('Fatou', 25_500n));
    expect(await group.wallet('Awa')).toBe(275_000n + 100_000n);
    expect(await group.fund('pot')).toBe(0n);
    expect(await group.fund('fines')).toBe(500n);
    await sound(group);
  },
);

test('twelve small rows are not a pot: amounts are summed, not counted', async () => {
  const group = await openGroup();
  for (const name of NAMES) for (let n = 0; n < 3; n++) granted(await group.pay(name, 1_000n));
  const asked = { ...group.who('Mariam'), place: 1 };
  const early = await group.doing(async (tx) => await proposePayout(tx, group.ground, asked));
  expect(outcome(early)).toBe('payout-not-ready');
  for (const name of NAMES) granted(await group.pay(name, 22_000n));
  expect(outcome(await group.doing(async (tx) => await proposePayout(tx, group.ground, asked)))).toBe('ok');
});

test('a served member who walks away: neither resignation nor expulsion lets a share go', async () => {
  const group = await openGroup();
  await round(group, 1);
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
  const group = await openGroup();
  await round(group, 1);
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
  const group = await openGroup();
  await round(group, 1);
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
  const group = await openGroup();
  await round(group, 1, ['Awa', 'Yao', 'Mariam']);
  for (let night = 0; night < 5; night++) {
    group.ground.clock.advance(3_600_000);
    await levyPenaltiesOnce(group.db, group.ground, 100);
  }
  expect(await group.db.selectFrom('penalties').select('amount').execute()).toEqual([{ amount: 500n }]);
});

test('a fine per day: after four days four days are fined, up to the cap, also when the job slept', async () => {
  const group = await openGroup({ lateFee: { kind: 'per-day', beforePot: 100n, afterPot: 200n, cap: 350n } });
  await round(group, 1, ['Awa', 'Yao', 'Mariam']);
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
  await sound(group);
});

test('a fine forgiven by one: a waiver needs a reason and two others, and neither asker nor fined counts', async () => {
  const group = await openGroup();
  await round(group, 1, ['Awa', 'Yao', 'Mariam']);
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
  await sound(group);
});

test('“I paid, he says I did not”: notes count when a second person says so, and never by one alone', async () => {
  const group = await openGroup();
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
  await sound(group);
});

test('the third person who forgot: who pays for another leaves a receipt with both', async () => {
  const group = await openGroup();
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
  await sound(group);
});

test('a silent correction: it is asked, agreed, seen by all, and what was wrong stays visible', async () => {
  const group = await openGroup();
  const wrong = granted(await group.pay('Yao', 25_000n));
  const asked = { ...group.who('Mariam'), contributionId: wrong.id, reason: 'erreur de saisie' };
  granted(await group.doing(async (tx) => await proposeCorrection(tx, group.ground, asked)));
  await group.agree('Awa', 'Fatou');
  expect(await group.wallet('Yao')).toBe(300_000n);
  expect(await countTold(group.db, 'contribution.corrected', wrong.id)).toBe(NAMES.length);
  const row = await group.db
    .selectFrom('contributions')
    .selectAll()
    .where('id', '=', wrong.id)
    .executeTakeFirst();
  expect(row).toMatchObject({ state: 'corrected', amount: 25_000n, returned: 25_000n });
  await sound(group);
  // A pot that was handed out is not taken back behind anybody's back.
  const spent = granted(await group.pay('Yao', 25_000n));
  await round(group, 1, ['Awa', 'Mariam', 'Fatou']);
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
  await sound(group);
});

test('a by-law changed overnight: all are told, it waits for its notice, and the running cycle keeps its amount', async () => {
  const group = await openGroup();
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
  expect(await countTold(group.db, 'rules.adopted', `${group.groupId}:2`)).toBe(NAMES.length);
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

test('the next cycle never comes: after the last pot the cycle ends, and another one can begin', async () => {
  const group = await openGroup({ guaranteePerShare: 25_000n });
  for (const name of NAMES) granted(await group.pay(name, 50_000n));
  await round(group, 1, []);
  for (const month of [2, 3, 4]) await round(group, month);
  const end = async (name: string) =>
    outcome(await group.doing(async (tx) => await endCycle(tx, group.ground, group.who(name))));
  expect(await end('Fatou')).toBe('group-role-missing');
  expect(await end('Awa')).toBe('ok');
  for (const name of NAMES) expect(await group.wallet(name)).toBe(300_000n);
  const form = {
    ...group.who('Awa'),
    cycleId: group.ground.ids.next('cyc'),
    startsOn: calendarDay('2026-05-05'),
  };
  expect(outcome(await group.doing(async (tx) => await formCycle(tx, group.ground, form)))).toBe('ok');
  await sound(group);
});

test('a president who pays himself: no voice for his own pot, nor by the database', async () => {
  const group = await openGroup();
  for (const name of NAMES) granted(await group.pay(name, 25_000n));
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
