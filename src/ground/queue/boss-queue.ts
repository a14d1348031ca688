/**
 * Keeps jobs in PostgreSQL through pg-boss, on both engines.
 *
 * Enqueueing goes through the caller's transaction, so a job exists exactly when its fact does. Handlers are shallow:
 * each is one `…-once` step, repeated while it finds work.
 */
import { fromPglite, PgBoss } from 'pg-boss';
import type { OpenDatabase } from '../postgres/database.ts';
import { invariant } from '../refusal.ts';
import { type BossDatabase, bossDatabase, keptFor } from './boss-database.ts';
import type { Job, Queue } from './job.ts';

export interface JobHandler {
  readonly job: Job;
  /** Does a bounded amount of work and returns how much; it is called again at once while this is above 0. */
  readonly run: () => Promise<number>;
  /**
   * How many runs of it may go on side by side in one process; 1 unless told. A run that waits for a slow partner then
   * holds up nobody else's work.
   */
  readonly lanes?: number;
  /** When the job runs by itself (five cron fields, UTC), to find what a lost wake-up left behind. */
  readonly cron: string;
}

export interface BossQueue extends Queue {
  /** Creates the tables and the named queues: before serving, in every process. */
  prepare(jobs: readonly Job[]): Promise<void>;
  /** Starts working on jobs in this process. */
  work(handlers: readonly JobHandler[]): Promise<void>;
  stop(): Promise<void>;
}

export function openBossQueue(open: OpenDatabase, onError: (error: Error) => void): BossQueue {
  const boss =
    open.lite === undefined
      ? new PgBoss({ db: bossDatabaseOf(open), schedule: true, supervise: true })
      : new PgBoss({ db: fromPglite(open.lite), backend: 'pglite', schedule: true, supervise: true });
  boss.on('error', onError);
  let stopping = false;
  return {
    async enqueue(tx, job, options) {
      await boss.send(job.name, null, {
        db: keptFor(tx, job),
        ...(options?.startAfter ? { startAfter: options.startAfter } : {}),
      });
    },
    async prepare(jobs) {
      await boss.start();
      for (const job of jobs) {
        await boss.createQueue(job.name, {
          retryLimit: 5,
          retryDelay: 2,
          retryBackoff: true,
          ...(job.longest_s === undefined ? {} : { expireInSeconds: job.longest_s }),
        });
      }
    },
    async work(handlers) {
      for (const handler of handlers) {
        // A batch of wake-ups is one run: they all ask for the same look at the rows.
        const options = { batchSize: 200, pollingIntervalSeconds: 0.5, localConcurrency: handler.lanes ?? 1 };
        await boss.work(
          handler.job.name,
          options,
          async () => await runWhileBusy(handler, onError, () => stopping),
        );
        await boss.schedule(handler.job.name, handler.cron);
      }
    },
    async stop() {
      stopping = true;
      await boss.stop({ graceful: true, timeout: LONGEST_STEP_MS });
    },
  };
}

function bossDatabaseOf({ pool }: OpenDatabase): BossDatabase {
  invariant(pool !== undefined, 'a database without PGlite has connections');
  return bossDatabase(pool);
}

/** The longest that a step under way is waited for when a process ends: a little more than a call to a provider takes. */
const LONGEST_STEP_MS = 40_000;

/** The queue repeats what fails and says nothing about it: the operator hears of it here. */
async function runWhileBusy(
  handler: JobHandler,
  onError: (error: Error) => void,
  isStopping: () => boolean,
): Promise<void> {
  try {
    while ((await handler.run()) > 0) {
      // The step is bounded; more work waits. A process that is asked to end leaves it to the others.
      if (isStopping()) break;
    }
  } catch (error) {
    onError(new Error(`the job ${handler.job.name} failed and will be repeated`, { cause: error }));
    throw error;
  }
}
