/**
 * Lets people come on a schedule, each on a way of their own, whether or not those before are done.
 */
import { seededChance } from '../../src/ground/chance.ts';
import { systemClock } from '../../src/ground/clock.ts';
import { Histogram } from '../histogram.ts';
import { pause } from '../measure.ts';
import { STEPS, type Step, travel } from './journey.ts';
import { type Lateness, NEVER_LATE, readLateness, worst } from './lateness.ts';
import type { Payer } from './load-people.ts';
import type { LoadWorld } from './load-world.ts';
import { payingNumber } from './paying-numbers.ts';

export interface Arrivals {
  readonly payers: readonly Payer[];
  /** Over how long they come. */
  readonly seconds: number;
  /** Hundredths of the recharges with which the provider misbehaves. */
  readonly bad_percent: number;
  /** Hundredths of the people who take money out again. */
  readonly withdraw_percent: number;
  readonly seed: string;
}

export interface Ran {
  readonly steps: ReadonlyMap<Step, Histogram>;
  readonly failures: readonly string[];
  readonly misbehaved: number;
  readonly lateness: Lateness;
}

const LOOK_EVERY_MS = 1_000;
/** People; of many thousands fifty lines are enough. */
const TOLD_AT_LEAST_EVERY = 50;

export async function runLoad(
  world: LoadWorld,
  arrivals: Arrivals,
  say: (text: string) => void,
): Promise<Ran> {
  const { payers, seconds, seed } = arrivals;
  const chance = seededChance(`${seed} arrivals`);
  const steps = new Map(STEPS.map((step) => [step, new Histogram()]));
  const failures: string[] = [];
  let misbehaved = 0;
  const start_ms = performance.now();
  // When people come is drawn, as it is in life: evenly over the time, and not one after the other.
  const schedule_ms = payers
    .map(() => start_ms + (chance.below(1_000_000) / 1_000_000) * seconds * 1000)
    .toSorted((left, right) => left - right);
  const watching = watch(world);
  const under: Promise<void>[] = [];
  const told = Math.max(TOLD_AT_LEAST_EVERY, Math.ceil(payers.length / 50));
  for (const [place, payer] of payers.entries()) {
    const due_ms = schedule_ms[place] ?? start_ms;
    const number = payingNumber(place, chance, arrivals.bad_percent);
    if (!number.endsWith('0001')) misbehaved += 1;
    const withdraws = chance.below(100) < arrivals.withdraw_percent;
    await pause(due_ms - performance.now());
    const timed = (step: Step, took_ms: number): void => steps.get(step)?.add(took_ms);
    under.push(
      travel({ url: world.web.process.url, payer, payingNumber: number, withdraws, due_ms, timed }).catch(
        (error: unknown) => {
          const failure = `${payer.phone} (paid by ${number}): ${String(error)}`;
          failures.push(failure);
          say(`FAILED ${failure}`);
        },
      ),
    );
    if ((place + 1) % told === 0) say(`${place + 1} of ${payers.length} people have come`);
  }
  await Promise.all(under);
  return { steps, failures, misbehaved, lateness: await watching.end() };
}

/** Looks every second how late anything is. */
function watch(world: LoadWorld): { end(): Promise<Lateness> } {
  let lateness = NEVER_LATE;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      lateness = worst(lateness, await readLateness(world.open.db, systemClock.now()));
      await pause(LOOK_EVERY_MS);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await watching;
      return lateness;
    },
  };
}
