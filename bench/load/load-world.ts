/**
 * Opens the whole product as an installation has it: PostgreSQL, a process for pages, a process for work, and the simulated
 * provider beside them, all on this machine's own addresses.
 */
import { seededChance } from '../../src/ground/chance.ts';
import { systemClock } from '../../src/ground/clock.ts';
import type { Ground } from '../../src/ground/ground.ts';
import { makeIds } from '../../src/ground/identifiers.ts';
import { deriveKey } from '../../src/ground/keys.ts';
import type { OpenDatabase } from '../../src/ground/postgres/database.ts';
import { freePort } from '../../src/ground/testing/postgres-server.ts';
import type { Simulator, startSimulator } from '../../src/rails/simulator/server.ts';
import { MEASURED_SEAL_KEY, openMeasured } from '../open-measured.ts';
import { startWeb, WEBHOOK_SECRET, type WebProcess } from '../web-process.ts';

/** How long the provider's slow answers take here: longer than a person's patience, shorter than a run. */
const SLOW_ANSWER_MS = 3_000;
const PACE_MS = 100;

export interface LoadWorld {
  readonly open: OpenDatabase;
  /** Makes rows for the stage, before the load; the processes have their own. */
  readonly ground: Ground;
  readonly pinKey: Uint8Array;
  readonly simulator: Simulator;
  readonly web: WebProcess;
  readonly worker: WebProcess;
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly databaseUrl: string;
  readonly seed: string;
  /** Extra arguments for both processes, such as profiling. */
  readonly nodeOptions?: string;
}

/** The built one: its pages are written in JSX, which Node does not read by itself. */
async function loadSimulator(): Promise<typeof startSimulator> {
  const built = new URL('../../dist/rails/simulator/server.js', import.meta.url);
  const loaded = (await import(built.href)) as { startSimulator: typeof startSimulator };
  return loaded.startSimulator;
}

export async function openLoadWorld(options: LoadOptions): Promise<LoadWorld> {
  const port = await freePort();
  const publicKey = 'sim_pk_for_the_load';
  const secretKey = 'sim_sk_for_the_load';
  const simulator = await (await loadSimulator())({
    port: 0,
    clock: systemClock,
    chance: seededChance(`${options.seed} provider`),
    publicKey,
    secretKey,
    webhookSecret: WEBHOOK_SECRET,
    webhookRecipe: 'timestamp.body',
    dashboardUrl: `http://localhost:${port}/webhook/getmipay/`,
    slowAnswer_ms: SLOW_ANSWER_MS,
    pace_ms: PACE_MS,
  });
  const common = {
    SECRET_KEY: 'a secret that signs nothing but what is measured',
    SEAL_KEYS: MEASURED_SEAL_KEY,
    PUBLIC_URL: `http://localhost:${port}`,
    GETMIPAY_API_URL: `${simulator.url}/api/v1`,
    GETMIPAY_API_KEY: publicKey,
    GETMIPAY_SECRET_KEY: secretKey,
    ...(options.nodeOptions === undefined ? {} : { NODE_OPTIONS: options.nodeOptions }),
  };
  const web = await startWeb(options.databaseUrl, { ...common, PORT: String(port) });
  const worker = await startWeb(options.databaseUrl, { ...common, ROLE: 'worker' });
  const open = openMeasured(options.databaseUrl, 6);
  const chance = seededChance(options.seed);
  return {
    open,
    ground: {
      clock: systemClock,
      chance,
      ids: makeIds(systemClock, chance),
      queue: { enqueue: async () => undefined },
    },
    pinKey: deriveKey(common.SECRET_KEY, 'pin'),
    simulator,
    web,
    worker,
    close: async () => {
      await web.close();
      await worker.close();
      await simulator.close();
      await open.close();
    },
  };
}
