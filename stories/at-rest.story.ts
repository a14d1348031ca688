/**
 * Looks at a whole installation as a thief of its database does: every text of every table is searched for the numbers and
 * names of people who have saved, paid and withdrawn. What may be found is listed here, and nothing else.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { placesOf } from '../src/ground/testing/places-of.ts';
import { DEMO_PEOPLE } from '../src/people/demo-people.ts';
import { memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const OWN = '+2250707480201';
const SISTER = '+2250505480202';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

it('nothing tells who saves here', async () => {
  const awa = await memberWithMoney(world, OWN, '20000');
  await withdraw(awa, { phone: OWN, amount: '3000' });
  void SISTER;
  const words = [
    ...DEMO_PEOPLE.flatMap(({ phone, name }) => [phone.slice(1), phone.slice(4), name]),
    OWN.slice(4),
  ];
  expect(await placesOf(world.db, words)).toEqual([]);
});
