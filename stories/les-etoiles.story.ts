/**
 * Tells the cycle of « Les Étoiles »: twelve members, twelve rounds, every figure to the franc, on PostgreSQL.
 */
import { expect, test } from 'vitest';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import { calendarDay } from '../src/tontine/cycles/calendar-day.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { fineMember } from '../src/tontine/discipline/fine-member.ts';
import type { RulesInput } from '../src/tontine/groups/rules.ts';
import { USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { acknowledgePayout } from '../src/tontine/rounds/acknowledge-payout.ts';
import { listOpenDues } from '../src/tontine/rounds/due.rows.ts';
import { missingOf } from '../src/tontine/rounds/due.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { claimAid } from '../src/tontine/solidarity/claim-aid.ts';
import { outcome, type SampleGroup, sampleGroup } from '../src/tontine/testing/sample-group.ts';

const NAMES = [
  'Awa',
  'Yao',
  'Mariam',
  'Fatou',
  'Moussa',
  'Koffi',
  'Aminata',
  'Ibrahim',
  'Adjoua',
  'Sékou',
  'Rokia',
  'Jean',
];

const RULES: RulesInput = {
  ...USUAL_RULES,
  solidarity: {
    contribution: 1_000n,
    events: [
      { kind: 'birth', amount: 15_000n, afterMonths: 3 },
      { kind: 'death-of-relative', amount: 60_000n, afterMonths: 3 },
    ],
  },
  guaranteePerShare: 25_000n,
  shortfall: 'guarantee',
};

const OFFICERS = {
  Yao: 'vice-president',
  Mariam: 'treasurer',
  Moussa: 'secretary',
  Koffi: 'censor',
} as const;
/** Two who may answer, whoever is served: the heads are Awa and Yao. */
const ASKED = ['Awa', 'Yao', 'Mariam', 'Moussa'];

async function lesEtoiles(): Promise<SampleGroup> {
  const group = await sampleGroup({ names: NAMES, rules: RULES, startsOn: '2026-01-05', offices: OFFICERS });
  for (const name of NAMES) await group.give(name, 400_000n);
  return group;
}

function monthDay(month: number, day: number, hour: string): string {
  return `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${hour}:00.000Z`;
}

async function allPay(group: SampleGroup, names: readonly string[], amount: bigint): Promise<void> {
  for (const name of names) expect(outcome(await group.pay(name, amount))).toBe('ok');
}

async function serve(group: SampleGroup): Promise<void> {
  await group.night();
  await group.agree(...ASKED);
}

/** Rounds 1 to 3 without trouble. */
async function firstThree(group: SampleGroup): Promise<void> {
  for (const month of [1, 2, 3]) {
    group.at(monthDay(month, 5, '12:00'));
    await group.night();
    await allPay(group, NAMES, month === 1 ? 51_000n : 26_000n);
    group.at(monthDay(month, 7, '18:30'));
    await serve(group);
  }
}

test('round 4: one pays after the grace, one in part, one not at all, and the fund stands in for 35 000', async () => {
  const group = await lesEtoiles();
  await firstThree(group);
  expect(await group.fund('guarantee')).toBe(300_000n);
  expect(await group.fund('solidarity')).toBe(36_000n);
  expect(await group.fund('pot')).toBe(0n);
  const fatou = await group.wallet('Fatou');

  group.at(monthDay(4, 5, '12:00'));
  await group.night();
  await allPay(
    group,
    NAMES.filter((name) => !['Koffi', 'Yao', 'Ibrahim'].includes(name)),
    26_000n,
  );
  await allPay(group, ['Yao'], 15_000n);
  expect(await group.fund('pot')).toBe(9n * 25_000n + 15_000n);

  group.at(monthDay(4, 8, '09:00'));
  await group.night();
  group.at(monthDay(4, 8, '10:00'));
  await allPay(group, ['Koffi'], 26_500n);
  expect(await group.fund('pot')).toBe(265_000n);
  expect(await group.fund('fines')).toBe(500n);

  await group.agree(...ASKED);
  expect(await group.fund('guarantee')).toBe(265_000n);
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.wallet('Fatou')).toBe(fatou - 26_000n + 300_000n);
  const owed = await group.db.selectFrom('dues').selectAll().where('state', 'in', ['open', 'late']).execute();
  const claims = owed.filter((due) => due.due_at <= group.ground.clock.now());
  const of = (name: string) => claims.filter((due) => due.membership_id === group.of(name).membershipId);
  const figures = (name: string) =>
    Object.fromEntries(of(name).map((due) => [due.kind, due.amount - due.met] as const));
  expect(figures('Yao')).toEqual({ pot: 10_000n, solidarity: 1_000n, fine: 1_000n });
  expect(figures('Ibrahim')).toEqual({ pot: 25_000n, solidarity: 1_000n, fine: 500n });

  group.at(monthDay(4, 12, '10:00'));
  // Round 5 is open already; what is late comes first.
  await allPay(group, ['Yao'], 12_000n);
  await allPay(group, ['Ibrahim'], 26_500n);
  expect(await owedBy(group, 'Yao')).toBe(26_000n);
  expect(await owedBy(group, 'Ibrahim')).toBe(26_000n);
  expect(await group.fund('solidarity')).toBe(48_000n);
  expect(await group.fund('guarantee')).toBe(300_000n);
  expect(await group.fund('fines')).toBe(2_000n);
  const [payout] = (await listPayouts(group.db, group.cycleId)).slice(-1);
  expect(payout).toMatchObject({ amount: 300_000n, state: 'paid' });
  const yes = await group.doing(
    async (tx) =>
      await acknowledgePayout(tx, group.ground, { ...group.who('Fatou'), payoutId: payout?.id ?? '' }),
  );
  expect(outcome(yes)).toBe('ok');
}, 120_000);

/** All that is open: after round 4 is settled, round 5 alone. */
async function owedBy(group: SampleGroup, name: string): Promise<bigint> {
  const dues = await listOpenDues(group.db, group.of(name).membershipId);
  return dues.reduce((sum, due) => sum + missingOf(due), 0n);
}

/** Who pays after the grace in which month, besides April: five who were not served, one who was. */
const LATE: Readonly<Record<number, readonly string[]>> = {
  2: ['Rokia'],
  5: ['Jean', 'Sékou'],
  7: ['Adjoua'],
  9: ['Mariam'],
  10: ['Jean'],
};

test('the whole cycle: twelve pots of 300 000, deposits back, 61 500 left for the group', async () => {
  const group = await lesEtoiles();
  for (let month = 1; month <= 12; month++) {
    group.at(monthDay(month, 5, '12:00'));
    await group.night();
    const late = [...(LATE[month] ?? []), ...(month === 4 ? ['Koffi', 'Yao', 'Ibrahim'] : [])];
    const due = month === 1 ? 51_000n : 26_000n;
    await allPay(
      group,
      NAMES.filter((name) => !late.includes(name)),
      due,
    );
    if (month % 3 === 0) await absent(group, NAMES[month - 1] ?? '');
    group.at(monthDay(month, 7, '19:00'));
    await group.night();
    for (const name of late)
      expect(outcome(await group.pay(name, due + (isServed(name, month) ? 1_000n : 500n)))).toBe('ok');
    await helpInHardTimes(group, month);
    await group.agree(...ASKED);
  }
  const payouts = await listPayouts(group.db, group.cycleId);
  expect(payouts.map((payout) => [payout.state, payout.amount])).toEqual(Array(12).fill(['paid', 300_000n]));
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.fund('fines')).toBe(7_500n);
  expect(await group.fund('solidarity')).toBe(54_000n);
  expect(
    outcome(
      await group.doing(
        async (tx) => await endCycle(tx, group.ground, { ...group.who('Awa'), cycleId: group.cycleId }),
      ),
    ),
  ).toBe('ok');
  expect(await group.fund('guarantee')).toBe(0n);
  const kept = (await group.fund('solidarity')) + (await group.fund('fines'));
  expect(kept).toBe(61_500n);
  let wallets = 0n;
  for (const name of NAMES) wallets += await group.wallet(name);
  expect(wallets + kept).toBe(12n * 400_000n);
  expect((await readTrialBalance(group.db)).balanced).toBe(true);
  expect((await verifyChain(group.db)).ok).toBe(true);
}, 180_000);

/** One death in a family and two births: 90 000 of the 144 000 that the solidarity fund collects. */
const AIDS: Readonly<Record<number, readonly [string, string, string]>> = {
  5: ['Adjoua', 'birth', 'Salif'],
  8: ['Rokia', 'death-of-relative', 'Mamadou'],
  11: ['Jean', 'birth', 'Marie'],
};

async function helpInHardTimes(group: SampleGroup, month: number): Promise<void> {
  const [name, event, about] = AIDS[month] ?? [];
  if (name === undefined || event === undefined || about === undefined) return;
  const happenedOn = calendarDay(monthDay(month, 2, '08:00').slice(0, 10));
  const claim = { claimId: group.ground.ids.next('aid'), event, about, happenedOn, proof: 'acte n° 12' };
  const asked = await group.doing(
    async (tx) => await claimAid(tx, group.ground, { ...group.who(name), ...claim }),
  );
  expect(outcome(asked)).toBe('ok');
}

/** In the order of the names, whoever was served in an earlier month. */
function isServed(name: string, month: number): boolean {
  return NAMES.indexOf(name) + 1 < month;
}

/** Fined for a missed meeting, and pays at once. */
async function absent(group: SampleGroup, name: string): Promise<void> {
  const formId = group.ground.ids.next('fin');
  const fine = { formId, kind: 'absence', amount: 500n, reason: 'absence à la séance' } as const;
  const { membershipId } = group.of(name);
  for (let click = 0; click < 2; click++) {
    const answer = await group.doing(
      async (tx) => await fineMember(tx, group.ground, { ...group.who('Moussa'), ...fine, membershipId }),
    );
    expect(outcome(answer)).toBe('ok');
  }
  expect(outcome(await group.pay(name, 500n))).toBe('ok');
}
