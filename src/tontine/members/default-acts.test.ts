import { expect, test } from 'vitest';
import { endCycle } from '../cycles/end-cycle.ts';
import { findShare } from '../cycles/share.rows.ts';
import { listPenalties } from '../discipline/penalty.rows.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { listPayouts } from '../rounds/payout.rows.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { declareDefault } from './declare-default.ts';
import { findDefaultOfShare, listDefaultClaims, listDefaultCovers } from './default.rows.ts';
import { standGuarantor } from './stand-guarantor.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa', 'Koffi'];

async function started(rules: Partial<RulesInput> = {}): Promise<SampleGroup> {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, ...rules },
    startsOn: '2026-01-05',
    offices: { Awa: 'president', Mariam: 'secretary', Koffi: 'treasurer', Moussa: 'censor' },
    order: ['Yao', 'Awa', 'Mariam', 'Fatou', 'Moussa', 'Koffi'],
  });
  for (const name of NAMES) await group.give(name, 300_000n);
  return group;
}
/** The months' rounds: these pay, the night comes, the officers agree. */
async function hold(
  group: SampleGroup,
  months: readonly number[],
  names: readonly string[],
  extra = 0n,
): Promise<void> {
  for (const month of months) {
    group.at(`2026-0${month}-05T12:00:00Z`);
    for (const name of names) granted(await group.pay(name, 25_000n + (month === 1 ? extra : 0n)));
    group.at(`2026-0${month}-05T18:00:00Z`);
    await group.night();
    await group.agree('Awa', 'Mariam', 'Koffi', 'Moussa');
  }
}
const declare = async (group: SampleGroup, name: string, share = group.shareIds[0] ?? '') => {
  const asked = { ...group.who(name), shareId: share, reason: 'parti sans payer' };
  return await group.doing(async (tx) => await declareDefault(tx, group.ground, asked));
};
const OTHERS = NAMES.filter((name) => name !== 'Yao');

test('served first, stops after two rounds: 100 000 owed, four claims of 25 000, declared once however many try', async () => {
  const group = await started({ defaultCover: ['pro-rata'] });
  const { db } = group;
  await hold(group, [1, 2], NAMES);
  expect(outcome(await declare(group, 'Koffi'))).toBe('default-not-late');
  expect(outcome(await declare(group, 'Koffi', group.shareIds[4]))).toBe('default-not-served');
  await hold(group, [3], OTHERS);
  expect(outcome(await declare(group, 'Moussa'))).toBe('group-role-missing');
  const all = await Promise.all(
    ['Koffi', 'Awa', 'Koffi', 'Awa'].map(async (name) => await declare(group, name)),
  );
  expect(all.map(outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const declared = await findDefaultOfShare(db, group.shareIds[0] ?? '');
  expect(declared?.debt).toBe(100_000n);
  const claims = await listDefaultClaims(db, declared?.id ?? '');
  expect(claims.map((claim) => claim.amount)).toEqual([25_000n, 25_000n, 25_000n, 25_000n]);
  expect(claims.map((claim) => claim.shareId).toSorted()).toEqual(group.shareIds.slice(2).toSorted());
  expect((await findShare(db, group.shareIds[0] ?? ''))?.state).toBe('defaulted');
  // With two voices each pot is paid as far as it goes, and what the defaulter brings later fills it up.
  const [, , third] = await listPayouts(db, group.cycleId);
  expect(third?.walletPaid).toBe(0n);
  await group.agree('Awa', 'Mariam', 'Moussa', 'Koffi');
  expect((await listPayouts(db, group.cycleId))[2]?.walletPaid).toBe(125_000n);
  await hold(group, [4, 5, 6], OTHERS);
  expect((await listPayouts(db, group.cycleId)).map((payout) => payout.walletPaid)).toEqual([
    150_000n,
    150_000n,
    125_000n,
    125_000n,
    125_000n,
    125_000n,
  ]);
  const fines = (await listPenalties(db, group.groupId, 50)).filter(
    (fine) => fine.membershipId === group.of('Yao').membershipId,
  );
  // Rounds 3 and 4 were open when it was declared; later ones cost nothing on top.
  expect(fines).toHaveLength(2);
  granted(await group.pay('Yao', 102_000n));
  expect((await listPayouts(db, group.cycleId)).map((payout) => payout.walletPaid)).toEqual(
    Array(6).fill(150_000n),
  );
  expect(await findDefaultOfShare(db, group.shareIds[0] ?? '')).toMatchObject({
    recovered: 100_000n,
    covered: 0n,
  });
  expect((await findDefaultOfShare(db, group.shareIds[0] ?? ''))?.settledAt).not.toBeNull();
  expect(await findGroupFaults(db, group)).toEqual([]);
  await group.must(
    async (tx) => await endCycle(tx, group.ground, { ...group.who('Awa'), cycleId: group.cycleId }),
  );
  expect(await findGroupFaults(db, group)).toEqual([]);
  expect(await group.wallet('Yao')).toBe(300_000n - 2_000n);
  for (const name of OTHERS) expect(await group.wallet(name)).toBe(300_000n);
});

test('own caution first, then the guarantor, to the franc; the group loses nothing and the fund is whole', async () => {
  const group = await started({
    guaranteePerShare: 25_000n,
    shortfall: 'guarantee',
    defaultCover: ['deposit', 'guarantor', 'guarantee'],
    lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
  });
  const { db } = group;
  const signing = { ...group.who('Fatou'), shareId: group.shareIds[0] ?? '' };
  await group.must(async (tx) => await standGuarantor(tx, group.ground, signing));
  const own = { ...group.who('Yao'), shareId: group.shareIds[0] ?? '' };
  expect(outcome(await group.doing(async (tx) => await standGuarantor(tx, group.ground, own)))).toBe(
    'guarantor-own-share',
  );
  await hold(group, [1, 2], NAMES, 25_000n);
  expect(await group.fund('guarantee')).toBe(150_000n);
  await hold(group, [3], OTHERS);
  // The fund stood in for round 3 and Mariam has her pot.
  expect(await group.fund('guarantee')).toBe(125_000n);
  granted(await declare(group, 'Koffi'));
  const before = await group.wallet('Fatou');
  await group.agree('Awa', 'Mariam', 'Moussa');
  const declared = await findDefaultOfShare(db, group.shareIds[0] ?? '');
  expect(declared).toMatchObject({ debt: 100_000n, covered: 100_000n });
  const covers = await listDefaultCovers(db, declared?.id ?? '');
  expect(covers.map(({ source, amount }) => [source, amount])).toEqual([
    ['deposit', 25_000n],
    ['guarantor', 75_000n],
  ]);
  expect(await group.wallet('Fatou')).toBe(before - 75_000n);
  // Yao's caution left the fund, and came back into it for round 3.
  expect(await group.fund('guarantee')).toBe(125_000n);
  await hold(group, [4, 5, 6], OTHERS);
  expect((await listPayouts(db, group.cycleId)).map((payout) => payout.walletPaid)).toEqual(
    Array(6).fill(150_000n),
  );
  expect(await findGroupFaults(db, group)).toEqual([]);
  await group.must(
    async (tx) => await endCycle(tx, group.ground, { ...group.who('Awa'), cycleId: group.cycleId }),
  );
  expect(await findGroupFaults(db, group)).toEqual([]);
  expect(await group.fund('guarantee')).toBe(0n);
  expect(await group.fund('pot')).toBe(0n);
  expect(await group.wallet('Yao')).toBe(300_000n - 75_000n + 150_000n);
  expect(await group.wallet('Fatou')).toBe(300_000n - 75_000n);
  for (const name of ['Awa', 'Mariam', 'Moussa', 'Koffi']) expect(await group.wallet(name)).toBe(300_000n);
});

test('a by-law that lets pots wait lets the fund stand in for a default that two people agreed to cover', async () => {
  const group = await started({ guaranteePerShare: 25_000n, shortfall: 'wait', defaultCover: ['guarantee'] });
  const { db } = group;
  await hold(group, [1, 2], NAMES, 25_000n);
  await hold(group, [3], OTHERS);
  expect((await listPayouts(db, group.cycleId))[2]?.walletPaid).toBe(0n);
  granted(await declare(group, 'Koffi'));
  await group.agree('Awa', 'Mariam', 'Moussa');
  expect((await listPayouts(db, group.cycleId))[2]?.walletPaid).toBe(150_000n);
  expect(await group.fund('guarantee')).toBe(125_000n);
  await hold(group, [4, 5, 6], OTHERS);
  expect(await group.fund('guarantee')).toBe(50_000n);
});

test('whoever has paid before the officers agree costs neither their caution nor their guarantor anything', async () => {
  const group = await started({
    guaranteePerShare: 25_000n,
    defaultCover: ['deposit', 'guarantor'],
    lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
  });
  const { db } = group;
  const signing = { ...group.who('Fatou'), shareId: group.shareIds[0] ?? '' };
  await group.must(async (tx) => await standGuarantor(tx, group.ground, signing));
  await hold(group, [1, 2], NAMES, 25_000n);
  await hold(group, [3], OTHERS);
  granted(await declare(group, 'Koffi'));
  // What is late, and two of the three rounds to come in advance.
  granted(await group.pay('Yao', 75_000n));
  const before = await group.wallet('Fatou');
  await group.agree('Awa', 'Mariam', 'Moussa');
  const declared = await findDefaultOfShare(db, group.shareIds[0] ?? '');
  expect(declared).toMatchObject({ debt: 100_000n, covered: 25_000n });
  const covers = await listDefaultCovers(db, declared?.id ?? '');
  expect(covers.map(({ source, amount }) => [source, amount])).toEqual([['deposit', 25_000n]]);
  expect(await group.wallet('Fatou')).toBe(before);
  await hold(group, [4, 5, 6], OTHERS);
  expect((await listPayouts(db, group.cycleId)).map((payout) => payout.walletPaid)).toEqual(
    Array(6).fill(150_000n),
  );
  expect(await findGroupFaults(db, group)).toEqual([]);
});
