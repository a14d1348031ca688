import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { calendarDay } from '../cycles/calendar-day.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { confirmCash } from '../rounds/confirm-cash.ts';
import { confirmHandover } from '../rounds/confirm-handover.ts';
import { declareCash } from '../rounds/declare-cash.ts';
import { handOverCash } from '../rounds/hand-over-cash.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { findAidClaim } from './aid-claim.rows.ts';
import { claimAid } from './claim-aid.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

async function started(): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    withoutPhone: ['Moussa'],
    rules: {
      ...USUAL_RULES,
      solidarity: {
        contribution: 1_000n,
        events: [
          { kind: 'death-of-relative', amount: 2_500n, afterMonths: 0 },
          { kind: 'birth', amount: 1_500n, afterMonths: 6 },
        ],
      },
    },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  for (const name of NAMES.slice(0, 4)) await group.give(name, 200_000n);
  return group;
}
const claim = async (
  group: SampleGroup,
  name: string,
  change: Partial<Parameters<typeof claimAid>[2]> = {},
) => {
  const asked = {
    ...group.who(name),
    claimId: group.ground.ids.next('aid'),
    event: 'death-of-relative',
    about: 'sa mère',
    happenedOn: calendarDay('2026-01-05'),
    proof: 'acte n° 42',
    ...change,
  };
  return await group.doing(async (tx) => await claimAid(tx, group.ground, asked));
};

test('help by the by-law: the amount is not the asker’s, two others agree, the wallet has it once', async () => {
  const group = await started();
  const { db } = group;
  for (const name of ['Awa', 'Yao', 'Mariam', 'Fatou']) granted(await group.pay(name, 26_000n));
  const asked = granted(await claim(group, 'Fatou'));
  expect(asked.amount).toBe(2_500n);
  expect(outcome(await claim(group, 'Fatou'))).toBe('aid-claimed');
  expect(outcome(await claim(group, 'Fatou', { claimId: asked.id }))).toBe('ok');
  expect(await group.fund('solidarity')).toBe(4_000n);
  await Promise.all(['Awa', 'Yao', 'Mariam'].map(async (name) => await group.agree(name)));
  expect(await group.fund('solidarity')).toBe(1_500n);
  expect(await group.wallet('Fatou')).toBe(200_000n - 26_000n + 2_500n);
  expect(await findAidClaim(db, asked.id)).toMatchObject({ state: 'paid', walletPaid: 2_500n });
  const short = granted(await claim(group, 'Awa', { about: 'son oncle' }));
  await group.agree('Yao', 'Mariam');
  expect(await findAidClaim(db, short.id)).toMatchObject({ state: 'asked' });
  expect(await group.fund('solidarity')).toBe(1_500n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});

test('too early is refused with the article, without a paper it is not asked, and a member asks for themself alone', async () => {
  const group = await started();
  const early = await claim(group, 'Fatou', { event: 'birth', about: 'son fils' });
  expect(early.ok ? '' : early.refusal.code).toBe('aid-too-early');
  expect(early.ok ? '' : early.refusal.fr).toContain('Article 8.2');
  expect(outcome(await claim(group, 'Fatou', { proof: '' }))).toBe('aid-proof-missing');
  expect(outcome(await claim(group, 'Fatou', { about: ' ' }))).toBe('aid-about-missing');
  expect(outcome(await claim(group, 'Fatou', { event: 'wedding' }))).toBe('aid-event-unknown');
  expect(outcome(await claim(group, 'Fatou', { happenedOn: calendarDay('2026-01-06') }))).toBe(
    'aid-in-future',
  );
  const other = { membershipId: group.of('Moussa').membershipId };
  expect(outcome(await claim(group, 'Fatou', other))).toBe('group-role-missing');
  expect(outcome(await claim(group, 'Mariam', other))).toBe('ok');
});

test('whoever has no phone is helped in notes, and the box is lighter when a second officer has seen it', async () => {
  const group = await started();
  const { db, ground, groupId } = group;
  for (const name of ['Moussa', 'Awa', 'Fatou']) {
    const contributionId = ground.ids.next('ctr');
    const membershipId = group.of(name).membershipId;
    const notes = { ...group.who('Yao'), contributionId, membershipId, amount: 26_000n };
    await group.must(async (tx) => await declareCash(tx, ground, notes));
    const witness = name === 'Moussa' ? 'Mariam' : name;
    await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who(witness), contributionId }));
  }
  const asked = granted(await claim(group, 'Mariam', { membershipId: group.of('Moussa').membershipId }));
  await group.agree('Awa', 'Yao');
  expect(await findAidClaim(db, asked.id)).toMatchObject({ state: 'granted', cashWaiting: 2_500n });
  const [handout] = await listOpenHandouts(db, groupId);
  const handoutId = handout?.id ?? '';
  await group.must(async (tx) => await handOverCash(tx, ground, { ...group.who('Yao'), handoutId }));
  const own = await group.doing(
    async (tx) => await confirmHandover(tx, ground, { ...group.who('Yao'), handoutId }),
  );
  expect(outcome(own)).toBe('cash-same-person');
  await group.must(async (tx) => await confirmHandover(tx, ground, { ...group.who('Mariam'), handoutId }));
  expect(await findAidClaim(db, asked.id)).toMatchObject({
    state: 'paid',
    cashPaid: 2_500n,
    cashWaiting: 0n,
  });
  expect(await group.box('Yao')).toBe(78_000n - 2_500n);
  expect(await group.fund('solidarity', 'cash')).toBe(500n);
  expect(await findGroupFaults(db, group)).toEqual([]);
  await expect(sql`delete from cash_handouts where id = ${handoutId}`.execute(db)).rejects.toThrow();
});
