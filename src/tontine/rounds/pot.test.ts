import { expect, test } from 'vitest';
import { USUAL_RULES } from '../groups/rules.ts';
import { granted, sampleGroup } from '../testing/sample-group.ts';
import { listPayouts } from './payout.rows.ts';
import { Pot } from './pot.ts';

const collected = (...sums: readonly bigint[]) =>
  sums.map((inWallet, place) => ({ number: place + 1, inWallet, inCash: 0n, outWallet: 0n, outCash: 0n }));
const NOTHING = { byKeepers: 0n, byLeavers: 0n };

test('a pot that waits keeps what is there for it, and the rest is carried over', () => {
  const pot = new Pot(
    collected(40n, 50n, 30n),
    NOTHING,
    new Map([
      [1, 50n],
      [2, 50n],
      [3, 50n],
    ]),
  );
  expect([1, 2, 3].map((round) => pot.availableFor(round))).toEqual([40n, 50n, 30n]);
  const carrying = new Pot(
    collected(80n, 80n, 80n),
    NOTHING,
    new Map([
      [1, 0n],
      [2, 120n],
      [3, 120n],
    ]),
  );
  expect([1, 2, 3].map((round) => carrying.availableFor(round))).toEqual([80n, 160n, 120n]);
  carrying.take(2, 120n, 0n);
  expect([2, 3].map((round) => carrying.availableFor(round))).toEqual([40n, 120n]);
});

test('a later pot is never paid with the money of an earlier one that waits', async () => {
  const names = ['Awa', 'Yao', 'Mariam', 'Fatou'];
  const group = await sampleGroup({
    names,
    rules: {
      ...USUAL_RULES,
      graceHours: 0,
      shortfall: 'wait',
      lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n },
    },
    startsOn: '2026-01-05',
    offices: { Mariam: 'treasurer', Yao: 'secretary' },
  });
  for (const name of names) await group.give(name, 200_000n);
  for (const month of ['01', '02', '03']) {
    group.at(`2026-${month}-05T12:00:00Z`);
    for (const name of names) if (name !== 'Fatou') granted(await group.pay(name, 25_000n));
    group.at(`2026-${month}-05T18:00:00Z`);
    await group.night();
    await group.agree('Awa', 'Yao', 'Mariam', 'Fatou');
  }
  const paid = async (): Promise<bigint[]> =>
    (await listPayouts(group.db, group.cycleId)).map((payout) => payout.walletPaid);
  expect(await paid()).toEqual([0n, 0n, 0n]);
  granted(await group.pay('Fatou', 25_000n));
  expect(await paid()).toEqual([100_000n, 0n, 0n]);
  granted(await group.pay('Fatou', 50_000n));
  expect(await paid()).toEqual([100_000n, 100_000n, 100_000n]);
});
