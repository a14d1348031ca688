/**
 * Plays the faults of bursts: several callbacks that are settled as one set, and one among them that may not be.
 */
import { MINUTE_MS } from '../../src/ground/clock.ts';
import { allowChanges, refuseChangesOf } from '../books.rows.ts';
import { runJob } from '../machine-steps.ts';
import { deliver } from '../provider-steps.ts';
import type { Scenario, Stage } from '../stage.ts';
import { processOf } from '../world.ts';
import { pendingDeposit } from './callbacks.ts';

const NET = 4_925n;
const PEOPLE = 3;

export const BURST_SCENARIOS: readonly Scenario[] = [
  {
    id: 'burst',
    fault: 'five successes are told at once, one of them of another amount',
    required: 'four credits; the fifth is set aside and reviewed',
    play: async (stage) => {
      const ids = await pending(stage, 5);
      const [odd] = ids;
      if (odd !== undefined) stage.truth(odd).moved += 500n;
      for (const id of ids) stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      for (const id of ids) await stage.state(id, id === odd ? 'review' : 'succeeded');
      stage.must((await credited(stage)) === 4n * NET, 'not four credits');
    },
  },
  {
    id: 'burst again',
    fault: 'five successes are told at once, then again, when they were credited',
    required: 'one credit each, and nothing breaks',
    play: async (stage) => {
      const ids = await pending(stage, 5);
      for (const id of ids) stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(MINUTE_MS);
      // Other bytes: the same ones would only be counted.
      for (const callback of stage.world.truth.callbacks)
        await deliver(stage.world, { ...callback, body: `${callback.body} ` });
      await stage.follow();
      for (const id of ids) await stage.state(id, 'succeeded');
      stage.must((await credited(stage)) === 5n * NET, 'not one credit each');
    },
  },
  {
    id: 'burst with a bad row',
    fault: 'five successes are told at once, and the database refuses what one of them would change',
    required: 'the other four are credited in that step, the fifth when it can be',
    play: async (stage) => {
      const ids = await pending(stage, 5);
      for (const id of ids) stage.decide(id, 'success');
      const [bad] = ids;
      await stage.callbacks();
      await refuseChangesOf(stage.world.db, bad ?? '');
      const broke = await runJob(stage.world, processOf(stage.world, 1), 'follow').then(
        () => false,
        () => true,
      );
      await allowChanges(stage.world.db);
      stage.must(broke, 'nobody was told of the bad row');
      stage.must((await credited(stage)) === 4n * NET, 'the bad row took its neighbours down');
      await stage.wait(2 * MINUTE_MS);
      await stage.follow();
      for (const id of ids) await stage.state(id, 'succeeded');
    },
  },
];

/** Of several people: one has few open at once. */
async function pending(stage: Stage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let place = 0; place < count; place++) ids.push(await pendingDeposit(stage, 5_000n, place % PEOPLE));
  return ids;
}

async function credited(stage: Stage): Promise<bigint> {
  let sum = 0n;
  for (let who = 0; who < PEOPLE; who++) sum += await stage.available(who);
  return sum;
}
