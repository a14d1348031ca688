/**
 * Is the command `npm run simulate`: plays universes by the thousand, or takes the protections out one by one.
 *
 * Two workers share the seeds. The last line is `N universes, P passed, F failed`, or with `--sabotage`
 * `N protections, C caught, M missed`; the exit code says the same.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { addCoverage, type Coverage } from './coverage.ts';
import type { Order, Report } from './crew.ts';
import { type Mutation, requireFit } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';
import { type Progress, showProgress } from './progress.ts';

const WORKERS = 2;
/** How many universes are played with everything in place before. */
const SOUND = 40;
/** How many universes a removed protection gets to show its harm. */
const HUNT = 300;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    sabotage: { type: 'boolean', default: false },
    /** Only the protections whose name begins so. */
    only: { type: 'string', multiple: true },
    /** Somebody else has just seen that nothing is noticed while all of them are in place. */
    'known-sound': { type: 'boolean', default: false },
  },
});

const from = wholeNumber('from', values.from);
if (values.sabotage) await sabotageAll();
else await playAll(wholeNumber('seeds', values.seeds));

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${name} takes a whole number, not "${text}"`);
  process.exit(2);
}

function hire(onReport: (report: Report) => void): { child: ChildProcess; ended: Promise<number> } {
  const child = fork(new URL('./crew.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (report: Report) => onReport(report));
  const ended = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
  return { child, ended };
}

async function playAll(seeds: number): Promise<void> {
  const until_s = values.minutes === undefined ? undefined : process.uptime() + 60 * Number(values.minutes);
  const coverage: Coverage = new Map();
  const progress: Progress = { done: 0, failed: 0, wanted: until_s === undefined ? seeds : undefined };
  const show = showProgress(progress);
  const workers = Array.from({ length: WORKERS }, (_, place) => {
    const worker = hire((report) => {
      if (report.kind !== 'played' && report.kind !== 'failed') return;
      progress.done += 1;
      addCoverage(coverage, report.coverage);
      if (report.kind === 'failed') {
        progress.failed += 1;
        show.tell(report.told);
      }
      show.draw();
      if (until_s !== undefined && process.uptime() > until_s) for (const { child } of workers) child.kill();
    });
    // With a time there is no number: the workers are stopped when it is over.
    const count = until_s === undefined ? Math.ceil((seeds - place) / WORKERS) : 1_000_000_000;
    const order: Order = { kind: 'play', from: from + place, step: WORKERS, count: Math.max(0, count) };
    worker.child.send(order);
    return worker;
  });
  const codes = await Promise.all(workers.map(async ({ ended }) => await ended));
  show.end();
  for (const what of [...coverage.keys()].sort())
    console.log(`${String(coverage.get(what)).padStart(8)}  ${what}`);
  const broken = until_s === undefined && codes.some((code) => code !== 0);
  if (broken) console.log('a worker ended before its seeds were played');
  console.log(
    `${progress.done} universes, ${progress.done - progress.failed} passed, ${progress.failed} failed`,
  );
  process.exitCode = progress.failed === 0 && !broken && progress.done > 0 ? 0 : 1;
}

async function sabotageAll(): Promise<void> {
  // With everything in place nothing may be noticed: otherwise every protection would count as caught.
  const noticed = values['known-sound'] ? { by: undefined, code: 0 } : await hunt(undefined, SOUND);
  if (noticed.by !== undefined || noticed.code !== 0) {
    console.log(`the product fails with all protections in place: ${noticed.by ?? 'the worker broke'}`);
    process.exitCode = 1;
    return;
  }
  for (const mutation of MUTATIONS) requireFit(mutation);
  const { only } = values;
  const chosen = MUTATIONS.filter(
    ({ name }) => only === undefined || only.some((start) => name.startsWith(start)),
  );
  const waiting = [...chosen];
  let caught = 0;
  const work = async (): Promise<void> => {
    for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
      const { by } = await hunt(mutation, HUNT);
      if (by !== undefined) caught += 1;
      console.log(
        by === undefined
          ? `MISSED  ${mutation.name}`
          : `caught  ${mutation.name}\n        ${by.slice(0, 200)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  console.log(`${chosen.length} protections, ${caught} caught, ${chosen.length - caught} missed`);
  process.exitCode = caught === chosen.length && chosen.length > 0 ? 0 : 1;
}

async function hunt(
  mutation: Mutation | undefined,
  count: number,
): Promise<{ by: string | undefined; code: number }> {
  let by: string | undefined;
  const worker = hire((report) => {
    if (report.kind === 'caught') by = report.by;
  });
  const order: Order = { kind: 'sabotage', ...(mutation && { mutation }), from, count };
  worker.child.send(order);
  const code = await worker.ended;
  return { by, code };
}
