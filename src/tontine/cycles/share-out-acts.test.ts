import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { fineMember } from '../discipline/fine-member.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { confirmHandover } from '../rounds/confirm-handover.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { type ExchangeCash, exchangeBox } from '../rounds/exchange-cash.ts';
import { handOverCash } from '../rounds/hand-over-cash.ts';
import { proposeExchange } from '../rounds/propose-exchange.ts';
import { expectSound, FRIENDS, fourFriends, playRound } from '../testing/four-friends.ts';
import { granted, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { endCycle } from './end-cycle.ts';
import { planShareOut } from './plan-share-out.ts';
import { proposeShareOut } from './propose-share-out.ts';

/** An officer fines somebody, who pays at once. */
async function fine(group: SampleGroup, name: string, amount: bigint): Promise<void> {
  const asked = {
    ...group.who('Awa'),
    membershipId: group.of(name).membershipId,
    formId: group.ground.ids.next('fin'),
    kind: 'other',
    amount,
    reason: 'retard à la réunion',
  } as const;
  await group.must(async (tx) => await fineMember(tx, group.ground, asked));
  granted(await group.pay(name, amount));
}

const propose = async (group: SampleGroup, name = 'Mariam') =>
  await group.doing(async (tx) => await proposeShareOut(tx, group.ground, group.who(name)));

/** Four rounds, each paid and served; the last fine is paid before the last pot. */
async function servedFriends(): Promise<SampleGroup> {
  const group = await fourFriends();
  for (const month of [1, 2, 3]) await playRound(group, month);
  await fine(group, 'Yao', 501n);
  await playRound(group, 4);
  return group;
}

async function wallets(group: SampleGroup): Promise<bigint[]> {
  const held: bigint[] = [];
  for (const name of FRIENDS) held.push(await group.wallet(name));
  return held;
}

test('501 F of fines go back to four shares, to the franc, once, and the cycle ends', async () => {
  const group = await servedFriends();
  const before = await wallets(group);
  granted(await propose(group));
  expect(await wallets(group)).toEqual(before);
  await group.agree(...FRIENDS);
  const after = await wallets(group);
  expect(after.map((held, place) => held - (before[place] ?? 0n))).toEqual([126n, 125n, 125n, 125n]);
  expect(await group.fund('fines')).toBe(0n);
  expect(await propose(group)).toMatchObject({ ok: false, refusal: { code: 'share-out-done' } });
  await group.must(
    async (tx) => await endCycle(tx, group.ground, { ...group.who('Awa'), cycleId: group.cycleId }),
  );
  await expectSound(group);
});

test('not before every pot was handed out, not by whoever has no office, not of nothing', async () => {
  const group = await fourFriends();
  await playRound(group, 1);
  await fine(group, 'Yao', 500n);
  expect(await propose(group)).toMatchObject({ ok: false, refusal: { code: 'cycle-not-served' } });
  expect(await propose(group, 'Fatou')).toMatchObject({ ok: false, refusal: { code: 'group-role-missing' } });
  const other = await fourFriends();
  for (const month of [1, 2, 3, 4]) await playRound(other, month);
  expect(await propose(other)).toMatchObject({ ok: false, refusal: { code: 'share-out-nothing' } });
});

test('the deciding voices of one second share it out once', async () => {
  const group = await servedFriends();
  const { id: requestId } = granted(await propose(group));
  const before = await wallets(group);
  await Promise.all(
    ['Awa', 'Yao', 'Fatou'].map(async (name) => {
      const voice = { ...group.who(name), requestId, voice: 'yes' } as const;
      return await group.doing(async (tx) => await giveVoice(tx, group.ground, voice));
    }),
  );
  expect((await wallets(group)).reduce((sum, held) => sum + held, 0n)).toBe(
    before.reduce((sum, held) => sum + held, 501n),
  );
  await expectSound(group);
});

test('what is not the fund that was asked about is not shared: a no, and it is asked anew', async () => {
  const group = await servedFriends();
  const { id: requestId } = granted(await propose(group));
  await fine(group, 'Fatou', 99n);
  const say = async (name: string, voice: 'yes' | 'no') =>
    await group.doing(
      async (tx) =>
        await giveVoice(tx, group.ground, { ...group.who(name), requestId, voice, reason: 'il a changé' }),
    );
  granted(await say('Awa', 'yes'));
  expect(await say('Yao', 'yes')).toMatchObject({ ok: false, refusal: { code: 'share-out-changed' } });
  expect(await group.fund('fines')).toBe(600n);
  granted(await say('Yao', 'no'));
  granted(await propose(group));
  await group.agree(...FRIENDS);
  expect(await group.fund('fines')).toBe(0n);
  await expectSound(group);
});

const VILLAGE = ['Awa', 'Yao', 'Mariam'];

/** Mariam has no phone: what she pays is notes in Yao's box, and what she receives is notes as well. */
async function villageWithNotes(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: VILLAGE,
    withoutPhone: ['Mariam'],
    rules: { ...USUAL_RULES, graceHours: 0 },
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer' },
    order: ['Mariam', 'Awa', 'Yao'],
  });
  for (const name of ['Awa', 'Yao']) await group.give(name, 300_000n);
  return group;
}

async function bringNotes(group: SampleGroup, name: string, amount: bigint): Promise<void> {
  const { ground } = group;
  const contributionId = ground.ids.next('ctr');
  const membershipId = group.of(name).membershipId;
  const declared = { ...group.who('Yao'), contributionId, membershipId, amount };
  await group.must(async (tx) => await declareCash(tx, ground, declared));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who('Awa'), contributionId }));
}

async function handOverAll(group: SampleGroup): Promise<void> {
  const { db, ground, groupId } = group;
  for (const { id: handoutId } of await listOpenHandouts(db, groupId)) {
    await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Yao'), handoutId }));
    await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Awa'), handoutId }));
  }
}

/** Nothing of the fines is left, on accounts, in notes or in the keeper's box. */
async function expectAllGivenOut(group: SampleGroup): Promise<void> {
  expect([await group.fund('fines'), await group.fund('fines', 'cash'), await group.box('Yao')]).toEqual([
    0n,
    0n,
    0n,
  ]);
  await expectSound(group);
}

async function serveVillage(group: SampleGroup): Promise<void> {
  for (const month of [1, 2, 3]) {
    group.at(`2026-0${month}-05T12:00:00Z`);
    await group.night();
    // In January all pay in notes, because notes are all that Mariam can receive.
    for (const name of month === 1 ? VILLAGE : ['Mariam']) await bringNotes(group, name, 25_000n);
    if (month > 1) for (const name of ['Awa', 'Yao']) granted(await group.pay(name, 25_000n));
    group.at(`2026-0${month}-05T19:00:00Z`);
    await group.night();
    await group.agree('Awa', 'Yao');
    await handOverAll(group);
  }
}

test('who has no phone receives notes, and whoever has a wallet is paid from what is on accounts', async () => {
  const group = await villageWithNotes();
  await serveVillage(group);
  await fine(group, 'Yao', 600n);
  expect(await propose(group, 'Yao')).toMatchObject({ refusal: { code: 'share-out-notes-missing' } });
  const { ground, db, groupId } = group;
  const asked = {
    ...group.who('Awa'),
    membershipId: group.of('Mariam').membershipId,
    formId: ground.ids.next('fin'),
    kind: 'other',
    amount: 300n,
    reason: 'absence',
  } as const;
  await group.must(async (tx) => await fineMember(tx, ground, asked));
  await bringNotes(group, 'Mariam', 300n);
  const before = [await group.wallet('Awa'), await group.wallet('Yao')];
  granted(await propose(group, 'Yao'));
  await group.agree('Awa', 'Yao');
  expect([await group.wallet('Awa'), await group.wallet('Yao')]).toEqual(before.map((held) => held + 300n));
  const waiting = await listOpenHandouts(db, groupId);
  expect(waiting).toMatchObject([{ purpose: 'share-out', amount: 300n }]);
  expect(await planShareOut(db, groupId)).toMatchObject({ refusal: { code: 'share-out-done' } });
  await expectSound(group);
  await handOverAll(group);
  await expectAllGivenOut(group);
});

test('the database refuses parts that are not the whole, a second time in a cycle, and any change', async () => {
  const group = await servedFriends();
  const { db, ground, groupId, cycleId } = group;
  granted(await propose(group));
  const [request] = await listOpenRequests(db, groupId);
  const row = (id: string) =>
    sql`insert into share_outs values (${id}, ${groupId}, ${cycleId}, ${request?.id}, 501, 4, ${ground.clock.now()})`;
  await expect(row(ground.ids.next('sho')).execute(db)).rejects.toThrow('its parts are not its whole');
  await group.agree(...FRIENDS);
  await expect(row(ground.ids.next('sho')).execute(db)).rejects.toThrow('unique');
  await expect(sql`update share_out_parts set amount = amount + 1`.execute(db)).rejects.toThrow();
  await expect(sql`delete from share_outs`.execute(db)).rejects.toThrow();
  const part = sql`insert into share_out_parts select ${ground.ids.next('shp')}, share_out_id, group_id, membership_id,
    shares, account_id || ':x', in_notes, amount from share_out_parts limit 1`;
  await expect(part.execute(db)).rejects.toThrow('its parts are not its whole');
});

test('once the cycle is over, notes can still be brought for who has no phone; not for a pot', async () => {
  const group = await villageWithNotes();
  await serveVillage(group);
  await fine(group, 'Yao', 600n);
  const { ground, cycleId } = group;
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId }));
  expect(await propose(group, 'Yao')).toMatchObject({ refusal: { code: 'share-out-notes-missing' } });
  const bring = (fund: 'fines' | 'pot', amount: bigint) => ({
    ...group.who('Yao'),
    exchangeId: ground.ids.next('exc'),
    fund,
    amount,
  });
  const asks = async (form: ExchangeCash) =>
    await group.doing(async (tx) => await proposeExchange(tx, ground, form));
  expect(await asks(bring('pot', 200n))).toMatchObject({ refusal: { code: 'cycle-not-running' } });
  granted(await asks(bring('fines', 300n)));
  await group.agree('Awa');
  expect([await group.fund('fines'), await group.fund('fines', 'cash')]).toEqual([300n, 300n]);
  // The other way is open as well.
  granted(await group.doing(async (tx) => await exchangeBox(tx, ground, bring('fines', 100n))));
  expect([await group.fund('fines'), await group.fund('fines', 'cash')]).toEqual([400n, 200n]);
  granted(await propose(group, 'Awa'));
  await group.agree('Yao');
  await handOverAll(group);
  await expectAllGivenOut(group);
});
