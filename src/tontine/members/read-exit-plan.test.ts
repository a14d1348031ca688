import { expect, test } from 'vitest';
import { USUAL_RULES } from '../groups/rules.ts';
import { granted, outcome, sampleGroup } from '../testing/sample-group.ts';
import { readExitPlan } from './read-exit-plan.ts';

test('whoever has paid for one of two shares is behind with the other, and is not let off with what was paid', async () => {
  const group = await sampleGroup({
    names: ['Awa', 'Yao', 'Mariam', 'Fatou'],
    rules: USUAL_RULES,
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer' },
    shares: { Fatou: 2 },
  });
  const { db, ground } = group;
  const plan = async () => {
    const running = await group.running();
    return await readExitPlan(db, running, group.of('Fatou').membershipId, ground.clock.now());
  };
  await group.give('Fatou', 100_000n);
  group.at('2026-01-05T12:00:00Z');
  await group.night();
  expect(granted(await plan()).plan).toMatchObject({ paid: 0n, refund: 0n });
  granted(await group.pay('Fatou', 25_000n));
  expect(outcome(await plan())).toBe('exit-behind');
  granted(await group.pay('Fatou', 25_000n));
  expect(granted(await plan()).plan).toMatchObject({ paid: 50_000n, refund: 50_000n });
});

test.each([
  [['Mariam'], 'Yao', 'exit-no-witness'],
  [['Mariam'], 'Mariam', 'ok'],
  [[], 'Yao', 'ok'],
])('without an account: %j; %s wants to leave: %s', async (withoutPhone, name, expected) => {
  const group = await sampleGroup({
    names: ['Awa', 'Yao', 'Mariam'],
    withoutPhone,
    rules: USUAL_RULES,
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer' },
  });
  const { db, ground } = group;
  const running = await group.running();
  const { membershipId } = group.of(name);
  expect(outcome(await readExitPlan(db, running, membershipId, ground.clock.now()))).toBe(expected);
});
