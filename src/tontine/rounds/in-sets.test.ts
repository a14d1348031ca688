import { expect, test } from 'vitest';
import { readTrialBalance } from '../../ground/ledger/trial-balance.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { buildGroup, granted, type SampleGroup } from '../testing/sample-group.ts';
import { closeRoundsOnce } from './close-rounds-once.ts';
import { prepaidAccount } from './funds.ts';
import { inSets } from './in-sets.ts';
import { openRoundsOnce } from './open-rounds-once.ts';
import { listRounds, listRoundsToOpen, markRoundOpened } from './round.rows.ts';

const NAMES = ['Awa', 'Yao', 'Mariam'];

/** Three groups of three; everybody has paid the first month and, in two pieces, the second in advance. */
async function threeGroups(): Promise<SampleGroup[]> {
  const { db } = await freshDatabase();
  const ground = testGround();
  const groups: SampleGroup[] = [];
  for (let place = 0; place < 3; place++) {
    const group = await buildGroup(
      db,
      ground,
      { names: NAMES, rules: USUAL_RULES, startsOn: '2026-01-05' },
      place * 10,
    );
    for (const name of NAMES) {
      await group.give(name, 100_000n);
      granted(await group.pay(name, 35_000n));
      granted(await group.pay(name, 15_000n));
    }
    groups.push(group);
  }
  return groups;
}

async function creditsOf(group: SampleGroup): Promise<bigint[]> {
  return await Promise.all(
    NAMES.map(async (name) => group.balanceOf(prepaidAccount(group.of(name).membershipId, 'XOF', 'wallet'))),
  );
}

test('rounds of several groups open in one transaction, by whichever process, and credits settle them in turn', async () => {
  const groups = await threeGroups();
  const [group] = groups;
  if (group === undefined) throw new Error('no group');
  const { db, ground } = group;
  group.at('2026-01-07T19:00:00.000Z');
  const closed = await Promise.all([closeRoundsOnce(db, ground, 50), closeRoundsOnce(db, ground, 50)]);
  expect(closed[0] + closed[1]).toBe(3);
  group.at('2026-02-05T12:00:00.000Z');
  const opened = await Promise.all([openRoundsOnce(db, ground, 50), openRoundsOnce(db, ground, 50)]);
  expect(opened[0] + opened[1]).toBe(3);
  expect(await openRoundsOnce(db, ground, 50)).toBe(0);
  for (const one of groups) {
    expect((await listRounds(db, one.cycleId)).map((round) => round.state).slice(0, 2)).toEqual([
      'closed',
      'open',
    ]);
    // 10 000 of the first payment and 15 000 of the second: the whole of February.
    expect(await creditsOf(one)).toEqual([0n, 0n, 0n]);
    expect(await one.fund('pot')).toBe(150_000n);
    expect(await findGroupFaults(db, one)).toEqual([]);
  }
  expect((await readTrialBalance(db)).balanced).toBe(true);
});

test('a round that cannot be moved on falls alone', async () => {
  const groups = await threeGroups();
  const [bad, ...others] = groups;
  if (bad === undefined) throw new Error('no group');
  const { db, ground } = bad;
  bad.at('2026-02-05T12:00:00.000Z');
  const due = await listRoundsToOpen(db, ground.clock.now(), 50);
  expect(due).toHaveLength(3);
  const moving = inSets(db, ground, due, {
    atOnce: 20,
    oneOfAGroup: true,
    act: async (tx, round) => {
      await markRoundOpened(tx, round.id, ground.clock.now());
      if (round.groupId === bad.groupId) throw new Error('a group whose rows contradict each other');
      return [];
    },
  });
  await expect(moving).rejects.toThrow('the others are done');
  expect((await listRounds(db, bad.cycleId))[1]?.state).toBe('scheduled');
  for (const one of others) expect((await listRounds(db, one.cycleId))[1]?.state).toBe('open');
});
