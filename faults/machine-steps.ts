/**
 * Lets the machines work and fail: the loops' steps, two at once, parked calls, crashes, the database away, time.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/ground/clock.ts';
import { processCallbacksOnce } from '../src/rails/inbox/process-callbacks-once.ts';
import { sendCommandsOnce } from '../src/rails/outbox/send-commands-once.ts';
import { enquireOnce } from '../src/rails/payments/enquire-once.ts';
import { lapseWithdrawalRequestsOnce } from '../src/wallet/lapse-withdrawal-requests-once.ts';
import { readBooks } from './books.rows.ts';
import { count } from './coverage.ts';
import type { Process } from './crash.ts';
import { happens, oneOf } from './dice.ts';
import { tellPeople } from './message-steps.ts';
import { allElseIsStill, letPass, runOn } from './run-on.ts';
import { processOf, type World } from './world.ts';

export type JobName = 'send' | 'follow' | 'enquire';

const AT_ONCE = 5;

/** One bounded step of one loop; returns how much it did. */
export async function runJob(world: World, on: Process, job: JobName): Promise<number> {
  switch (job) {
    case 'send':
      await lapseWithdrawalRequestsOnce(on.db, world.ground, AT_ONCE);
      return await sendCommandsOnce(on.db, world.ground, on.rails, AT_ONCE);
    case 'follow':
      return burst(
        world,
        'callbacks',
        await thenTell(world, on, await processCallbacksOnce(on.db, world.ground, on.rails, AT_ONCE)),
      );
    case 'enquire':
      return burst(
        world,
        'questions',
        await thenTell(world, on, await enquireOnce(on.db, world.ground, on.rails, AT_ONCE)),
      );
  }
}

/** After a step that settled something, people are told of what was settled before. */
async function thenTell(world: World, on: Process, done: number): Promise<number> {
  if (done > 0) await tellPeople(world, on);
  return done;
}

/** Several that came due together are settled as one set: a seed that has none of it tries half of the product. */
function burst(world: World, of: string, done: number): number {
  if (done > 1) count(world.coverage, `burst of ${of}`);
  return done;
}

export async function work(world: World, job: JobName): Promise<void> {
  const on = processOf(world, world.chance.below(2));
  if (happens(world.chance, world.network.weather.conflict)) {
    on.conflictAfter = 1 + world.chance.below(3);
    count(world.coverage, 'fault conflict');
  }
  if (happens(world.chance, world.network.weather.crash)) on.dieAfter = 1 + world.chance.below(12);
  const done = await runOn(world, on, job, async () => await runJob(world, on, job));
  world.story.push(`${on.name}: ${job} ${done ?? '(not back)'}`);
  on.dieAfter = undefined;
  on.conflictAfter = undefined;
}

/** Two loops in two processes at the same time, their calls and transactions between each other's. */
export async function together(world: World): Promise<void> {
  const [first, second] = [processOf(world, 0), processOf(world, 1)];
  const jobs = [oneOf(world.chance, JOBS), oneOf(world.chance, JOBS)] as const;
  world.story.push(`at once: web ${jobs[0]}, worker ${jobs[1]}`);
  count(world.coverage, 'together');
  await Promise.all([
    runOn(world, first, jobs[0], async () => await runJob(world, first, jobs[0])),
    runOn(world, second, jobs[1], async () => await runJob(world, second, jobs[1])),
  ]);
}

export const JOBS: readonly JobName[] = ['send', 'follow', 'enquire'];

export async function letGo(world: World): Promise<void> {
  const parked = world.network.parkedCount();
  if (parked === 0) return;
  world.network.release(world.chance.below(parked));
  await allElseIsStill();
  world.story.push('a call that was on its way goes on');
}

/** A process dies in the middle of a loop's step, at any point of it. */
export async function crash(world: World): Promise<void> {
  const on = processOf(world, world.chance.below(2));
  const job = oneOf(world.chance, JOBS);
  on.dieAfter = 1 + world.chance.below(10);
  world.story.push(`${on.name} will die at its ${on.dieAfter}th point in ${job}`);
  await runOn(world, on, job, async () => await runJob(world, on, job));
  on.dieAfter = undefined;
}

/** The database is not reachable for one step: pages and callbacks fail, and nothing is lost. */
export async function databaseAway(world: World): Promise<void> {
  const on = processOf(world, 0);
  on.isCutOff = true;
  count(world.coverage, 'fault database-away');
  world.story.push('the database is away');
  const job = oneOf(world.chance, JOBS);
  await runOn(world, on, job, async () => await runJob(world, on, job));
  on.isCutOff = false;
}

const WAITS_MS = [
  2 * SECOND_MS,
  10 * SECOND_MS,
  45 * SECOND_MS,
  3 * MINUTE_MS,
  6 * MINUTE_MS,
  20 * MINUTE_MS,
  2 * HOUR_MS,
  8 * HOUR_MS,
  26 * HOUR_MS,
];

export async function timePasses(world: World): Promise<void> {
  const wait_ms = oneOf(world.chance, WAITS_MS) + world.chance.below(SECOND_MS);
  await letPass(world, wait_ms);
  world.story.push(`${Math.round(wait_ms / SECOND_MS)} s pass`);
}

/** How time goes on after the last fault: closer at first, because that is where everything is due. */
const QUIET_MS = [
  ...[10, 60].map((seconds) => seconds * SECOND_MS),
  ...[5, 20].map((minutes) => minutes * MINUTE_MS),
  ...[2, 9, 12].map((hours) => hours * HOUR_MS),
  ...[1, 1, 2, 3, 7].map((days) => days * DAY_MS),
];

/**
 * Works through everything that is due until nothing is, again and again while weeks pass. A time in which nobody has
 * anything to do passes together with the next.
 */
export async function quiet(world: World, others: () => Promise<void>): Promise<void> {
  let wait_ms = 0;
  for (const [place, more_ms] of QUIET_MS.entries()) {
    wait_ms += more_ms;
    const isLast = place === QUIET_MS.length - 1;
    if (!isLast && (await nothingHappensFor(world, wait_ms))) continue;
    await quietly(world, wait_ms, others);
    wait_ms = 0;
  }
}

async function nothingHappensFor(world: World, wait_ms: number): Promise<boolean> {
  // A group has its nights, whatever its members do.
  if (world.tontine !== undefined && wait_ms >= DAY_MS) return false;
  world.books = await readBooks(world.db);
  const { payments, commands, callbacks, reviews, seconds } = world.books;
  const { transactions, callbacks: told } = world.truth;
  const moments = [
    ...payments.map((one) => one.nextActionAt),
    ...commands.map((one) => one.lease ?? one.due),
    ...callbacks.map((one) => one.due),
  ];
  const until = world.clock.now().getTime() + wait_ms;
  return (
    moments.every((moment) => moment === undefined || moment > until) &&
    reviews.length === 0 &&
    seconds.every((one) => one.outcome !== undefined) &&
    transactions.every((one) => one.closed || one.state !== 'pending') &&
    told.every((one) => one.accepted)
  );
}

/** Lets some time pass, and everything that is due then happen. */
export async function quietly(world: World, wait_ms: number, others: () => Promise<void>): Promise<void> {
  world.clock.advance(wait_ms);
  await others();
  for (const job of ['follow', 'enquire', 'send'] as const) {
    for (let round = 0; round < 20; round++) {
      const on = processOf(world, 1);
      const done = await runOn(world, on, job, async () => await runJob(world, on, job));
      if (done === 0) break;
    }
  }
}
