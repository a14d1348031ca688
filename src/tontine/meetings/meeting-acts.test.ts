import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId } from '../../ground/ledger/account.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { listOpenDues } from '../rounds/due.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { closeMeeting } from './close-meeting.ts';
import { countCash } from './count-cash.ts';
import { explainVariance } from './explain-variance.ts';
import { findMeeting, type Presence } from './meeting.rows.ts';
import { openMeeting } from './open-meeting.ts';
import { readMinutes } from './read-minutes.ts';
import { recordDecision } from './record-decision.ts';
import { recordPresence } from './record-presence.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

async function started(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, solidarity: { contribution: 1_000n, events: [] } },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer', Moussa: 'censor' },
  });
  for (const name of NAMES) await group.give(name, 200_000n);
  return group;
}
async function opened(group: SampleGroup): Promise<string> {
  const meetingId = group.ground.ids.next('mtg');
  await group.must(
    async (tx) =>
      await openMeeting(tx, group.ground, { ...group.who('Mariam'), meetingId, venue: 'Chez Awa' }),
  );
  group.ground.clock.advance(60_000);
  return meetingId;
}
/** Notes in the treasurer's box: declared by Yao, confirmed by whoever paid. */
async function payInNotes(group: SampleGroup, name: string, amount: bigint): Promise<void> {
  const contributionId = group.ground.ids.next('ctr');
  const membershipId = group.of(name).membershipId;
  const notes = { ...group.who('Yao'), contributionId, membershipId, amount };
  await group.must(async (tx) => await declareCash(tx, group.ground, notes));
  await group.must(async (tx) => await confirmCash(tx, group.ground, { ...group.who(name), contributionId }));
  group.ground.clock.advance(60_000);
}
async function note(group: SampleGroup, meetingId: string, absent: readonly string[], names = NAMES) {
  const presences = names.map((name) => ({
    membershipId: group.of(name).membershipId,
    presence: (absent.includes(name) ? 'absent' : 'present') as Presence,
  }));
  const asked = { ...group.who('Mariam'), meetingId, presences };
  return await group.doing(async (tx) => await recordPresence(tx, group.ground, asked));
}
const count = async (
  group: SampleGroup,
  name: string,
  meetingId: string,
  counted: bigint,
  keeper?: string,
) => {
  const keeperId = keeper === undefined ? undefined : group.of(keeper).membershipId;
  const asked = { ...group.who(name), meetingId, counted, keeperId };
  return await group.doing(async (tx) => await countCash(tx, group.ground, asked));
};
const close = async (group: SampleGroup, name: string, meetingId: string) =>
  await group.doing(async (tx) => await closeMeeting(tx, group.ground, { ...group.who(name), meetingId }));
const explain = async (group: SampleGroup, name: string, meetingId: string, explanation: string) => {
  const asked = { ...group.who(name), meetingId, keeperId: group.of('Yao').membershipId, explanation };
  return await group.doing(async (tx) => await explainVariance(tx, group.ground, asked));
};

test('a meeting closes when all are noted and the box holds opening + in − out, and its minutes say what the books say', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  await payInNotes(group, 'Fatou', 26_000n);
  const meetingId = await opened(group);
  expect(
    outcome(
      await group.doing(
        async (tx) =>
          await openMeeting(tx, ground, { ...group.who('Awa'), meetingId: ground.ids.next('mtg') }),
      ),
    ),
  ).toBe('meeting-open');
  await payInNotes(group, 'Moussa', 26_000n);
  granted(await group.pay('Awa', 26_000n));
  ground.clock.advance(60_000);
  expect(outcome(await close(group, 'Mariam', meetingId))).toBe('presence-missing');
  granted(await note(group, meetingId, [], ['Awa', 'Yao']));
  const missing = await close(group, 'Mariam', meetingId);
  expect(missing.ok ? '' : missing.refusal.fr).toContain('Mariam, Fatou, Moussa');
  granted(await note(group, meetingId, ['Fatou']));
  expect(outcome(await close(group, 'Mariam', meetingId))).toBe('cash-uncounted');
  expect(outcome(await count(group, 'Fatou', meetingId, 52_000n, 'Yao'))).toBe('group-role-missing');
  expect(outcome(await count(group, 'Awa', meetingId, 1n))).toBe('cash-box-absent');
  const counted = granted(await count(group, 'Yao', meetingId, 52_000n));
  expect(counted).toMatchObject({ opening: 26_000n, cameIn: 26_000n, wentOut: 0n, expected: 52_000n });
  const decision = { ...group.who('Mariam'), meetingId, decision: 'Le prochain tour se tient\nchez Fatou.' };
  await group.must(async (tx) => await recordDecision(tx, ground, decision));
  await group.must(async (tx) => await recordDecision(tx, ground, decision));
  const closings = await Promise.all(
    ['Mariam', 'Awa', 'Mariam'].map(async (name) => await close(group, name, meetingId)),
  );
  expect(closings.map(outcome)).toEqual(['ok', 'ok', 'ok']);
  const meeting = await findMeeting(db, { groupId, meetingId });
  expect(meeting?.totals).toMatchObject({
    contributionsWallet: '26000',
    contributionsCash: '26000',
    finesLevied: '500',
    boxes: '52000',
    'pot.wallet': '25000',
    'pot.cash': '50000',
    'solidarity.cash': '2000',
  });
  const fines = (await listOpenDues(db, group.of('Fatou').membershipId)).filter((due) => due.kind === 'fine');
  expect(fines.map((due) => due.amount)).toEqual([500n]);
  expect(
    outcome(
      await group.doing(
        async (tx) => await recordDecision(tx, ground, { ...decision, decision: 'trop tard' }),
      ),
    ),
  ).toBe('meeting-closed');
  if (meeting === undefined) throw new Error('no meeting');
  const { group: known } = {
    group: {
      id: groupId,
      name: 'Les Étoiles',
      currency: 'XOF' as const,
      timeZone: 'Africa/Abidjan',
      foundedBy: '',
      foundedAt: ground.clock.now(),
    },
  };
  const before = await readMinutes(db, known, meeting, ground.clock.now());
  expect(before.decisions).toEqual(['Le prochain tour se tient chez Fatou.']);
  expect(before.boxes).toMatchObject([{ name: 'Yao', counted: 52_000n, variance: 0n }]);
  granted(await group.pay('Moussa', 10_000n));
  expect(await readMinutes(db, known, meeting, ground.clock.now())).toEqual(before);
  await expect(
    sql`update meetings set decisions = 'x' where id = ${meetingId}`.execute(db),
  ).rejects.toThrow();
});

test('500 missing: refused with the gap, closed with an explanation that two others agreed to, and the books follow', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  const meetingId = await opened(group);
  await payInNotes(group, 'Fatou', 26_000n);
  granted(await note(group, meetingId, []));
  granted(await count(group, 'Yao', meetingId, 25_500n));
  const gap = await close(group, 'Mariam', meetingId);
  expect(gap.ok ? '' : gap.refusal.fr).toMatch(/-500|−500/);
  const direct = sql`update meetings set closed_by = opened_by, closed_at = opened_at, totals = '{}' where id = ${meetingId}`;
  await expect(direct.execute(db)).rejects.toThrow(/does not agree/);
  expect(outcome(await explain(group, 'Yao', meetingId, ' '))).toBe('reason-missing');
  const request = granted(await explain(group, 'Awa', meetingId, 'billet déchiré'));
  const voice = async (name: string) =>
    await group.doing(
      async (tx) => await giveVoice(tx, ground, { ...group.who(name), requestId: request.id, voice: 'yes' }),
    );
  expect(outcome(await voice('Yao'))).toBe('approval-voice-excluded');
  expect(outcome(await voice('Awa'))).toBe('approval-voice-excluded');
  granted(await voice('Mariam'));
  expect(outcome(await close(group, 'Mariam', meetingId))).toBe('cash-variance-open');
  granted(await voice('Moussa'));
  expect(await group.box('Yao')).toBe(25_500n);
  const debt = accountId('receivable', `${groupId}:${group.of('Yao').person?.id}`, 'XOF');
  expect(await group.balanceOf(debt)).toBe(500n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  expect(outcome(await count(group, 'Yao', meetingId, 26_000n))).toBe('cash-variance-agreed');
  granted(await close(group, 'Mariam', meetingId));
  // At the next meeting the keeper brings what was missing.
  const next = await opened(group);
  granted(await note(group, next, []));
  granted(await count(group, 'Yao', next, 26_000n));
  granted(await explain(group, 'Awa', next, 'Yao a remis 500'));
  await group.agree('Mariam', 'Moussa');
  expect(await group.balanceOf(debt)).toBe(0n);
  expect(await group.box('Yao')).toBe(26_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  granted(await close(group, 'Awa', next));
});

test('notes that move after a count are counted again', async () => {
  const group = await started();
  const meetingId = await opened(group);
  await payInNotes(group, 'Fatou', 26_000n);
  granted(await note(group, meetingId, []));
  granted(await count(group, 'Yao', meetingId, 26_000n));
  await payInNotes(group, 'Moussa', 5_000n);
  expect(outcome(await close(group, 'Mariam', meetingId))).toBe('cash-recount');
  granted(await count(group, 'Yao', meetingId, 31_000n));
  granted(await close(group, 'Mariam', meetingId));
});
