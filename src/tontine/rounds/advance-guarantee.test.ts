import { expect, test } from 'vitest';
import { USUAL_RULES } from '../groups/rules.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { granted, sampleGroup } from '../testing/sample-group.ts';
import { fundAccount } from './funds.ts';
import { listPayouts } from './payout.rows.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou'];

/** Two pots of 50 000 a round, of which 25 000 were paid; one deposit of 60 000. */
test('two pots that wait are covered in one act: the fund stands in for one, and not for the other with the same money', async () => {
  const group = await sampleGroup({
    names: NAMES,
    rules: {
      ...USUAL_RULES,
      rounds: 2,
      graceHours: 0,
      lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
      guaranteePerShare: 60_000n,
      shortfall: 'guarantee',
    },
    startsOn: '2026-01-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
  const { db, groupId, cycleId } = group;
  const fund = fundAccount({ groupId, cycleId, currency: 'XOF' }, 'guarantee', 'wallet');
  const paid = async () => (await listPayouts(db, cycleId)).map(({ walletPaid }) => walletPaid);
  for (const name of NAMES) await group.give(name, 200_000n);
  granted(await group.pay('Awa', 25_000n));
  group.at('2026-01-05T18:00:00Z');
  await group.night();
  await group.agree('Mariam', 'Fatou', 'Awa', 'Yao');
  expect(await paid()).toEqual([0n, 0n]);
  granted(await group.pay('Awa', 60_000n));
  expect(await group.balanceOf(fund)).toBe(60_000n);
  granted(await group.pay('Yao', 1n));
  expect((await paid()).toSorted()).toEqual([0n, 50_000n]);
  expect(await group.balanceOf(fund)).toBe(35_001n);
  granted(await group.pay('Yao', 24_999n));
  for (const name of ['Mariam', 'Fatou']) granted(await group.pay(name, 25_000n));
  expect(await paid()).toEqual([50_000n, 50_000n]);
  expect(await group.balanceOf(fund)).toBe(60_000n);
  expect(await findGroupFaults(db, group)).toEqual([]);
});
