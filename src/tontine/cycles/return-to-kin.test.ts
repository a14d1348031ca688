import { expect, test } from 'vitest';
import { USUAL_RULES } from '../groups/rules.ts';
import { recordDeath } from '../members/record-death.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, sampleGroup } from '../testing/sample-group.ts';
import { endCycle } from './end-cycle.ts';

const NAMES = ['Awa', 'Yao', 'Mariam'];

test('others pay what the dead owed, and pot, deposit and credit come into the wallet of the next of kin', async () => {
  const group = await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, graceHours: 0, guaranteePerShare: 10_000n },
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer' },
  });
  const { db, ground } = group;
  for (const name of NAMES) await group.give(name, 300_000n);
  for (const name of NAMES) granted(await group.pay(name, name === 'Mariam' ? 40_000n : 35_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  await group.agree('Yao', 'Mariam');
  const phone = group.of('Yao').person?.phone;
  const death = {
    ...group.who('Awa'),
    membershipId: group.of('Mariam').membershipId,
    reason: 'acte de décès 4',
    nextOfKin: { name: 'Yao', phone },
  };
  await group.must(async (tx) => await recordDeath(tx, ground, death));
  const own = await group.wallet('Mariam');
  for (const month of [2, 3]) {
    group.at(`2026-0${month}-05T12:00:00Z`);
    for (const name of ['Awa', 'Yao']) granted(await group.pay(name, 25_000n));
    // Five thousand more than is due in all: their own credit of January is there as well.
    granted(await group.pay('Awa', 25_000n, { for: 'Mariam' }));
    group.at(`2026-0${month}-05T18:00:00Z`);
    await group.night();
    await group.agree('Awa', 'Yao');
  }
  await group.must(async (tx) => await endCycle(tx, ground, { ...group.who('Awa'), cycleId: group.cycleId }));
  expect(await group.wallet('Mariam')).toBe(own);
  // Yao's own turn and deposit are even; of Mariam came the pot, the deposit and what was paid beyond.
  expect(await group.wallet('Yao')).toBe(300_000n + 75_000n + 10_000n + 5_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});
