/**
 * Cuts a failing story down to the steps and the faults that matter.
 *
 * Steps draw from their own seeds, so leaving one out changes no other. A shorter story counts when it still fails,
 * whatever sentence it fails with: the reader wants the shortest way into trouble.
 */

import { seededChance } from '../src/ground/chance.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { planOf, type Step } from './story.ts';
import { type Ending, playUniverse } from './universe.ts';
import { ALL_FAULTS, drawWeather, type Weather } from './weather.ts';

/** At most this many universes are played to find the shortest. */
const MOST_TRIES = 150;

export async function shrink(db: Db, failed: Ending): Promise<Ending> {
  let tries = 0;
  let best = failed;
  let steps: readonly Step[] = planOf(failed.seed).filter(
    (step) => failed.failedAt === undefined || step.place <= failed.failedAt,
  );
  let weather: Weather = drawWeather(seededChance(`${failed.seed} weather`));
  const stillFails = async (fewer: readonly Step[], calmer: Weather): Promise<boolean> => {
    if (tries >= MOST_TRIES) return false;
    tries += 1;
    const ending = await playUniverse(db, { seed: failed.seed, steps: fewer, weather: calmer });
    if (ending.failures.length === 0) return false;
    best = ending;
    steps = fewer;
    weather = calmer;
    return true;
  };
  await stillFails(steps, weather);
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = steps.length - size; from > -size; from -= size) {
      const first = Math.max(0, from);
      await stillFails([...steps.slice(0, first), ...steps.slice(from + size)], weather);
    }
  }
  for (const fault of ALL_FAULTS) if (weather[fault] > 0) await stillFails(steps, { ...weather, [fault]: 0 });
  return best;
}
