/**
 * Plays the catalogue of faults, one scenario each, and the races that need a real PostgreSQL.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../src/ground/testing/fresh-database.ts';
import { openUniverses, type Universes } from './open-universes.ts';
import { playRaces } from './races.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { playScenario } from './stage.ts';

let universes: Universes;
beforeAll(async () => {
  universes = await openUniverses();
});
afterAll(async () => await universes.close());

test.each(SCENARIOS)('$id: $fault; $required', async (scenario) => {
  expect(await playScenario(await universes.db(), scenario)).toEqual([]);
});

test('F1, F2 and F30 with ten sessions of a real PostgreSQL', async () => {
  const { db } = await freshDatabase();
  expect(await playRaces(db)).toBeUndefined();
});

test('every fault of the catalogue has its scenario, and no two have one name', () => {
  const names = SCENARIOS.map((scenario) => scenario.id);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  const told = SCENARIOS.map((scenario) => scenario.id.split(' ')[0]);
  const missing = Array.from({ length: 40 }, (_, place) => `F${place + 1}`).filter(
    (id) => !told.includes(id),
  );
  expect(missing).toEqual([]);
});
