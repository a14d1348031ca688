/**
 * Opens the product as it runs in production, in this process, on a real PostgreSQL of its own, with the simulated
 * provider behind HTTP and real workers.
 *
 * Nothing is replaced except the clock, which may be put forward: nobody waits a quarter of an hour for a deadline.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { readAllSettings } from '../../src/channels/boot-checks.ts';
import { JOBS } from '../../src/channels/jobs/timetable.ts';
import type { Db } from '../../src/ground/postgres/database.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { clonePostgres, TEST_SEAL_KEY } from '../../src/ground/testing/fresh-database.ts';
import { type Product, startProduct } from '../../src/product.ts';
import type { SimulatorBooks } from '../../src/rails/simulator/books.ts';
import { forwardClock } from './forward-clock.ts';
import type { OutsideProvider } from './outside-provider.ts';
import { Visitor } from './visitor.ts';
import { countWaitingJobs } from './waiting-job.rows.ts';

/** What signs callbacks in stories; known here so that a story can play the provider. */
export const WEBHOOK_SECRET = 'a webhook secret for stories only';

export interface World {
  readonly product: Product;
  /** Where the pages are. */
  readonly url: string;
  readonly phoneUrl: string;
  readonly books: SimulatorBooks;
  readonly db: Db;
  /** A new person with a browser of their own. */
  visitor(language?: 'fr' | 'en'): Visitor;
  /** Puts the clock forward, and wakes the jobs as the minute's timetable would. */
  letPass(duration_ms: number): Promise<void>;
  /** True when nothing waits to be done now: no job of ours, no callback of the provider's. */
  isQuiet(): Promise<boolean>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A database that exists already; a fresh one unless given. The caller drops it. */
  readonly databaseUrl?: string;
  readonly dataFolder?: string;
  /** How far the clock is ahead at the start. */
  readonly ahead_ms?: number;
  /** A provider that runs already, with its own clock; one inside the product unless given. The caller closes it. */
  readonly provider?: OutsideProvider;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const opened = new Date();
  const clone = options.databaseUrl === undefined ? await clonePostgres() : undefined;
  const folder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'tontine-story-')));
  const clock = options.provider?.clock ?? forwardClock(options.ahead_ms);
  const settings = readAllSettings({
    DATABASE_URL: options.databaseUrl ?? clone?.url ?? inject('postgresUrl'),
    DATA_DIR: folder,
    SEAL_KEYS: TEST_SEAL_KEY,
    PORT: '0',
    SIMULATOR_PORT: '0',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
    GETMIPAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...options.provider?.variables,
    ...options.variables,
  });
  const product = await startProduct(settings, { clock });
  const { db, ground } = product;
  const simulator = product.simulator ?? options.provider?.simulator;
  if (simulator === undefined) throw new Error('stories need the simulator');
  let visitors = 0;
  return {
    product,
    url: product.publicUrl,
    phoneUrl: `${simulator.url}/phone/`,
    books: simulator.books,
    db,
    visitor: (language = 'fr') => {
      visitors += 1;
      return new Visitor(
        product.publicUrl,
        `10.0.${Math.floor(visitors / 250)}.${(visitors % 250) + 1}`,
        language,
      );
    },
    letPass: async (duration_ms) => {
      clock.forward(duration_ms);
      await inTransaction(db, async (tx) => {
        for (const job of JOBS) await ground.queue.enqueue(tx, job);
      });
    },
    isQuiet: async () =>
      simulator.books.dueCallbacks(1).length === 0 && (await countWaitingJobs(db, opened)) === 0,
    close: async () => {
      await product.close();
      await clone?.drop();
      if (options.dataFolder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
