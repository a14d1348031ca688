/**
 * Runs a piece of the product's work on one process, and lets the world go on when it waits for a parked call.
 *
 * What it throws is judged here: a process that died is part of the story, a database that was away as well; anything
 * else is a surprise, and a surprise is a failure of the universe.
 */

import { LONGEST_PAUSE_MS } from '../src/ground/postgres/outlast-outage.ts';
import { isDeath, isServerGone, type Process } from './crash.ts';
import type { World } from './world.ts';

export async function runOn<T>(
  world: World,
  process: Process,
  what: string,
  act: (process: Process) => Promise<T>,
): Promise<T | undefined> {
  let value: T | undefined;
  const whole = act(process).then(
    (done) => {
      value = done;
    },
    (error: unknown) => {
      if (isDeath(error)) world.story.push(`  ! ${process.name} died`);
      else if (isServerGone(error)) world.story.push('  ! the database was away');
      else world.surprises.push(`${what} threw ${textOf(error)}`);
    },
  );
  world.running.add(whole);
  const finished = whole.then(() => world.running.delete(whole));
  await comesToRest(world, finished);
  return value;
}

/** More turns than this without an end, a parked call or anything moving is a deadlock in the product. */
const PATIENCE_TURNS = 1_000;

/** Until the work is done; or calls are parked or somebody waits for the database, and everything that can go on without them stands still. */
async function comesToRest(world: World, finished: Promise<unknown>): Promise<void> {
  if (world.isRemote === true) {
    await finished;
    return;
  }
  let done = false;
  void finished.then(() => {
    done = true;
  });
  for (let turn = 0; !done; turn++) {
    await allElseIsStill();
    if (world.network.parkedCount() > 0 || world.clock.pauses() > 0) return;
    if (turn < PATIENCE_TURNS) continue;
    world.surprises.push('a step neither ends nor waits for the provider');
    return;
  }
}

/** Everything that can go on has gone on: the database works in this very thread, and so does the wire. */
export async function allElseIsStill(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Time passes, and whoever waited for it goes on. */
export async function letPass(world: World, duration_ms: number): Promise<void> {
  const somebodyWaits = world.clock.pauses() > 0;
  world.clock.advance(duration_ms);
  if (somebodyWaits) await allElseIsStill();
}

/** The database can be reached again, and whoever waited for it finds out. */
export async function databaseIsBack(world: World): Promise<void> {
  for (const process of world.processes) process.isCutOff = false;
  while (world.clock.pauses() > 0) await letPass(world, LONGEST_PAUSE_MS);
}

export function textOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(textOf).join(' | ');
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
