/**
 * Is a small group for tests: four friends with 300 000 each, three of them officers beside the president.
 */
import { expect } from 'vitest';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { findGroupFaults } from './group-books.rows.ts';
import { granted, type SampleGroup, sampleGroup } from './sample-group.ts';

export const FRIENDS = ['Awa', 'Yao', 'Mariam', 'Fatou'];
const OFFICES = { Yao: 'vice-president', Mariam: 'treasurer', Fatou: 'secretary' } as const;

/** Monthly on the 5th from January 2026, 25 000 F, one fine of 500 or 1 000. */
export async function fourFriends(rules: Partial<RulesInput> = {}): Promise<SampleGroup> {
  const own = { ...USUAL_RULES, ...rules };
  const group = await sampleGroup({ names: FRIENDS, rules: own, startsOn: '2026-01-05', offices: OFFICES });
  for (const name of FRIENDS) await group.give(name, 300_000n);
  return group;
}

/** Its money obeys every rule that holds at every moment. */
export async function expectSound(group: SampleGroup): Promise<void> {
  expect(await findGroupFaults(group.db, group)).toEqual([]);
}

/** The month's round: everybody named pays, the grace ends, the officers agree. */
export async function playRound(group: SampleGroup, month: number, payers = FRIENDS): Promise<void> {
  group.at(`2026-0${month}-05T12:00:00.000Z`);
  await group.night();
  for (const name of payers) granted(await group.pay(name, 25_000n));
  group.at(`2026-0${month}-07T19:00:00.000Z`);
  await group.night();
  await group.agree(...FRIENDS);
}
