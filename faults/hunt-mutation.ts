/**
 * Looks for the harm that a removed protection does: in every scenario, then in one universe after the other.
 */

import type { Mutation } from './mutation.ts';
import { openUniverses } from './open-universes.ts';
import { huntRaces } from './races.ts';
import { textOf } from './run-on.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { playScenario } from './stage.ts';
import { playUniverse } from './universe.ts';

/** Who noticed, in a few words; nothing when nobody did. */
export async function huntMutation(order: {
  readonly mutation?: Mutation;
  readonly from: number;
  readonly count: number;
}): Promise<string | undefined> {
  if (order.mutation?.shows === 'on-postgres') {
    const noticed = await huntRaces();
    return noticed === undefined ? undefined : `races on PostgreSQL: ${noticed}`;
  }
  const universes = await openUniverses(order.mutation?.damage);
  try {
    for (const scenario of SCENARIOS) {
      const [failure] = await playScenario(await universes.db(), scenario).catch((error: unknown) => [
        textOf(error),
      ]);
      if (failure !== undefined) return `${scenario.id}: ${failure}`;
    }
    for (let seed = order.from; seed < order.from + order.count; seed++) {
      const ending = await playUniverse(await universes.db(), { seed: String(seed) });
      if (ending.failures[0] !== undefined) return `universe ${seed}: ${ending.failures[0]}`;
    }
    return undefined;
  } finally {
    await universes.close();
  }
}
